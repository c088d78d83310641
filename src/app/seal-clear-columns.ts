import type pg from 'pg'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import type { ClinicKey } from '../platform/keys.ts'
import { isSealedName, sealName } from '../platform/seal-name.ts'

type Column = { readonly name: string; readonly field: string; readonly isJson?: true }

/** The short texts that lie sealed beside what is in the open, by table. */
const sealedColumns: Readonly<Record<string, readonly Column[]>> = {
  bar: [
    { name: 'reason', field: 'bar-reason' },
    { name: 'lift_reason', field: 'lift-reason' },
  ],
  consent: [
    { name: 'reason', field: 'sharing-reason' },
    { name: 'words', field: 'consent-words' },
  ],
  exception_request: [
    { name: 'reason', field: 'sharing-reason' },
    { name: 'grounds', field: 'sharing-grounds' },
    { name: 'not_told_because', field: 'not-told-because' },
    { name: 'note', field: 'sharing-note' },
  ],
  bundle: [
    { name: 'decision_note', field: 'bundle-note' },
    { name: 'choices', field: 'bundle-choices', isJson: true },
  ],
}

const isClear = ({ name, isJson }: Column): string =>
  isJson
    ? `(jsonb_typeof(${name}) <> 'string' and ${name} not in ('{}', '[]'))`
    : `(${name} <> '' and ${name} not like 'sealed:%')`

/** The tables in which an earlier version left a short text in the open, among the rows that `mine` chooses. */
export async function findClearTables(client: pg.Client, mine: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const [table, columns] of Object.entries(sealedColumns)) {
    const clear = columns.map(isClear).join(' or ')
    const { rows } = await client.query(`select from unwatched.${table} where (${clear}) and ${mine} limit 1`)
    if (rows.length > 0) found.push(table)
  }
  return found
}

/**
 * Seals the short texts of one table, in the transaction of the owner that is open, and writes the table anew, so that
 * no page of it keeps what stood there. What was written stays as it was written; only how it is kept changes.
 */
export async function sealColumns(
  client: pg.Client,
  key: ClinicKey,
  table: string,
  mine: string,
): Promise<void> {
  const columns = sealedColumns[table] ?? []
  await client.query(`lock table unwatched.${table}`)
  await client.query(`alter table unwatched.${table} disable trigger user`)
  type Row = { ctid: string; clinic_id: ClinicId; case_id: CaseId } & Readonly<Record<string, unknown>>
  const names = columns.map(({ name }) => name).join(', ')
  const { rows } = await client.query<Row>(
    `select ctid, clinic_id, case_id, ${names} from unwatched.${table} where (${columns.map(isClear).join(' or ')}) and ${mine}`,
  )
  for (const row of rows) {
    const place = { clinicId: row.clinic_id, caseId: row.case_id }
    const sealed = columns.map(({ name, field, isJson }) => {
      const kept = row[name]
      if (kept === null || (typeof kept === 'string' && (isJson || isSealedName(kept))))
        return isJson ? JSON.stringify(kept) : kept
      const text = sealName(key, { ...place, field }, isJson ? JSON.stringify(kept) : String(kept))
      return isJson ? JSON.stringify(text) : text
    })
    const changes = columns.map(({ name, isJson }, at) => `${name} = $${at + 2}${isJson ? '::jsonb' : ''}`)
    await client.query(`update unwatched.${table} set ${changes.join(', ')} where ctid = $1`, [
      row.ctid,
      ...sealed,
    ])
  }
  await client.query(`alter table unwatched.${table} enable trigger user`)
  const [first] = columns
  if (!first) return
  const [type, anew] = first.isJson ? ['jsonb', "#> '{}'"] : ['text', "|| ''"]
  await client.query(
    `alter table unwatched.${table} alter column ${first.name} type ${type} using ${first.name} ${anew}`,
  )
}
