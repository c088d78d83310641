import { sql } from 'kysely'
import type { CaseId, DiaryEntryId, PersonId, PhraseAccessId, PhraseUseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row, Tables } from '../platform/schema.ts'
import type { PhraseKind } from './case-phrase.ts'
import type { DuressUse, OnCallMail } from './second-phrase.ts'

type SecondPhraseTables = Pick<Tables, 'phrase_use' | 'phrase_access' | 'companion'>

const tablesOf = (transaction: Transaction) => transaction.tables<SecondPhraseTables>()

/**
 * The companion of a case whose contact is open for writing: the one there is, or this new one with its wrapped key. Null
 * where the contact is not open.
 */
export async function keepCompanion(
  transaction: Transaction,
  caseId: CaseId,
  made: { readonly companionId: CaseId; readonly wrapped: Buffer },
): Promise<CaseId | null> {
  const found = await sql<{ kept: CaseId | null }>`
    select unwatched.keep_companion(${caseId}, ${made.companionId}, ${made.wrapped}) as kept`.execute(
    transaction.tables(),
  )
  return found.rows[0]?.kept ?? null
}

/** Lets the companion know what this transaction did for the phrases of its case, and how the file began. */
export async function tellCompanion(transaction: Transaction, caseId: CaseId): Promise<void> {
  await sql`select unwatched.tell_companion(${caseId})`.execute(transaction.tables())
}

/** The companion of a case whose contact is open for writing; null before there were phrases. */
export async function loadCompanion(transaction: Transaction, caseId: CaseId): Promise<CaseId | null> {
  const row = await tablesOf(transaction)
    .selectFrom('companion')
    .select('companion_id')
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return row?.companion_id ?? null
}

/** How the phrases of a case stand. */
export type PhraseState = {
  /** When the phrases in force were made; null when there are none. */
  readonly madeAt: Date | null
  /** When the second phrase was used and nobody has looked into it: the oldest first, at most a hundred. */
  readonly duressUses: readonly DuressUse[]
}

/** The state of the phrases of a case that is open for its contact. */
export async function loadPhraseRows(transaction: Transaction, caseId: CaseId): Promise<PhraseState> {
  type UseRow = { use_id: PhraseUseId; at: Date; again_at: Date | null } | { use_id: null }
  const { rows } = await sql<{ made_at: Date | null } & UseRow>`
    select p.made_at, u.use_id, u.at, u.again_at
    from (select max(c.made_at) as made_at from unwatched.case_phrase c
          where c.case_id = ${caseId} and c.ended_at is null) p
    left join lateral (
      select f.use_id, f.at, f.again_at from unwatched.phrase_use f
      where f.case_id = ${caseId} and f.kind = 'duress' and f.seen_at is null
      order by f.at, f.use_id limit 100) u on true
    order by u.at, u.use_id`.execute(transaction.tables())
  return {
    madeAt: rows[0]?.made_at ?? null,
    duressUses: rows.flatMap(row =>
      row.use_id === null ? [] : [{ useId: row.use_id, at: row.at, againAt: row.again_at }],
    ),
  }
}

/** Whether such a use is open in a case whose channels are open to the person acting. */
export async function loadIsSecondPhraseOpen(transaction: Transaction, caseId: CaseId): Promise<boolean> {
  const found = await sql<{ open: boolean }>`
    select unwatched.second_phrase_is_open(${caseId}) as open`.execute(transaction.tables())
  return found.rows[0]?.open ?? true
}

/** Of these uses those that are open, held until the transaction ends. */
export async function holdDuressUses(
  transaction: Transaction,
  caseId: CaseId,
  useIds: readonly PhraseUseId[],
): Promise<readonly PhraseUseId[]> {
  if (useIds.length === 0) return []
  const rows = await tablesOf(transaction)
    .selectFrom('phrase_use')
    .select('use_id')
    .where('case_id', '=', caseId)
    .where('use_id', 'in', [...useIds])
    .where('kind', '=', 'duress')
    .where('seen_at', 'is', null)
    .forUpdate()
    .execute()
  return rows.map(row => row.use_id)
}

/** The last note that was written in a visit of the second phrase, of a case open for its contact; null for none. */
export async function loadLastCompanionNote(
  transaction: Transaction,
  caseId: CaseId,
): Promise<DiaryEntryId | null> {
  const found = await sql<{ last: DiaryEntryId | null }>`
    select unwatched.companion_last_note(${caseId}) as last`.execute(transaction.tables())
  return found.rows[0]?.last ?? null
}

