import type { CasePart } from '../foundation/case-part.ts'

const names: Readonly<Record<CasePart, string>> = {
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
}

/** A part of a case inside a sentence: "the evidence". A part without a name is said as it was recorded. */
export function sayPart(part: string): string {
  return Object.entries(names).find(([key]) => key === part)?.[1] ?? part
}
