import { sql } from 'kysely'
import type { Sha256 } from '../foundation/digest.ts'
import type { CaseId, PhraseUseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { PhraseKind } from './case-phrase.ts'
import type { QuietUse } from './second-phrase.ts'
import type { SessionTimes } from './session.ts'

type ClientDoorTables = {
  case_phrase: {
    clinic_id: string
    case_id: CaseId
    handle: string
    kind: PhraseKind
    verifier: string
    made_at: Date
    made_by: string
    ended_at: Date | null
  }
  client_session: {
    clinic_id: string
    token_hash: string
    case_id: CaseId
    kind: PhraseKind
    started_at: Date
    last_seen_at: Date
    expires_at: Date
  }
  phrase_use: {
    clinic_id: string
    case_id: CaseId
    use_id: PhraseUseId
    kind: PhraseKind
    at: Date
    seen_at: Date | null
    seen_by: string | null
  }
}

export type KeptPhrase = { readonly caseId: CaseId; readonly kind: PhraseKind; readonly verifier: string }
export type ClientSession = {
  readonly caseId: CaseId
  readonly kind: PhraseKind
  readonly times: SessionTimes
}

const tablesOf = (transaction: Transaction) => transaction.tables<ClientDoorTables>()

/** The phrase that stands behind a handle, of an open case; null when there is none. For the door alone. */
export async function findKeptPhrase(transaction: Transaction, handle: Sha256): Promise<KeptPhrase | null> {
  const found = await sql<{ case_id: CaseId; kind: PhraseKind; verifier: string }>`
    select case_id, kind, verifier from unwatched.find_phrase(${handle})`.execute(transaction.tables())
  const row = found.rows[0]
  return row ? { caseId: row.case_id, kind: row.kind, verifier: row.verifier } : null
}

/** Adds a phrase; false when another phrase of the clinic begins with the same words. */
export async function insertPhrase(
  transaction: Transaction,
  phrase: KeptPhrase & { readonly handle: Sha256; readonly by: string },
): Promise<boolean> {
  const added = await tablesOf(transaction)
    .insertInto('case_phrase')
    .values({
      clinic_id: transaction.actor.clinicId,
      case_id: phrase.caseId,
      handle: phrase.handle,
      kind: phrase.kind,
      verifier: phrase.verifier,
      made_at: transaction.now,
      made_by: phrase.by,
      ended_at: null,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** Ends the phrases of a case, and every session they began. */
export async function endPhrases(transaction: Transaction, caseId: CaseId): Promise<void> {
  const tables = tablesOf(transaction)
  await tables
    .updateTable('case_phrase')
    .set({ ended_at: transaction.now })
    .where('case_id', '=', caseId)
    .where('ended_at', 'is', null)
    .execute()
  await tables.deleteFrom('client_session').where('case_id', '=', caseId).execute()
}

/** When the phrases in force were made; null when there are none. */
export async function loadPhraseMadeAt(transaction: Transaction, caseId: CaseId): Promise<Date | null> {
  const row = await tablesOf(transaction)
    .selectFrom('case_phrase')
    .select('made_at')
    .where('case_id', '=', caseId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row?.made_at ?? null
}

export async function insertClientSession(
  transaction: Transaction,
  session: { tokenHash: Sha256; caseId: CaseId; kind: PhraseKind; expiresAt: Date },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('client_session')
    .values({
      clinic_id: transaction.actor.clinicId,
      token_hash: session.tokenHash,
      case_id: session.caseId,
      kind: session.kind,
      started_at: transaction.now,
      last_seen_at: transaction.now,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** A session of an open case, whether or not its time is over; null for any other. */
export async function loadClientSession(
  transaction: Transaction,
  tokenHash: Sha256,
): Promise<ClientSession | null> {
  const row = await tablesOf(transaction)
    .selectFrom('client_session')
    .select(['case_id', 'kind', 'last_seen_at', 'expires_at'])
    .where('token_hash', '=', tokenHash)
    .where(sql<boolean>`unwatched.portal_is_open(case_id)`)
    .executeTakeFirst()
  return row
    ? {
        caseId: row.case_id,
        kind: row.kind,
        times: { lastSeenAt: row.last_seen_at, expiresAt: row.expires_at },
      }
    : null
}

export async function markClientSession(transaction: Transaction, tokenHash: Sha256): Promise<void> {
  await tablesOf(transaction)
    .updateTable('client_session')
    .set({ last_seen_at: transaction.now })
    .where('token_hash', '=', tokenHash)
    .execute()
}

/** Ends one session and answers whose it was. */
export async function deleteClientSession(
  transaction: Transaction,
  tokenHash: Sha256,
): Promise<{ readonly caseId: CaseId } | null> {
  const row = await tablesOf(transaction)
    .deleteFrom('client_session')
    .where('token_hash', '=', tokenHash)
    .returning('case_id')
    .executeTakeFirst()
  return row ? { caseId: row.case_id } : null
}

export async function deleteEndedClientSessions(transaction: Transaction): Promise<void> {
  await tablesOf(transaction)
    .deleteFrom('client_session')
    .where('expires_at', '<=', transaction.now)
    .execute()
}

export async function insertPhraseUse(
  transaction: Transaction,
  use: { useId: PhraseUseId; caseId: CaseId; kind: PhraseKind },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('phrase_use')
    .values({
      clinic_id: transaction.actor.clinicId,
      case_id: use.caseId,
      use_id: use.useId,
      kind: use.kind,
      at: transaction.now,
      seen_at: null,
      seen_by: null,
    })
    .execute()
}

/** Which phrase let somebody in that time; null when there is no such use in sight. */
export async function loadUseKind(
  transaction: Transaction,
  caseId: CaseId,
  useId: PhraseUseId,
): Promise<PhraseKind | null> {
  const row = await tablesOf(transaction)
    .selectFrom('phrase_use')
    .select('kind')
    .where('case_id', '=', caseId)
    .where('use_id', '=', useId)
    .executeTakeFirst()
  return row?.kind ?? null
}

/** The uses of the quiet phrase of a case that nobody has looked into, the oldest first, at most a hundred. */
export async function loadQuietUses(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly { readonly useId: PhraseUseId; readonly at: Date }[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('phrase_use')
    .select(['use_id', 'at'])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'quiet')
    .where('seen_at', 'is', null)
    .orderBy('at')
    .orderBy('use_id')
    .limit(100)
    .execute()
  return rows.map(row => ({ useId: row.use_id, at: row.at }))
}

/** Marks these uses of the quiet phrase as looked into; answers how many there were. */
export async function settleQuietUses(
  transaction: Transaction,
  caseId: CaseId,
  by: string,
  useIds: readonly PhraseUseId[],
): Promise<number> {
  if (useIds.length === 0) return 0
  const settled = await tablesOf(transaction)
    .updateTable('phrase_use')
    .set({ seen_at: transaction.now, seen_by: by })
    .where('case_id', '=', caseId)
    .where('use_id', 'in', [...useIds])
    .where('kind', '=', 'quiet')
    .where('seen_at', 'is', null)
    .executeTakeFirst()
  return Number(settled.numUpdatedRows)
}

/** The cases in sight whose quiet phrase was used and not looked into. */
export async function loadOpenQuietUses(transaction: Transaction): Promise<readonly QuietUse[]> {
  const found = await sql<{ case_id: CaseId; use_id: PhraseUseId; reference: string; at: Date }>`
    select case_id, use_id, reference, at from unwatched.open_quiet_uses()`.execute(transaction.tables())
  return found.rows.map(({ case_id, use_id, reference, at }) => ({
    caseId: case_id,
    useId: use_id,
    reference,
    at,
  }))
}
