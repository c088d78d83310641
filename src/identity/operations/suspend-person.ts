import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { withdrawRequestsFor } from '../link-request-store.ts'
import { deleteSessionsOf } from '../session-store.ts'
import { endInvitations } from '../sign-in-store.ts'
import { loadPerson, setPersonState } from '../store.ts'

/** Why somebody is stopped: a code, so that the record of it tells nothing about them. */
export const suspensionReasons = ['left', 'lost-phone-or-password', 'being-looked-into', 'other'] as const
export type SuspensionReason = (typeof suspensionReasons)[number]

/**
 * Stops somebody signing in, and signs them out wherever they are. Nobody suspends themselves. They come back only by
 * two people (ask-for-link.ts).
 */
export async function suspendPerson(
  transaction: Transaction,
  personId: PersonId,
  because: SuspensionReason = 'other',
): Promise<Decision<object, 'unknown' | 'self'>> {
  if (transaction.actor.kind === 'person' && transaction.actor.personId === personId) {
    return { allowed: false, because: 'self' }
  }
  const person = await loadPerson(transaction, personId)
  if (!person) return { allowed: false, because: 'unknown' }
  if (person.state === 'suspended') return { allowed: true }
  await setPersonState(transaction, personId, 'suspended')
  await deleteSessionsOf(transaction, personId)
  await endInvitations(transaction, 'enrol', personId)
  await withdrawRequestsFor(transaction, personId)
  await recordAct(transaction, { verb: 'person-suspended', subject: personId, detail: { because } })
  return { allowed: true }
}
