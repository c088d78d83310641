import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaseId } from '../../src/foundation/ids.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'

/** One row of a dump: its table, the case and the item it is of where it says so, and each value in it by its path. */
export type StolenRow = {
  readonly table: string
  readonly caseId: CaseId | null
  readonly itemId: string | null
  readonly values: readonly StolenValue[]
  /** The whole row as a text, and again as the bytes of each binary column. */
  readonly text: string
}

export type StolenValue = { readonly path: string; readonly value: string | number | boolean }

export type StolenBlob = { readonly name: string; readonly size: number }

/** What a thief of the disk holds without the key: every row of every table, and the folder of files. */
export type Stolen = { readonly rows: readonly StolenRow[]; readonly blobs: readonly StolenBlob[] }

export async function steal(world: TestClinic): Promise<Stolen> {
  const rows = await asOwner(world.ownerUrl, async client => {
    const tables = await client.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables
       where schemaname in ('unwatched', 'graphile_worker')`,
    )
    const stolen: StolenRow[] = []
    for (const { schema, name } of tables.rows) {
      const { rows: found } = await client.query<{ row: Readonly<Record<string, unknown>> }>(
        `select to_jsonb(t) as row from ${schema}.${name} t`,
      )
      for (const { row } of found) stolen.push(toRow(`${schema}.${name}`, row))
    }
    return stolen
  })
  const entries = await readdir(world.clinic.blobFolder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  const blobs = await Promise.all(
    files.map(async file => ({
      name: file.name,
      size: (await lstat(join(file.parentPath, file.name))).size,
    })),
  )
  return { rows, blobs }
}

function toRow(table: string, row: Readonly<Record<string, unknown>>): StolenRow {
  const payload = row['payload'] as { readonly caseId?: CaseId; readonly itemId?: string } | undefined
  return {
    table,
    caseId: (row['case_id'] as CaseId | null | undefined) ?? payload?.caseId ?? null,
    itemId: (row['item_id'] as string | null | undefined) ?? payload?.itemId ?? null,
    values: Object.entries(row).flatMap(([column, value]) => leavesOf(`${table}.${column}`, value)),
    text: [JSON.stringify(row), ...Object.values(row).flatMap(bytesAsText)].join('\n'),
  }
}

/** What a binary column holds, a letter for each byte; as JSON it is only its bytes in hexadecimal. */
function bytesAsText(value: unknown): readonly string[] {
  if (typeof value !== 'string' || !value.startsWith('\\x')) return []
  return [Buffer.from(value.slice(2), 'hex').toString('latin1')]
}

function leavesOf(path: string, value: unknown): readonly StolenValue[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [{ path, value }]
  if (Array.isArray(value)) return value.flatMap(each => leavesOf(`${path}[]`, each))
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, member]) => leavesOf(`${path}.${name}`, member))
}
