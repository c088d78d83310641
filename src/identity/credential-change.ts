import type { PersonId } from '../foundation/ids.ts'
import type { Role } from './role.ts'

export type CredentialChangeKind = 'joined' | 'set-up-again' | 'password' | 'code-app' | 'second-secret'

/** A change of what somebody signs in with, as the database wrote it down by itself. */
export type CredentialChange = {
  readonly changeId: number
  readonly personId: PersonId
  readonly personName: string
  readonly at: Date
  readonly kind: CredentialChangeKind
  /** Of a link: who asked for it, who approved it, and who gave their word in place of what was lost. */
  readonly askedBy: PersonId | null
  readonly askedByName: string | null
  readonly approvedBy: PersonId | null
  readonly approvedByName: string | null
  readonly witnessedBy: PersonId | null
  readonly witnessedByName: string | null
  readonly isAtMachine: boolean
  /** Until when what takes two people waits for them; null where it does not. */
  readonly waitsUntil: Date | null
  readonly freedByName: string | null
  readonly freedAt: Date | null
  /** When they said that they know of it. */
  readonly knownAt: Date | null
}

const kinds: Readonly<Record<CredentialChangeKind, string>> = {
  joined: 'Joined by a link',
  'set-up-again': 'Password, code app and second secret were set up again by a link',
  password: 'The password was changed',
  'code-app': 'The code app was changed',
  'second-secret': 'A new second secret was made',
}

/** What was changed, as a sentence without its full stop. */
export function sayChange(change: Pick<CredentialChange, 'kind'>): string {
  return kinds[change.kind]
}

/** Who had a part in it, as a sentence without its full stop; empty when its owner did it alone. */
export function sayCredentialPart(change: CredentialChange): string {
  if (change.isAtMachine) {
    return `The link was made at the machine and approved by nobody${sayWitness(change)}`
  }
  if (!change.askedByName) return ''
  return `Asked for by ${change.askedByName}, approved by ${change.approvedByName ?? 'nobody'}${sayWitness(change)}`
}

const sayWitness = ({ witnessedByName }: CredentialChange): string =>
  witnessedByName ? `; ${witnessedByName} gave their word that they were with them` : ''

/** Somebody who is to join again by a link, and whom the person acting could give their word for. */
export type JoinsAgain = {
  readonly personId: PersonId
  readonly name: string
  readonly role: Role | null
  readonly agencyName: string
}
