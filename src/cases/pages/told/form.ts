import { z } from 'zod'
import type { CouncilAnswer } from '../../../directory/area.ts'
import { parsePostcode } from '../../../directory/postcode.ts'
import type { Profile } from '../../../directory/profile.ts'
import { anyOf, oneOrNone, optionalText, requiredText } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { redFlags } from '../../red-flags.ts'
import { relations, type ToldReferral } from '../../referral.ts'

/** Who is at the form: the public, or a call handler with somebody on the phone. */
export type Audience = 'public' | 'call'

const yesNo = oneOrNone(['yes', 'no', 'unknown'], 'Select yes, no or not sure').transform(
  value => value ?? 'unknown',
)
const postcodeMistake =
  'Check your postcode: this cannot be one. Enter it as on a letter, such as TN9 1AA, or leave it empty and we ask you'
const longest = { words: 8000, name: 200, way: 200 }

function schemaFor(audience: Audience) {
  const whose = audience === 'public' ? 'Your' : 'The caller’s'
  const words =
    audience === 'public'
      ? requiredText({ what: 'What is happening', max: longest.words, enter: 'Tell us what is happening' })
      : requiredText({
          what: 'What the caller says',
          max: longest.words,
          enter: 'Enter what the caller says',
        })
  return z.object({
    words,
    dangerNow: yesNo,
    safeToTalk: yesNo,
    filledBy: oneOrNone(['client', 'someone-else'], 'Select who this is about'),
    adult: yesNo,
    postcode: optionalText({ what: 'Postcode', max: 20 }),
    council: optionalText({ what: 'Council', max: 20 }),
    cyberstalked: oneOrNone(['yes', 'maybe', 'fraud', 'other', 'unknown'], 'Select what it is about'),
    flags: anyOf(redFlags),
    suspectName: optionalText({ what: 'The name of the person who does this', max: longest.name }),
    relation: oneOrNone(relations, 'Select who they are'),
    clientName: optionalText({ what: `${whose} name`, max: longest.name }),
    wantsContact: yesNo,
    phone: optionalText({ what: 'Phone number', max: longest.way }),
    phoneSafe: yesNo,
    email: optionalText({ what: 'Email address', max: longest.way }),
    emailSafe: yesNo,
    other: optionalText({ what: 'Another way', max: longest.way }),
    otherSafe: yesNo,
    safeTimes: optionalText({ what: 'Safe times', max: 500 }),
    voicemail: optionalText({ what: 'What a message may say', max: 500 }),
    codeWords: optionalText({ what: 'Code words', max: 200 }),
    howHeard: optionalText({ what: 'How they heard of us', max: 500 }),
  })
}

/**
 * Reads what was told. A question that was not answered is unknown, and unknown is asked later: only what is too long,
 * nothing at all, or in the public form a postcode that cannot be one, is a problem of the form.
 */
export function readTold(form: FormFields, audience: Audience, profile: Profile): FormResult<ToldReferral> {
  const read = readForm(schemaFor(audience), form)
  if (!read.ok) return read
  const told = read.value
  // On the telephone nothing stops a save; in a form a mistake is still before the person who can mend it.
  if (audience === 'public' && parsePostcode(told.postcode).kind === 'unclear')
    return { ok: false, problems: [{ field: 'postcode', message: postcodeMistake }] }
  return {
    ok: true,
    value: {
      filledBy: told.filledBy ?? 'client',
      clientName: told.clientName,
      words: told.words,
      safeToTalk: told.safeToTalk,
      dangerNow: told.dangerNow,
      adult: told.adult,
      cyberstalked: told.cyberstalked ?? 'unknown',
      postcode: told.postcode,
      council: readCouncil(told.council, profile),
      flags: told.flags,
      suspectName: told.suspectName,
      relation: told.relation ?? 'not-known',
      howHeard: told.howHeard,
      wantsContact: told.wantsContact,
      ways: {
        phone: { value: told.phone, safe: told.phoneSafe },
        email: { value: told.email, safe: told.emailSafe },
        other: { value: told.other, safe: told.otherSafe },
      },
      safeTimes: told.safeTimes,
      voicemail: told.voicemail,
      codeWords: told.codeWords,
    },
  }
}

function readCouncil(text: string, profile: Profile): CouncilAnswer {
  if (text === 'other') return { kind: 'other' }
  const district = profile.area.districts.find(each => each.code === text)
  return district ? { kind: 'district', code: district.code } : { kind: 'unknown' }
}
