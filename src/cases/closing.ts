import type { Decision } from '../foundation/decision.ts'

/** How contact by the suspected person was when the case closed. */
export const closingOutcomes = [
  'contact-stopped',
  'contact-less',
  'contact-same',
  'contact-more',
  'not-known',
] as const
export type ClosingOutcome = (typeof closingOutcomes)[number]

const names: Readonly<Record<ClosingOutcome, string>> = {
  'contact-stopped': 'Contact has stopped',
  'contact-less': 'There is less contact',
  'contact-same': 'Contact is the same',
  'contact-more': 'There is more contact',
  'not-known': 'Not known',
}

/** An outcome as it is chosen and shown. */
export function sayOutcome(outcome: ClosingOutcome): string {
  return names[outcome]
}

/** Decides whether a case in this state may close, or be opened again: never twice the same. */
export function decideClosing(
  state: 'open' | 'closed',
  wanted: 'open' | 'closed',
): Decision<object, 'is-so-already'> {
  return state === wanted ? { allowed: false, because: 'is-so-already' } : { allowed: true }
}
