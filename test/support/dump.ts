import { asOwner } from './test-clinic.ts'

/** A row of a stolen dump, in the order in which it lies there, with the values by which it could be joined to others. */
export type DumpedRow = {
  readonly table: string
  readonly data: Readonly<Record<string, unknown>>
  readonly text: string
  readonly caseId: string | null
  readonly values: ReadonlySet<string>
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** A long number as a whole word: digits amid letters are part of an id or a seal, and are alike in two of them by accident. */
const longNumber = /(?<![\dA-Za-z+/=])\d{7,}(?![\dA-Za-z+/=])/g

/** Everything that lies in the database of a clinic, as somebody reads it who has no key. */
export async function dumpClinic(ownerUrl: string): Promise<readonly DumpedRow[]> {
  return asOwner(ownerUrl, async client => {
    await client.query(
      'set enable_indexscan = off; set enable_indexonlyscan = off; set enable_bitmapscan = off',
    )
    await client.query("set time zone 'UTC'; set max_parallel_workers_per_gather = 0")
    const tables = await client.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables
       where schemaname in ('unwatched', 'graphile_worker') order by 1, 2`,
    )
    const dumped: DumpedRow[] = []
    for (const { schema, name } of tables.rows) {
      const { rows } = await client.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from "${schema}"."${name}" t`,
      )
      for (const { row } of rows) dumped.push(readRow(name, row))
    }
    return dumped
  })
}

function readRow(table: string, data: Readonly<Record<string, unknown>>): DumpedRow {
  const text = JSON.stringify(data)
  const payload = data['payload'] as { caseId?: string } | undefined
  const caseId = data['case_id'] ?? payload?.caseId ?? null
  return {
    table,
    data,
    text,
    caseId: caseId === null ? null : String(caseId),
    values: new Set(findValues(data)),
  }
}

/** Ids, long numbers, times and texts that are long enough to stand for one thing. */
function findValues(value: unknown): readonly string[] {
  if (value === null || typeof value === 'boolean') return []
  if (typeof value === 'number') return Math.abs(value) >= 1_000_000 ? [String(value)] : []
  if (typeof value === 'string')
    return [
      ...(value.length >= 8 ? [value] : []),
      ...(value.match(uuid) ?? []),
      ...(value.replace(uuid, ' ').match(longNumber) ?? []),
    ]
  return Object.values(value as object).flatMap(findValues)
}
