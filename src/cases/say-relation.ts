import type { Relation } from './referral.ts'

const relationNames: Readonly<Record<Relation, string>> = {
  partner: 'Partner',
  'former-partner': 'Former partner',
  family: 'Family member',
  known: 'Friend, neighbour or somebody known',
  work: 'Somebody from work or study',
  stranger: 'Stranger',
  'not-known': 'Not known',
}

/** The relation as it is shown on screen. */
export function sayRelation(relation: Relation): string {
  return relationNames[relation]
}
