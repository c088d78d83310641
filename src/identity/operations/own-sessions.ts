import { recordAct } from '../../audit/operations/record-act.ts'
import type { PersonId, SessionId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { findIdleSince, type OwnSession } from '../session.ts'
import { deleteSessionsOf, loadOwnSessions } from '../session-store.ts'

/** The sessions of the person acting that are still in force, the one used last first. */
export async function listOwnSessions(
  transaction: Transaction,
  personId: PersonId,
): Promise<readonly OwnSession[]> {
  return loadOwnSessions(transaction, personId, findIdleSince(transaction.now))
}

/** Ends one session of the person acting, or all but the one they sit at. Returns how many ended. */
export async function endOwnSessions(
  transaction: Transaction,
  personId: PersonId,
  which: { readonly only: SessionId } | { readonly except: SessionId },
): Promise<number> {
  const ended = await deleteSessionsOf(transaction, personId, which)
  if (ended > 0)
    await recordAct(transaction, { verb: 'own-sessions-ended', subject: personId, detail: { ended } })
  return ended
}
