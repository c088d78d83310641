import { z } from 'zod'
import type { CouncilAnswer } from '../../../../directory/area.ts'
import { parsePostcode } from '../../../../directory/postcode.ts'
import type { Profile } from '../../../../directory/profile.ts'
import type { FormProblem } from '../../../../foundation/decision.ts'
import { anyOf, oneOrNone, optionalText, requiredText } from '../../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../../web/read-form.ts'
import type { FormFields } from '../../../../web/request.ts'
import { redFlags } from '../../../red-flags.ts'
import { type ReferralAnswers, relations } from '../../../referral.ts'
import { type Audience, consentQuestions, yesNoNames } from './consent-questions.ts'

export type { Audience } from './consent-questions.ts'

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
 * Reads the referral answers. A question that was not answered is unknown, and unknown is asked later. A problem of the
 * form is only what is too long, nothing at all, or in the public form a postcode that cannot be one.
 */
export function readReferralForm(
  form: FormFields,
  audience: Audience,
  profile: Profile,
): FormResult<ReferralAnswers> {
  const read = readForm(schemaFor(audience), form)
  if (!read.ok) return read
  const fields = read.value
  // On the telephone nothing stops a save; on the public form the person who can correct a mistake still has it before
  // them.
  if (audience === 'public') {
    const isMistyped = parsePostcode(fields.postcode).kind === 'unclear'
    const contact = findContactProblem(fields)
    const problems = [
      ...(isMistyped ? [{ field: 'postcode', message: postcodeMistake }] : []),
      ...(contact ? [contact] : []),
    ]
    if (problems.length > 0) return { ok: false, problems }
  }
  return {
    ok: true,
    value: {
      filledBy: fields.filledBy ?? 'client',
      clientName: fields.clientName,
      words: fields.words,
      safeToTalk: fields.safeToTalk,
      dangerNow: fields.dangerNow,
      adult: fields.adult,
      cyberstalked: fields.cyberstalked ?? 'unknown',
      postcode: fields.postcode,
      council: readCouncil(fields.council, profile),
      flags: fields.flags,
      suspectName: fields.suspectName,
      relation: fields.relation ?? 'not-known',
      howHeard: fields.howHeard,
      wantsContact: fields.wantsContact,
      agreedWords: sayAgreed(audience, fields),
      contactChannels: {
        phone: { value: fields.phone, safe: fields.phoneSafe },
        email: { value: fields.email, safe: fields.emailSafe },
        other: { value: fields.other, safe: fields.otherSafe },
      },
      safeTimes: fields.safeTimes,
      voicemail: fields.voicemail,
      codeWords: fields.codeWords,
    },
  }
}

function readCouncil(text: string, profile: Profile): CouncilAnswer {
  if (text === 'other') return { kind: 'other' }
  const district = profile.area.districts.find(each => each.code === text)
  return district ? { kind: 'district', code: district.code } : { kind: 'unknown' }
}

type ReferralFields = z.output<ReturnType<typeof schemaFor>>

/**
 * Anyone who asks to be contacted says how: a channel, and that it is safe. We use no other (S1), so without one they
 * would wait for a call that never comes. A call handler saves at any moment and is told the same afterwards.
 */
function findContactProblem(fields: ReferralFields): FormProblem | null {
  if (fields.wantsContact !== 'yes') return null
  const ways = [
    { value: fields.phone, safe: fields.phoneSafe, field: 'phoneSafe', what: 'this number' },
    { value: fields.email, safe: fields.emailSafe, field: 'emailSafe', what: 'this address' },
    { value: fields.other, safe: fields.otherSafe, field: 'otherSafe', what: 'this way' },
  ].filter(each => each.value !== '')
  if (ways.some(each => each.safe === 'yes')) return null
  const open = ways.find(each => each.safe === 'unknown')
  if (open)
    return {
      field: open.field,
      message: `Select ‘Yes’ if ${open.what} is safe for us to use. We use only what you say is safe. If you are not sure, select ‘No’ to “May we contact you?” and get in touch with us yourself`,
    }
  return {
    field: 'wantsContact',
    message:
      'To be contacted, enter a number, an address or another way that is safe for us to use. If you have none, select ‘No’ and get in touch with us yourself',
  }
}

/** The questions of consent as they are on the form, each with its answer: kept as they were shown. */
function sayAgreed(audience: Audience, fields: ReferralFields): string {
  const { filledBy, wantsContact, isSafe } = consentQuestions(audience)
  const ways = [
    { kind: 'number', value: fields.phone, safe: fields.phoneSafe },
    { kind: 'address', value: fields.email, safe: fields.emailSafe },
    { kind: 'way', value: fields.other, safe: fields.otherSafe },
  ] as const
  const who = filledBy.choices.find(each => each.value === fields.filledBy)?.text ?? 'Not answered'
  return [
    `${filledBy.question} ${who}.`,
    `${wantsContact} ${yesNoNames[fields.wantsContact]}.`,
    ...ways.filter(each => each.value !== '').map(({ kind, safe }) => `${isSafe(kind)} ${yesNoNames[safe]}.`),
  ].join('\n')
}
