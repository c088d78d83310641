import type { ReferralAnswers } from '../../src/cases/referral.ts'

/** A referral that is this clinic's, by somebody who may be reached by a safe phone; with anything changed. */
export function toldReferral(change: Partial<ReferralAnswers> = {}): ReferralAnswers {
  return {
    filledBy: 'client',
    clientName: 'Marigold Fenwick',
    words: 'He knows where I am all the time.',
    safeToTalk: 'yes',
    dangerNow: 'no',
    adult: 'yes',
    cyberstalked: 'maybe',
    postcode: 'TN9 1AA',
    council: { kind: 'unknown' },
    flags: [],
    suspectName: 'Osbert Crane',
    relation: 'former-partner',
    howHeard: '',
    wantsContact: 'yes',
    agreedWords: 'May we contact them? Yes.',
    contactChannels: {
      phone: { value: '07700 900123', safe: 'yes' },
      email: { value: 'marigold@example.org', safe: 'no' },
      other: { value: '', safe: 'unknown' },
    },
    safeTimes: 'Tuesdays after 10am',
    voicemail: '',
    codeWords: 'blue kettle',
    ...change,
  }
}
