import type { Sha256 } from '../foundation/digest.ts'
import type { PersonId, SessionId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Tables } from '../platform/schema.ts'
import { loadChanges } from './credential-change-store.ts'
import type { DeviceKind } from './device.ts'
import { findNotices } from './fresh-credential.ts'
import type { SessionNotices, StaffMember } from './route.ts'
import type { OwnSession, SessionTimes } from './session.ts'
import { loadPerson } from './store.ts'

type SessionTables = Pick<Tables, 'session'>

const tablesOf = (transaction: Transaction) => transaction.tables<SessionTables>()

export async function insertSession(
  transaction: Transaction,
  session: {
    tokenHash: Sha256
    sessionId: SessionId
    personId: PersonId
    expiresAt: Date
    device: DeviceKind
    network: string
  },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('session')
    .values({
      clinic_id: transaction.actor.clinicId,
      token_hash: session.tokenHash,
      session_id: session.sessionId,
      person_id: session.personId,
      started_at: transaction.now,
      last_seen_at: transaction.now,
      expires_at: session.expiresAt,
      device: session.device,
      network: session.network,
      proved_at: transaction.now,
    })
    .execute()
}

/** A session with the active person it belongs to and their state, whether or not it is still in force. */
export async function loadSession(
  transaction: Transaction,
  tokenHash: Sha256,
): Promise<{
  readonly staff: StaffMember
  readonly notices: SessionNotices
  readonly times: SessionTimes
} | null> {
  const row = await tablesOf(transaction)
    .selectFrom('session')
    .select(['session_id', 'person_id', 'last_seen_at', 'expires_at', 'proved_at'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  const person = row && (await loadPerson(transaction, row.person_id))
  if (!row || person?.state !== 'active') return null
  const { personId, name, role, agencyId, agencyName } = person
  const changes = await loadChanges(transaction, { of: personId })
  return {
    staff: { personId, name, role, agencyId, agencyName },
    notices: findNotices({ sessionId: row.session_id, provedAt: row.proved_at }, changes, transaction.now),
    times: { lastSeenAt: row.last_seen_at, expiresAt: row.expires_at },
  }
}

export async function markSession(transaction: Transaction, tokenHash: Sha256): Promise<void> {
  await tablesOf(transaction)
    .updateTable('session')
    .set({ last_seen_at: transaction.now })
    .where('token_hash', '=', tokenHash)
    .execute()
}

/** Notes that the person at this session has just given password and code. */
export async function markProved(transaction: Transaction, sessionId: SessionId): Promise<void> {
  await tablesOf(transaction)
    .updateTable('session')
    .set({ proved_at: transaction.now })
    .where('session_id', '=', sessionId)
    .execute()
}

/** Ends one session and returns whose it was. */
export async function deleteSession(transaction: Transaction, tokenHash: Sha256): Promise<PersonId | null> {
  const row = await tablesOf(transaction)
    .deleteFrom('session')
    .where('token_hash', '=', tokenHash)
    .returning('person_id')
    .executeTakeFirst()
  return row?.person_id ?? null
}

/** Ends somebody's sessions: all, all but one, or one. Returns how many. */
export async function deleteSessionsOf(
  transaction: Transaction,
  personId: PersonId,
  which: { readonly except?: SessionId; readonly only?: SessionId } = {},
): Promise<number> {
  let ending = tablesOf(transaction).deleteFrom('session').where('person_id', '=', personId)
  if (which.except) ending = ending.where('session_id', '<>', which.except)
  if (which.only) ending = ending.where('session_id', '=', which.only)
  return Number((await ending.executeTakeFirst()).numDeletedRows)
}

export async function deleteEndedSessions(transaction: Transaction): Promise<void> {
  await tablesOf(transaction).deleteFrom('session').where('expires_at', '<=', transaction.now).execute()
}

/** Somebody's own sessions that have not ended, the one used last first. */
export async function loadOwnSessions(
  transaction: Transaction,
  personId: PersonId,
  seenAfter: Date,
): Promise<readonly OwnSession[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('session')
    .select(['session_id', 'started_at', 'last_seen_at', 'device', 'network'])
    .where('person_id', '=', personId)
    .where('expires_at', '>', transaction.now)
    .where('last_seen_at', '>', seenAfter)
    .orderBy('last_seen_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(row => ({
    sessionId: row.session_id,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    device: row.device,
    network: row.network,
  }))
}
