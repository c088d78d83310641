import { sql } from 'kysely'
import type { Sha256 } from '../foundation/digest.ts'
import type { CaseId, PersonId, PhraseUseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Tables } from '../platform/schema.ts'
import type { PhraseKind } from './case-phrase.ts'
import type { SessionTimes } from './session.ts'

type ClientSignInTables = Pick<Tables, 'case_phrase' | 'client_session' | 'phrase_use' | 'companion'>

export type KeptPhrase = {
  readonly caseId: CaseId
  readonly kind: PhraseKind
  readonly verifier: string
  /** What the phrase lets in to: the case itself, or the companion that the second phrase opens. */
  readonly fileId: CaseId
}
export type ClientSession = { readonly fileId: CaseId; readonly times: SessionTimes }

const tablesOf = (transaction: Transaction) => transaction.tables<ClientSignInTables>()

/** The phrase behind a handle, of an open case; null when there is none. For the sign-in alone. */
export async function findKeptPhrase(transaction: Transaction, handle: Sha256): Promise<KeptPhrase | null> {
  const found = await sql<{ case_id: CaseId; kind: PhraseKind; verifier: string; file_id: CaseId }>`
    select case_id, kind, verifier, file_id from unwatched.find_phrase(${handle})`.execute(
    transaction.tables(),
  )
  const row = found.rows[0]
  return row ? { caseId: row.case_id, kind: row.kind, verifier: row.verifier, fileId: row.file_id } : null
}

/** Adds a phrase; false when another phrase of the clinic begins with the same words. */
export async function insertPhrase(
  transaction: Transaction,
  phrase: Omit<KeptPhrase, 'fileId'> & { readonly handle: Sha256; readonly by: PersonId },
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

/** What a session is in: the same question for either phrase, so that neither takes longer. */
const fileOfSession = sql<CaseId>`case client_session.kind when 'open' then client_session.case_id
  else companion.companion_id end`

/** A session of an open case, whether or not its time is over; null for any other. */
export async function loadClientSession(
  transaction: Transaction,
  tokenHash: Sha256,
): Promise<ClientSession | null> {
  const row = await tablesOf(transaction)
    .selectFrom('client_session')
    .innerJoin('companion', 'companion.case_id', 'client_session.case_id')
    .select([fileOfSession.as('file_id'), 'last_seen_at', 'expires_at'])
    .where('token_hash', '=', tokenHash)
    .where(sql<boolean>`unwatched.portal_is_open(client_session.case_id)`)
    .executeTakeFirst()
  return row
    ? { fileId: row.file_id, times: { lastSeenAt: row.last_seen_at, expiresAt: row.expires_at } }
    : null
}

export async function markClientSession(transaction: Transaction, tokenHash: Sha256): Promise<void> {
  await tablesOf(transaction)
    .updateTable('client_session')
    .set({ last_seen_at: transaction.now })
    .where('token_hash', '=', tokenHash)
    .execute()
}

/** Ends one session and returns what it was in. */
export async function deleteClientSession(
  transaction: Transaction,
  tokenHash: Sha256,
): Promise<{ readonly fileId: CaseId } | null> {
  const row = await tablesOf(transaction)
    .deleteFrom('client_session')
    .using('companion')
    .whereRef('companion.case_id', '=', 'client_session.case_id')
    .where('token_hash', '=', tokenHash)
    .returning(fileOfSession.as('file_id'))
    .executeTakeFirst()
  return row ? { fileId: row.file_id } : null
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
