import type { AgencyId, PersonId } from '../foundation/ids.ts'
import type { Role } from './role.ts'

export type PersonState = 'invited' | 'active' | 'suspended'

/** Somebody who works at the clinic, as the administrator sees them. */
export type Person = {
  readonly personId: PersonId
  readonly name: string
  readonly signInName: string
  readonly role: Role
  readonly state: PersonState
  readonly agencyId: AgencyId
  readonly agencyName: string
}

/** Who is to be added. */
export type NewPerson = {
  readonly name: string
  readonly signInName: string
  readonly role: Role
  readonly agencyId: AgencyId
}
