import { sql } from 'kysely'
import { blockBytes } from '../foundation/blocks/block.ts'
import type { BlockPlace } from '../foundation/blocks/leaf-reader.ts'
import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import type { FileNames } from './name-entries.ts'
import { open } from './sealed-front-store.ts'

const here = (transaction: Transaction) => sql`r.clinic_id = ${transaction.actor.clinicId}`

/** A file whose names are not in the blocks as they are now, with its names as they are now: both empty where it has none. */
export type NameChange = FileNames & {
  readonly changeId: string
  /** Whether it has names that others are compared with. */
  readonly isNamed: boolean
  /** Older names of it are in the blocks. */
  readonly wasKept: boolean
}

/** So many of the files whose names changed. */
export async function loadNameChanges(
  transaction: Transaction,
  atMost: number,
): Promise<readonly NameChange[]> {
  type Found = {
    readonly case_id: CaseId
    readonly change_id: string
    readonly was_kept: boolean
    readonly is_named: boolean
    readonly client_name: string | null
    readonly suspect_name: string | null
  }
  const { rows } =
    await sql<Found>`select r.case_id, r.change_id, r.was_kept, f.case_id is not null as is_named,
      f.client_name, f.suspect_name
    from unwatched.name_change r
    left join unwatched.referral f on f.clinic_id = r.clinic_id and f.case_id = r.case_id and unwatched.has_names(f)
    where ${here(transaction)} order by r.case_id limit ${atMost}`.execute(transaction.tables())
  return rows.map(row => ({
    caseId: row.case_id,
    changeId: row.change_id,
    isNamed: row.is_named,
    wasKept: row.was_kept,
    client: open(transaction, row.case_id, 'client-name', row.client_name ?? ''),
    suspect: open(transaction, row.case_id, 'suspect-name', row.suspect_name ?? ''),
  }))
}

/**
 * Takes these changes for done; what was changed again meanwhile stays, and says whether its older names are in the blocks
 * now.
 */
export async function endNameChanges(
  transaction: Transaction,
  changes: readonly (Pick<NameChange, 'caseId' | 'changeId'> & { readonly isKept: boolean })[],
): Promise<void> {
  const cases = changes.map(each => each.caseId)
  await sql`delete from unwatched.name_change r using unnest(${cases}::uuid[], ${changes.map(each => each.changeId)}::uuid[])
      as done (case_id, change_id)
    where ${here(transaction)} and r.case_id = done.case_id and r.change_id = done.change_id`.execute(
    transaction.tables(),
  )
  await sql`update unwatched.name_change r set was_kept = done.is_kept
    from unnest(${cases}::uuid[], ${changes.map(each => each.isKept)}::boolean[]) as done (case_id, is_kept)
    where ${here(transaction)} and r.case_id = done.case_id`.execute(transaction.tables())
}

/** Of how many files the blocks hold names, by what the referrals and the changes say. */
export async function countKeptFiles(transaction: Transaction): Promise<number> {
  const { rows } = await sql<{ files: number }>`select
    (select count(*) from unwatched.referral r where ${here(transaction)} and unwatched.has_names(r))
    + (select count(*) filter (where r.was_kept and f.case_id is null) - count(*) filter (where not r.was_kept and f.case_id is not null)
       from unwatched.name_change r
       left join unwatched.referral f on f.clinic_id = r.clinic_id and f.case_id = r.case_id and unwatched.has_names(f)
       where ${here(transaction)}) as files`.execute(transaction.tables())
  return Number(rows[0]?.files ?? 0)
}

/** Forgets everything that was kept: every file is to be taken in again, under this root. */
export async function forgetNames(transaction: Transaction, root: Buffer): Promise<void> {
  const tables = transaction.tables()
  await saveNameRoot(transaction, root)
  await sql`delete from unwatched.name_block r where ${here(transaction)}`.execute(tables)
  await sql`delete from unwatched.name_change r where ${here(transaction)}`.execute(tables)
  await sql`insert into unwatched.name_change (clinic_id, case_id, was_kept)
    select r.clinic_id, r.case_id, false from unwatched.referral r where ${here(transaction)} and unwatched.has_names(r)
    on conflict do nothing`.execute(tables)
}