/** Marks uses that are held as looked into, with the note that says what was done. */
export async function settleDuressUses(
  transaction: Transaction,
  caseId: CaseId,
  access: { readonly accessId: PhraseAccessId; readonly by: PersonId; readonly sealed: Buffer },
  held: readonly PhraseUseId[],
): Promise<void> {
  const tables = tablesOf(transaction)
  await tables
    .insertInto('phrase_access')
    .values({
      clinic_id: transaction.actor.clinicId,
      case_id: caseId,
      access_id: access.accessId,
      at: transaction.now,
      by_person: access.by,
      sealed: access.sealed,
    })
    .execute()
  await tables
    .updateTable('phrase_use')
    .set({ seen_at: transaction.now, seen_by: access.by, access_id: access.accessId })
    .where('case_id', '=', caseId)
    .where('use_id', 'in', [...held])
    .where('seen_at', 'is', null)
    .execute()
}

/** What was written down when somebody looked into a use, the newest first, at most `atMost`. */
export async function loadPhraseAccesses(
  transaction: Transaction,
  caseId: CaseId,
  atMost: number,
): Promise<
  readonly {
    readonly accessId: PhraseAccessId
    readonly at: Date
    readonly by: string
    readonly sealed: Buffer
  }[]
> {
  const found = await sql<Pick<Row<'phrase_access'>, 'access_id' | 'at' | 'sealed'> & { by: string }>`
    select a.access_id, a.at, p.name as by, a.sealed from unwatched.phrase_access a
    join unwatched.person p on p.clinic_id = a.clinic_id and p.person_id = a.by_person
    where a.case_id = ${caseId} order by a.at desc, a.access_id desc limit ${atMost}`.execute(
    transaction.tables(),
  )
  return found.rows.map(({ access_id, ...access }) => ({ accessId: access_id, ...access }))
}

/** A use of either phrase as the job that writes to those on call sees it; null when there is none. */
export async function loadUseToTell(
  transaction: Transaction,
  useId: PhraseUseId,
): Promise<{
  readonly caseId: CaseId
  readonly kind: PhraseKind
  readonly isOpen: boolean
  readonly told: OnCallMail | null
  readonly toldTo: readonly string[]
  /** When it happened, or something was last written in its visit. */
  readonly lastAt: Date
  /** When the last mail to those on call because of an open use in this case began to leave. */
  readonly caseMailedAt: Date | null
} | null> {
  const found = await sql<
    Pick<Row<'phrase_use'>, 'case_id' | 'kind' | 'told_to'> & {
      open: boolean
      told: OnCallMail | null
      last_at: Date
      case_mailed_at: Date | null
    }
  >`
    select u.case_id, u.kind, u.seen_at is null as open, u.told, u.told_to, greatest(u.at, u.noted_at) as last_at,
      (select max(o.mailed_at) from unwatched.phrase_use o where o.clinic_id = u.clinic_id and o.case_id = u.case_id
         and o.kind = 'duress' and o.seen_at is null) as case_mailed_at
    from unwatched.phrase_use u
    where u.clinic_id = ${transaction.actor.clinicId} and u.use_id = ${useId}`.execute(transaction.tables())
  const row = found.rows[0]
  return row
    ? {
        caseId: row.case_id,
        kind: row.kind,
        isOpen: row.open,
        told: row.told,
        toldTo: row.told_to,
        lastAt: row.last_at,
        caseMailedAt: row.case_mailed_at,
      }
    : null
}

/** The last use of the second phrase behind this file; null when it is none that a second phrase opens. */
export async function findUseOfFile(transaction: Transaction, fileId: CaseId): Promise<PhraseUseId | null> {
  const found = await sql<Pick<Row<'phrase_use'>, 'use_id'>>`
    select u.use_id from unwatched.companion c
    join unwatched.phrase_use u on u.clinic_id = c.clinic_id and u.case_id = c.case_id and u.kind = 'duress'
    where c.clinic_id = ${transaction.actor.clinicId} and c.companion_id = ${fileId}
    order by u.at desc, u.use_id desc limit 1`.execute(transaction.tables())
  return found.rows[0]?.use_id ?? null
}

/**
 * Keeps what became of the mail about a use that is still open; it says nothing of what was written in its visit since.
 */
export async function keepTold(
  transaction: Transaction,
  use: {
    readonly caseId: CaseId
    readonly useId: PhraseUseId
    readonly lastAt: Date
    readonly told: OnCallMail
    readonly toldAt: Date
    readonly toldTo: readonly string[]
    readonly mailedAt: Date | null
  },
): Promise<void> {
  const isSame = sql<boolean>`greatest(at, noted_at) <= ${use.lastAt}`
  await tablesOf(transaction)
    .updateTable('phrase_use')
    .set({
      told: sql`case when ${isSame} then ${use.told} else told end`,
      told_at: sql`case when ${isSame} then ${use.toldAt}::timestamptz else told_at end`,
      told_to: sql`case when ${isSame} then ${[...use.toldTo]}::text[] else told_to end`,
      mailed_at: sql`greatest(mailed_at, ${use.mailedAt}::timestamptz)`,
    })
    .where('case_id', '=', use.caseId)
    .where('use_id', '=', use.useId)
    .where('seen_at', 'is', null)
    .execute()
}
