import type pg from 'pg'

/** How many connections to the database of this one wait for a lock that another holds. */
export async function countHeld(client: Pick<pg.Client, 'query'>): Promise<number> {
  const held = await client.query<{ many: number }>(
    // Not pg_stat_activity: within a transaction that stays as it was first read.
    `select count(distinct pid)::int as many from pg_locks where not granted and pid in (
       select pid from pg_locks where database = (select oid from pg_database where datname = current_database()))`,
  )
  return held.rows[0]?.many ?? 0
}
