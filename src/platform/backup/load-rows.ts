import type pg from 'pg'
import { connectOnce } from '../as-owner.ts'
import { Fault } from '../fault.ts'
import type { StopCode } from '../job.ts'
import { type Counter, quoted, schemas, sqlName, type Table } from './clinic-tables.ts'
import { copyIn } from './copy-rows.ts'

/** Takes the rows of a backup into an empty, migrated database: all of them, or none. */
export type RowLoader = {
  readonly table: (table: Table, rows: AsyncIterable<Buffer>) => Promise<number>
  readonly counters: (counters: readonly Counter[]) => Promise<void>
  /**
   * Puts the bonds between the tables back, which checks every one, and keeps it all. Jobs other than those named are
   * parked for a person first; answers how many.
   */
  readonly keep: (goesOn: readonly string[]) => Promise<number>
  /** Lets go. What was not kept was never there. */
  readonly close: () => Promise<void>
}

/** One at a time. An arbitrary number, the same for ever. */
const restoreLock = 7_218_404

/**
 * One transaction over everything. Bonds between tables are taken off and put back, as any order of the tables must
 * do; triggers rest, since they guard what people do. Only the owner of the tables can.
 */
export async function openRowLoader(ownerUrl: string): Promise<RowLoader> {
  const client = await connectOnce(ownerUrl, { answerIn: 'unbounded', name: 'unwatched restore' })
  try {
    await client.query(`set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0;
      set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'`)
    const alone = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
      restoreLock,
    ])
    if (!alone.rows[0]?.alone)
      throw new Fault('restore-running', 'Another restore is at work on this database. Wait for it to end.')
    await client.query('begin')
    await client.query('lock table unwatched.clinic in access exclusive mode')
    const clinics = await client.query('select 1 from unwatched.clinic')
    if (clinics.rowCount !== 0)
      throw new Fault('database-not-empty', 'Somebody made a clinic here meanwhile. Nothing was restored.')
    const bonds = await takeOffBonds(client)
    const triggers = await restTriggers(client)
    await client.query('delete from unwatched.migration') // its rows come with the others
    return {
      table: (table, rows) =>
        copyIn(
          client,
          `copy ${sqlName(table.name)} (${table.columns.map(quoted).join(', ')}) from stdin`,
          rows,
        ),
      counters: async counters => {
        for (const { name, last, isUsed } of counters)
          await client.query('select setval($1::regclass, $2::bigint, $3)', [sqlName(name), last, isUsed])
      },
      keep: async goesOn => {
        const parked = await parkJobs(client, goesOn)
        for (const statement of [...bonds, ...triggers]) await client.query(statement)
        await client.query('commit')
        await client.query('analyze')
        return parked
      },
      close: () => client.end(),
    }
  } catch (cause) {
    await client.end().catch(() => {})
    throw cause
  }
}

/** A job may have been done after the backup, or what it rests on may have changed: a person decides (S1). */
async function parkJobs(client: pg.Client, goesOn: readonly string[]): Promise<number> {
  const held: StopCode = 'held-after-restore'
  const parked = await client.query(
    `update graphile_worker._private_jobs j
     set attempts = j.max_attempts, locked_at = null, locked_by = null, last_error = $2
     from graphile_worker._private_tasks t where t.id = j.task_id and split_part(t.identifier, '/', 1) <> all($1)`,
    [goesOn, held],
  )
  return parked.rowCount ?? 0
}

/** Answers the statements that put them back. */
async function takeOffBonds(client: pg.Client): Promise<readonly string[]> {
  const found = await client.query<{ table: string; name: string; definition: string }>(
    `select n.nspname || '.' || c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and n.nspname = any($1) order by 1, 2`,
    [schemas],
  )
  for (const bond of found.rows)
    await client.query(`alter table ${sqlName(bond.table)} drop constraint ${quoted(bond.name)}`)
  return found.rows.map(
    bond => `alter table ${sqlName(bond.table)} add constraint ${quoted(bond.name)} ${bond.definition}`,
  )
}

/** Answers the statements that wake them again. */
async function restTriggers(client: pg.Client): Promise<readonly string[]> {
  const found = await client.query<{ table: string; name: string }>(
    `select n.nspname || '.' || c.relname as table, t.tgname as name
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgenabled = 'O' and n.nspname = any($1) order by 1, 2`,
    [schemas],
  )
  const change = (word: string): readonly string[] =>
    found.rows.map(each => `alter table ${sqlName(each.table)} ${word} trigger ${quoted(each.name)}`)
  for (const statement of change('disable')) await client.query(statement)
  return change('enable')
}
