import type { PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { deleteEndedSessions, insertSession } from '../door-store.ts'
import { hashOfToken, makeToken } from '../secret-token.ts'
import { findSessionEnd } from '../session.ts'

/** Starts a session for somebody the door has let in, and answers its token. Only the token's hash is kept. */
export async function startSession(transaction: Transaction, personId: PersonId): Promise<string> {
  const token = makeToken()
  const tokenHash = hashOfToken(token)
  if (!tokenHash) throw new Fault('session-token', 'A session token of the wrong shape was made.')
  await deleteEndedSessions(transaction)
  await insertSession(transaction, { tokenHash, personId, expiresAt: findSessionEnd(transaction.now) })
  return token
}
