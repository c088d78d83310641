import { afterAll, beforeAll, expect, test } from 'vitest'
import { asList, readText } from './documents.ts'
import { aClinic, type Robbed } from './support/robbed-clinic.ts'
import { asOwner } from './support/test-clinic.ts'

/** What `docs/what-lies-open.md` says of each column, held to the database as it is and to what a clinic keeps in it. */
let robbed: Robbed
beforeAll(async () => {
  robbed = await aClinic(31)
}, 120_000)
afterAll(() => robbed.close())

type Row = {
  readonly table: string
  readonly open: readonly string[]
  readonly sealed: readonly string[]
  readonly digest: readonly string[]
}

const rows: readonly Row[] = readText('docs/what-lies-open.md')
  .split('\n')
  .filter(line => /^\| `\w+` \|/.test(line))
  .map(line => {
    const [table = '', ...cells] = line.split('|').slice(1, 5)
    const [open = [], sealed = [], digest = []] = cells.map(cell =>
      [...cell.matchAll(/`(\w+)`/g)].map(match => match[1] ?? ''),
    )
    return { table: table.trim().replaceAll('`', ''), open, sealed, digest }
  })

type Column = { readonly table: string; readonly column: string; readonly type: string }
const loadColumns = (): Promise<readonly Column[]> =>
  asOwner(robbed.ownerUrl, async client => {
    const found = await client.query<Column>(
      `select c.table_name as table, c.column_name as column, c.data_type as type
       from information_schema.columns c join pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name
       where c.table_schema = 'unwatched' and c.column_name <> 'clinic_id' order by 1, c.ordinal_position`,
    )
    return found.rows
  })

test('S8 every column of the database stands once in the page of what lies open, as open, sealed or a digest', async () => {
  const columns = await loadColumns()
  expect(columns.length).toBeGreaterThan(400)
  const kept = new Map<string, string[]>()
  for (const { table, column } of columns) kept.set(table, [...(kept.get(table) ?? []), column])
  const said = new Map(rows.map(row => [row.table, [...row.open, ...row.sealed, ...row.digest]]))
  expect(said.size).toBe(rows.length)
  expect(
    asList(
      [...new Set([...kept.keys(), ...said.keys()])].sort().flatMap(table => {
        const [here, there] = [kept.get(table) ?? [], said.get(table) ?? []]
        return [
          ...here
            .filter(column => !there.includes(column))
            .map(column => `${table}.${column} is not in the page`),
          ...there
            .filter(column => !here.includes(column))
            .map(column => `${table}.${column} is not in the database`),
          ...there
            .filter((column, index) => there.indexOf(column) !== index)
            .map(column => `${table}.${column} stands twice`),
        ]
      }),
    ),
  ).toBe('')
})

test('S8 no binary column is called open but the filler of the write check', async () => {
  const binary = (await loadColumns()).filter(({ type }) => type === 'bytea')
  const open = binary.filter(({ table, column }) =>
    rows.find(row => row.table === table)?.open.includes(column),
  )
  expect(open.map(({ table, column }) => `${table}.${column}`)).toEqual(['write_check.filler'])
})

test('S8 what the page calls sealed is sealed in every row of a clinic that was worked in', async () => {
  const columns = await loadColumns()
  const sealed = columns.filter(
    ({ table, column, type }) =>
      type !== 'bytea' && rows.find(row => row.table === table)?.sealed.includes(column),
  )
  expect(sealed.length).toBeGreaterThan(10)
  let looked = 0
  const open: string[] = []
  await asOwner(robbed.ownerUrl, async client => {
    for (const { table, column } of sealed) {
      const { rows: found } = await client.query<{ kept: string }>(
        `select ${column}::text as kept from unwatched.${table} where coalesce(${column}::text, '') <> ''`,
      )
      looked += found.length
      if (found.some(({ kept }) => !/^"?sealed:[\w+/=]+"?$/.test(kept))) open.push(`${table}.${column}`)
    }
  })
  expect(looked).toBeGreaterThan(30)
  expect(open).toEqual([])
})

test('S8 SECURITY names every table that tells when something happened in a life, as the page lists them', () => {
  const told = readText('SECURITY.md')
  const times: readonly (readonly [table: string, column: string])[] = [
    ['incident_revision', 'starts_at'],
    ['order_revision', 'served_at'],
    ['diary_entry', 'written_at'],
    ['referral', 'received_at'],
    ['act', 'at'],
  ]
  for (const [table, column] of times) {
    expect(rows.find(row => row.table === table)?.open, table).toContain(column)
    expect(told, table).toContain(`\`${table}.${column}\``)
  }
})
