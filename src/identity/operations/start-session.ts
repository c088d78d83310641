import { makeId, type PersonId, type SessionId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { coarseAddress, findDeviceKind } from '../device.ts'
import { hashOfToken, makeToken } from '../secret-token.ts'
import { findSessionEnd } from '../session.ts'
import { deleteEndedSessions, insertSession } from '../session-store.ts'

/** Where somebody sits who signs in, as their browser tells it; only its coarse kind is kept. */
export type Desk = { readonly address: string; readonly userAgent: string }

/** Starts a session for somebody whom the sign-in has let in, and returns its token. Only the token's hash is kept. */
export async function startSession(
  transaction: Transaction,
  personId: PersonId,
  desk: Desk = { address: '', userAgent: '' },
): Promise<string> {
  const token = makeToken()
  const tokenHash = hashOfToken(token)
  if (!tokenHash) throw new Fault('session-token', 'A session token of the wrong shape was made.')
  await deleteEndedSessions(transaction)
  await insertSession(transaction, {
    tokenHash,
    personId,
    sessionId: makeId<SessionId>(transaction.now),
    expiresAt: findSessionEnd(transaction.now),
    device: findDeviceKind(desk.userAgent),
    network: coarseAddress(desk.address),
  })
  return token
}