export async function loadNameRoot(transaction: Transaction): Promise<Buffer | null> {
  const { rows } = await sql<
    Pick<Row<'name_root'>, 'sealed'>
  >`select r.sealed from unwatched.name_root r where ${here(transaction)}`.execute(transaction.tables())
  return rows[0]?.sealed ?? null
}

export async function saveNameRoot(transaction: Transaction, sealed: Buffer): Promise<void> {
  await sql`insert into unwatched.name_root (clinic_id, sealed) values (${transaction.actor.clinicId}, ${sealed})
    on conflict (clinic_id) do update set sealed = excluded.sealed`.execute(transaction.tables())
}

/** Blocks as they lie sealed, by generation and number ("<generation> 12"), for the work that writes them. */
export async function loadOwnNameBlocks(
  transaction: Transaction,
  wanted: readonly BlockPlace[],
): Promise<ReadonlyMap<string, Buffer>> {
  const { rows } = await sql<Pick<Row<'name_block'>, 'generation' | 'number' | 'body'>>`
    select b.generation, b.number, b.body
    from unnest(${wanted.map(each => each.generation)}::uuid[], ${wanted.map(each => each.number)}::integer[])
      as w (generation, number)
    cross join lateral (select r.* from unwatched.name_block r
      where ${here(transaction)} and r.generation = w.generation and r.number = w.number offset 0) b`.execute(
    transaction.tables(),
  )
  return new Map(rows.map(row => [`${row.generation} ${row.number}`, row.body]))
}

/** Adds sealed blocks, one behind the other from this number on, in one statement. */
export async function addNameBlocks(
  transaction: Transaction,
  generation: string,
  from: number,
  bodies: readonly Buffer[],
): Promise<void> {
  // As one value, which travels as bytes: a list of them would travel as text, twice as long.
  await sql`insert into unwatched.name_block (clinic_id, generation, number, body)
    select ${transaction.actor.clinicId}::uuid, ${generation}::uuid, ${from}::integer + n,
      substring(${Buffer.concat(bodies)}::bytea from 1 + n * ${blockBytes}::integer for ${blockBytes}::integer)
    from generate_series(0, ${bodies.length}::integer - 1) n`.execute(transaction.tables())
}

/** Takes away every generation of names but these. */
export async function keepNameGenerations(transaction: Transaction, kept: readonly string[]): Promise<void> {
  // Each generation by one step in the index, however many blocks it has: mostly there is none to take away.
  const { rows } = await sql<Pick<Row<'name_block'>, 'generation'>>`
    with recursive g (generation) as (
      (select r.generation from unwatched.name_block r where ${here(transaction)} order by r.generation limit 1)
      union all
      select (select r.generation from unwatched.name_block r where ${here(transaction)} and r.generation > g.generation
              order by r.generation limit 1)
      from g where g.generation is not null)
    select g.generation from g where g.generation <> all (${[...kept]}::uuid[])`.execute(transaction.tables())
  if (rows.length === 0) return
  await sql`delete from unwatched.name_block r
    where ${here(transaction)} and r.generation = any (${rows.map(row => row.generation)}::uuid[])`.execute(
    transaction.tables(),
  )
}

/** Reads a generation through, as its writer: the marks that the server sets at a first reading tell nobody what was looked for. */
export async function readNamesThrough(transaction: Transaction, generation: string): Promise<void> {
  await sql`select sum(length(r.body)) from unwatched.name_block r
    where ${here(transaction)} and r.generation = ${generation}`.execute(transaction.tables())
}

/** Whether nobody else takes in names: then nobody else begins until this transaction ends. */
export async function tryToHoldNames(transaction: Transaction): Promise<boolean> {
  const key = `keep-names ${transaction.actor.clinicId}`
  const found = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as held`.execute(transaction.tables())
  return found.rows[0]?.held ?? false
}
