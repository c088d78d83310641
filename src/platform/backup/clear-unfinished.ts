import type pg from 'pg'
import { connectOnce, endConnection, oneHour } from '../as-owner.ts'
import { Fault } from '../fault.ts'
import { quoted, saysWhatWasMade, schemas, sqlName } from './clinic-tables.ts'

/**
 * Refuses a database that holds a clinic, or anything else of ours; clears away empty tables, which a restore that was
 * cut off, or a program that never had a clinic, left behind. Answers whether there were any.
 */
export async function clearUnfinished(ownerUrl: string): Promise<boolean> {
  const client = await connectOnce(ownerUrl, { answerIn: oneHour })
  try {
    await client.query('begin')
    const tables = await client.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname = any($1)
         and schemaname || '.' || tablename <> all($2) order by tablename <> 'clinic', 1`,
      [schemas, saysWhatWasMade],
    )
    for (const { name } of tables.rows) {
      const found = await client.query(`select 1 from ${sqlName(name)} limit 1`)
      if (found.rowCount !== 0) throw await notEmpty(client, name)
    }
    for (const schema of schemas) await client.query(`drop schema if exists ${quoted(schema)} cascade`)
    await client.query('commit')
    return tables.rows.length > 0
  } finally {
    await endConnection(client)
  }
}

async function notEmpty(client: pg.Client, table: string): Promise<Fault> {
  if (table !== 'unwatched.clinic')
    return new Fault(
      'database-not-empty',
      `The database is not empty: ${table} holds rows. Nothing was restored.`,
    )
  const clinics = await client.query<{ name: string }>('select name from unwatched.clinic order by opened_at')
  const names = clinics.rows.map(clinic => `“${clinic.name}”`).join(', ')
  return new Fault(
    'database-not-empty',
    `The database holds a clinic already: ${names}. A backup is restored into an empty one alone. Nothing was changed.`,
  )
}
