import type { YesNoUnknown } from '../../../eligibility.ts'

/** Who is at the form: the public, or a call handler with somebody on the phone. */
export type Audience = 'public' | 'call'

/** The answers to a question of yes or no, as they are on the form. */
export const yesNoNames: Readonly<Record<YesNoUnknown, string>> = {
  yes: 'Yes',
  no: 'No',
  unknown: 'Not sure',
}

/**
 * What the form asks that is a consent: for whom it is filled in, and whether and how they may be reached. The form shows
 * these words, and the referral keeps them with the answers.
 */
export function consentQuestions(audience: Audience): {
  readonly filledBy: {
    readonly question: string
    readonly choices: readonly { readonly value: 'client' | 'someone-else'; readonly text: string }[]
  }
  readonly wantsContact: string
  readonly isSafe: (what: 'number' | 'address' | 'way') => string
} {
  const say = (call: string, open: string): string => (audience === 'call' ? call : open)
  return {
    filledBy: {
      question: say('Who is calling?', 'Who are you filling this in for?'),
      choices: [
        { value: 'client', text: say('The person it is happening to', 'Myself') },
        {
          value: 'someone-else',
          text: say('Somebody for them', 'Somebody else, who knows that I am doing it'),
        },
      ],
    },
    wantsContact: say('May we contact them?', 'May we contact you?'),
    isSafe: what => say(`Is the ${what} safe to use?`, `Is this ${what} safe for us to use?`),
  }
}
