import type { Profile } from '../../../../directory/profile.ts'
import type { FormProblem } from '../../../../foundation/decision.ts'
import { type ChoiceOf, type FieldWriter, fieldWriter } from '../../../../web/field-writer.ts'
import { type Html, html } from '../../../../web/html.ts'
import type { FormFields } from '../../../../web/request.ts'
import { redFlags, sayRedFlag } from '../../../red-flags.ts'
import { relations } from '../../../referral.ts'
import { sayRelation } from '../../../say-relation.ts'
import { type Audience, consentQuestions, yesNoNames } from './consent-questions.ts'

const yesNo: readonly ChoiceOf[] = (['yes', 'no', 'unknown'] as const).map(value => ({
  value,
  text: yesNoNames[value],
}))

type Asked = { readonly happening: Html; readonly signs: Html; readonly people: Html; readonly times: Html }

export type QuestionsOptions = {
  readonly audience: Audience
  readonly profile: Profile
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/**
 * All that is asked of somebody who comes to the clinic, in the order in which it is asked, free words first: what is
 * happening and whether we can help, what points to danger, who does it and how to reach them, and when.
 */
export function referralQuestions({ audience, profile, typed, problems }: QuestionsOptions): Asked {
  return referralFields({ audience, profile, write: fieldWriter(typed, problems) })
}

type Asking = {
  readonly audience: Audience
  readonly profile: {
    readonly ages: Pick<Profile['ages'], 'from'> | null
    readonly area: Pick<Profile['area'], 'districts'>
  }
  readonly write: FieldWriter
}

/** The same questions, with other means of writing the fields, and also while the ages of the clinic are not known. */
export function referralFields(asking: Asking): Asked {
  return {
    happening: askWhatHappens(asking),
    signs: askForSigns(asking),
    people: askForPeople(asking),
    times: askForTimes(asking),
  }
}

/** Words a question for the person who takes a call, or for the client themselves. */
const sayFor = (audience: Audience) => (call: string, open: string) => (audience === 'call' ? call : open)

const part = (title: string): Html => html`<h2 class="govuk-heading-m">${title}</h2>`

function askWhatHappens({ audience, profile, write: { line, words, choose } }: Asking): Html {
  const say = sayFor(audience)
  const isCall = audience === 'call'
  const old = profile.ages ? `${profile.ages.from} or older` : 'old enough for us to help'
  const { filledBy } = consentQuestions(audience)
  return html`${isCall && choose('safeToTalk', 'Is it safe to talk now?', yesNo, { inline: true })}${words(
    'words',
    say('What is happening, in the caller’s words', 'What is happening?'),
    {
      rows: isCall ? 6 : 8,
      hint: say(
        'Write first, sort later.',
        'Use your own words. You do not have to be sure, and you do not have to tell us everything now.',
      ),
    },
  )}${choose('dangerNow', say('Is anybody in danger now?', 'Are you in danger now?'), yesNo, {
    inline: true,
    hint: say(
      'If so, tell them to call 999. Go on with the call only if it is safe.',
      'If you are, call 999 first.',
    ),
  })}${choose('filledBy', filledBy.question, filledBy.choices, { inline: isCall })}${part(say('Can we help?', 'So that we know whether we can help'))}${choose(
    'adult',
    say(`${old.slice(0, 1).toUpperCase()}${old.slice(1)}?`, `Are you ${old}?`),
    yesNo,
    { inline: true },
  )}${line('postcode', say('Home postcode', 'Your home postcode'), {
    width: 'govuk-input--width-10',
    hint: 'It is kept sealed, and used only to see whether we cover the area.',
  })}${choose(
    'council',
    say('Which council do they pay council tax to?', 'Which council do you pay council tax to?'),
    [
      ...profile.area.districts.map(({ code, name }) => ({ value: code, text: name })),
      { value: 'other', text: 'Another council' },
      { value: 'unknown', text: 'Not sure' },
    ],
    { hint: 'Some postcodes lie on the border of our area.', inline: isCall },
  )}`
}

function askForSigns({ audience, write: { choose, tick } }: Asking): Html {
  return html`${choose(
    'cyberstalked',
    sayFor(audience)(
      'Are they watched, followed or harassed through phones, accounts, cars, cameras or the internet?',
      'Are you watched, followed or harassed through phones, accounts, cars, cameras or the internet?',
    ),
    [
      { value: 'yes', text: 'Yes' },
      { value: 'maybe', text: 'It may be' },
      { value: 'fraud', text: 'No, it is about a fraud or scam' },
      { value: 'other', text: 'No, it is about something else' },
      { value: 'unknown', text: 'Not sure' },
    ],
  )}${tick(
    'flags',
    'Does any of this apply?',
    redFlags.map(flag => ({ value: flag, text: sayRedFlag(flag) })),
  )}`
}

function askForPeople({ audience, write: { line, choose } }: Asking): Html {
  const say = sayFor(audience)
  const { wantsContact, isSafe } = consentQuestions(audience)
  const safe = (name: string, what: 'number' | 'address'): Html =>
    choose(name, isSafe(what), yesNo, { inline: true })
  return html`${part(say('Who does this?', 'Who does this to you?'))}${line(
    'suspectName',
    say('Name of the suspected person', 'Their name, if you know it'),
    { hint: 'We use it to make sure that nobody who knows them sees this.' },
  )}${choose(
    'relation',
    say('Who are they to the client?', 'Who are they to you?'),
    relations.map(relation => ({ value: relation, text: sayRelation(relation) })),
    { inline: audience === 'call' },
  )}${part(say('A safe way to reach them', 'A safe way to reach you'))}${line(
    'clientName',
    say('Name', 'What may we call you?'),
    { hint: say('As they want to be called.', 'A first name is enough.') },
  )}${choose('wantsContact', wantsContact, yesNo, {
    inline: true,
    hint: say(
      'If yes, ask for a way that is safe, and say that we use no other.',
      'If yes, give at least one way below and say that it is safe. We use no other.',
    ),
  })}${line('phone', 'Phone number', {
    width: 'govuk-input--width-20',
  })}${safe('phoneSafe', 'number')}${line('email', 'Email address')}${safe('emailSafe', 'address')}${line(
    'other',
    'Another way',
    { hint: 'For example through somebody you both trust.' },
  )}`
}

function askForTimes({ audience, write: { line, words, choose } }: Asking): Html {
  const { isSafe } = consentQuestions(audience)
  return html`${choose('otherSafe', isSafe('way'), yesNo, { inline: true })}${words(
    'safeTimes',
    'Safe times',
    {
      hint: 'For example Tuesdays after 10am, never in the evening.',
    },
  )}${words('voicemail', 'If nobody answers, or somebody else does', {
    hint: 'For example leave no message, or say that it is about the library book.',
  })}${line('codeWords', 'Code words', {
    hint: 'A word we say so that you know it is us, and a word you say when you cannot talk.',
  })}${line('howHeard', sayFor(audience)('How did they hear of us?', 'How did you hear of us?'))}`
}
