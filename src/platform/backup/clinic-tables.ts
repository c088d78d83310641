import type pg from 'pg'

/** The schemas that are ours: the clinic's own, and the queue's. */
export const schemas: readonly string[] = ['unwatched', 'graphile_worker']

/** A table, with the columns that a backup keeps. */
export type Table = { readonly name: string; readonly columns: readonly string[] }

/**
 * Of these a backup keeps nothing: they say what was done to this very database. The queue's library keeps one itself;
 * the other says which functions and policies the program gave it.
 */
const leftOut: readonly string[] = ['graphile_worker.migrations', 'unwatched.definition']

/** What an empty database holds rows in as well. */
export const saysWhatWasMade: readonly string[] = [...leftOut, 'unwatched.migration']

/**
 * Every table of ours, in the order of their names. Generated columns are made again. A column of transaction numbers
 * is left out and takes its default: numbers of another server could come up again here, and an access that was recorded
 * there would open a case for a transaction that recorded nothing (see `unwatched.opened_cases`).
 */
export async function listTables(client: pg.Client): Promise<readonly Table[]> {
  const found = await client.query<Table>(
    `select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname = any($1) and c.relkind = 'r' and n.nspname || '.' || c.relname <> all($2)
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype
     group by 1 order by 1`,
    [schemas, leftOut],
  )
  return found.rows
}

/** How a table is named in a statement. */
export function sqlName(name: string): string {
  return name.split('.').map(quoted).join('.')
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The tables and columns that name a blob. */
export async function listBlobColumns(client: pg.Client): Promise<readonly string[]> {
  const found = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname = any($1) and c.relkind = 'r' and a.attname = 'blob_id' and not a.attisdropped order by 1`,
    [schemas],
  )
  return found.rows.map(row => row.name)
}

/** Where a counter stands: the last number it gave, and whether it gave one at all. */
export type Counter = { readonly name: string; readonly last: string; readonly isUsed: boolean }

export async function readCounters(client: pg.Client): Promise<readonly Counter[]> {
  const found = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'S' order by 1`,
    [schemas],
  )
  const counters: Counter[] = []
  for (const { name } of found.rows) {
    const stands = await client.query<{ last: string; used: boolean }>(
      `select last_value::text as last, is_called as used from ${sqlName(name)}`,
    )
    const row = stands.rows[0]
    if (row) counters.push({ name, last: row.last, isUsed: row.used })
  }
  return counters
}
