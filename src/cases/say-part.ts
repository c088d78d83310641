import { type OfAnotherVersion, ofAnotherVersion } from '../audit/of-another-version.ts'
import type { CasePart } from '../foundation/case-part.ts'

const names = {
  overview: 'the overview',
  referral: 'the first account',
  contact: 'safe contact',
  triage: 'type and urgency',
  consent: 'consents',
  appointment: 'appointments',
  map: 'the access map',
  evidence: 'the evidence',
  chronology: 'the chronology',
  diary: 'the diary',
  plan: 'the safety plan',
  order: 'orders',
  bundle: 'bundles',
  trail: 'who looked',
  [ofAnotherVersion]: 'a part that this version of the program has no words for',
} as const satisfies Readonly<Record<CasePart | OfAnotherVersion, string>>

/** A part of a case inside a sentence: "the evidence". */
export function sayCasePart(part: CasePart | OfAnotherVersion): string {
  return names[part]
}
