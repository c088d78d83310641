import type { EntryGroup } from './catalogue-entry.ts'
import type { Basis, BeliefAnswer } from './inventory.ts'

const groupNames: Readonly<Record<EntryGroup, string>> = {
  devices: 'Phones, tablets and computers',
  accounts: 'Accounts and numbers',
  sharing: 'Shared with others',
  home: 'At home',
  moving: 'Car and on the move',
  people: 'People and places',
  public: 'In public',
}

/** A group of the catalogue as a heading. */
export function sayGroup(group: EntryGroup): string {
  return groupNames[group]
}

const beliefNames: Readonly<Record<BeliefAnswer, string>> = {
  yes: 'Yes',
  probably: 'Probably',
  no: 'No',
  unknown: 'Not known',
}

/** An answer to a question of belief, as it is chosen. */
export function sayBelief(answer: BeliefAnswer): string {
  return beliefNames[answer]
}

const basisNames: Readonly<Record<Basis, string>> = {
  seen: 'Seen, on the device or in the account',
  told: 'The client said so',
  inferred: 'Worked out from something else',
}

/** How somebody knows, as it is chosen. */
export function sayAnswerBasis(basis: Basis): string {
  return basisNames[basis]
}

const shortBases: Readonly<Record<Basis, string>> = { seen: 'seen', told: 'told', inferred: 'worked out' }

/** How somebody knows, behind an answer: "Yes (seen)". */
export function sayAnswerBasisShort(basis: Basis): string {
  return shortBases[basis]
}
