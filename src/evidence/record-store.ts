import { sql } from 'kysely'
import { blockBytes } from '../foundation/blocks/block.ts'
import type { BlockPlace } from '../foundation/blocks/leaf-reader.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'

const here = (transaction: Transaction, caseId: CaseId) =>
  sql`r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId}`

/** What is read first of the records of a case, all of it sealed. */
export type SealedRoots = {
  /** Null while the case has no records. */
  readonly root: Buffer | null
  readonly derived: Buffer | null
  readonly firsts: ReadonlyMap<string, Buffer>
}

/** Which generations a case has, and the first block of each. In a case that is not open there is nothing. */
export async function loadRecordRoots(transaction: Transaction, caseId: CaseId): Promise<SealedRoots> {
  const found = await sql<{
    generation: string | null
    root: Buffer | null
    derived: Buffer | null
    body: Buffer | null
  }>`select r.generation, r.root, r.derived, r.body from unwatched.record_roots(${caseId}) r`.execute(
    transaction.tables(),
  )
  const named = found.rows.find(row => row.generation === null)
  const firsts = found.rows.flatMap(({ generation, body }) =>
    generation !== null && body ? [[generation, body] as const] : [],
  )
  return { root: named?.root ?? null, derived: named?.derived ?? null, firsts: new Map(firsts) }
}

/** Blocks as they lie sealed, by generation and number ("<generation> 12"); what is not there is left out. */
export async function loadRecordBlocks(
  transaction: Transaction,
  caseId: CaseId,
  wanted: readonly BlockPlace[],
): Promise<ReadonlyMap<string, Buffer>> {
  const found = await sql<{ generation: string; number: number; body: Buffer }>`
    select b.generation, b.number, b.body from unwatched.record_blocks(${caseId},
      ${wanted.map(each => each.generation)}::uuid[], ${wanted.map(each => each.number)}::integer[]) b`.execute(
    transaction.tables(),
  )
  return new Map(found.rows.map(row => [`${row.generation} ${row.number}`, row.body]))
}

/** Adds sealed blocks, one behind the other from this number on, in one statement. */
export async function addRecordBlocks(
  transaction: Transaction,
  caseId: CaseId,
  generation: string,
  from: number,
  bodies: readonly Buffer[],
): Promise<void> {
  // As one value, which travels as bytes: a list of them would travel as text, twice as long.
  await sql`insert into unwatched.record_block (clinic_id, case_id, generation, number, body)
    select ${transaction.actor.clinicId}::uuid, ${caseId}::uuid, ${generation}::uuid, ${from}::integer + n,
      substring(${Buffer.concat(bodies)}::bytea from 1 + n * ${blockBytes}::integer for ${blockBytes}::integer)
    from generate_series(0, ${bodies.length}::integer - 1) n`.execute(transaction.tables())
}

/** Takes away every generation of a case but these. */
export async function keepGenerations(
  transaction: Transaction,
  caseId: CaseId,
  kept: readonly string[],
): Promise<void> {
  await sql`delete from unwatched.record_block r
    where ${here(transaction, caseId)} and r.generation <> all (${[...kept]}::uuid[])`.execute(
    transaction.tables(),
  )
}

/**
 * Reads generations through. The server marks a row when it is first read after it was kept: read whole by its writer,
 * before anybody can look for anything, the marks tell nothing of what was looked for.
 */
export async function readThrough(
  transaction: Transaction,
  caseId: CaseId,
  generations: readonly string[],
): Promise<void> {
  await sql`select sum(length(r.body)) from unwatched.record_block r
    where ${here(transaction, caseId)} and r.generation = any (${[...generations]}::uuid[])`.execute(
    transaction.tables(),
  )
}

/** Which generations a case has, while nobody else can change it; null while it has none. */
export async function lockRecordRoot(transaction: Transaction, caseId: CaseId): Promise<Buffer | null> {
  const found = await sql<Pick<Row<'record_root'>, 'sealed'>>`select r.sealed from unwatched.record_root r
    where ${here(transaction, caseId)} for update`.execute(transaction.tables())
  return found.rows[0]?.sealed ?? null
}

export async function saveRecordRoot(
  transaction: Transaction,
  caseId: CaseId,
  sealed: Buffer,
): Promise<void> {
  await sql`insert into unwatched.record_root (clinic_id, case_id, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${sealed})
    on conflict (clinic_id, case_id) do update set sealed = excluded.sealed`.execute(transaction.tables())
}

/** The items of a case in the order in which they arrived. */
export async function loadArrivalOrder(transaction: Transaction, caseId: CaseId): Promise<readonly ItemId[]> {
  const found = await sql<Pick<Row<'item'>, 'item_id'>>`select r.item_id from unwatched.item r
    where ${here(transaction, caseId)} order by r.received_at, r.item_id`.execute(transaction.tables())
  return found.rows.map(row => row.item_id)
}

/** Whether nobody else writes the records of a case: then nobody else begins until this transaction ends. */
export async function tryToHoldRecords(transaction: Transaction, caseId: CaseId): Promise<boolean> {
  const key = `write-records ${transaction.actor.clinicId} ${caseId}`
  const found = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as held`.execute(transaction.tables())
  return found.rows[0]?.held ?? false
}
