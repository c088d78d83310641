import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { connectOnce, endConnection } from '../../src/platform/as-owner.ts'
import { projectFolder } from '../source-files.ts'

/** What each id in a column is the id of, by the column's name; where that says it not, by table and column. */
const idTypes: Readonly<Record<string, string>> = {
  clinic_id: 'ClinicId',
  agency_id: 'AgencyId',
  for_agency: 'AgencyId',
  person_id: 'PersonId',
  by_person: 'PersonId',
  case_id: 'CaseId',
  companion_id: 'CaseId',
  item_id: 'ItemId',
  same_as_item: 'ItemId',
  arrival_id: 'ArrivalId',
  suspect_id: 'SuspectId',
  identity_id: 'IdentityId',
  incident_id: 'IncidentId',
  consent_id: 'ConsentId',
  bundle_id: 'BundleId',
  message_id: 'MessageId',
  task_id: 'TaskId',
  appointment_id: 'AppointmentId',
  hours_id: 'HoursId',
  absence_id: 'AbsenceId',
  order_id: 'OrderId',
  entry_id: 'DiaryEntryId',
  corrects: 'DiaryEntryId',
  use_id: 'PhraseUseId',
  access_id: 'PhraseAccessId',
  session_id: 'SessionId',
  clearing_id: 'ClearingId',
  'device_check.check_id': 'DeviceCheckId',
  'exception_request.request_id': 'ExceptionId',
  'link_request.request_id': 'LinkRequestId',
  'invitation.request_id': 'LinkRequestId',
}

/** As they arrive: `platform/database.ts` says how each is read. */
const plainTypes: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  'text[]': 'readonly string[]',
  boolean: 'boolean',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  'bigint[]': 'readonly string[]',
  bytea: 'Buffer',
  date: 'string',
  'timestamp without time zone': 'string',
  'timestamp with time zone': 'Date',
  jsonb: 'Json',
  xid8: 'string',
}

type Column = {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly is_nullable: boolean
  readonly has_default: boolean
  readonly is_made: boolean
  /** The one check over this column alone, as the server writes it. */
  readonly check: string | null
}

/** The row types of every table, as TypeScript. */
export async function drawSchema(ownerUrl: string): Promise<string> {
  const columns = await readColumns(ownerUrl)
  const tables = new Map<string, Column[]>()
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column])
  const used = new Set(columns.flatMap(column => idTypeOf(column) ?? []))
  const text = [
    '// Written by `npm run schema` from the database that `database/` makes. Change it there.',
    "import type { ColumnType, Generated, GeneratedAlways, Selectable } from 'kysely'",
    `import type { ${[...used].sort().join(', ')} } from '../foundation/ids.ts'`,
    '',
    '/** Written as text, read as whatever it holds. */',
    'type Json = ColumnType<unknown, string, string>',
    'type GeneratedJson = ColumnType<unknown, string | undefined, string>',
    '',
    '/** A row as it is read. */',
    'export type Row<Name extends keyof Tables> = Selectable<Tables[Name]>',
    '',
    '/** Every table of the database, with the columns a row has. */',
    'export type Tables = {',
    ...[...tables].flatMap(([table, its]) => [
      `  ${table}: {`,
      ...its.map(column => `    ${column.name}: ${typeOf(column)}`),
      '  }',
    ]),
    '}',
  ].join('\n')
  return formatted(text)
}

function typeOf(column: Column): string {
  const plain = idTypeOf(column) ?? choicesOf(column) ?? plainTypes[column.type]
  if (plain === undefined) throw new Error(`no type for ${column.table}.${column.name}: ${column.type}`)
  const type = column.is_nullable ? `${plain} | null` : plain
  if (column.is_made) return `GeneratedAlways<${type}>`
  if (type === 'Json' && column.has_default) return 'GeneratedJson'
  return column.has_default ? `Generated<${type}>` : type
}

function idTypeOf({ table, name, type }: Column): string | null {
  if (type !== 'uuid') return null
  return idTypes[`${table}.${name}`] ?? idTypes[name] ?? (name.endsWith('_by') ? 'PersonId' : null)
}

/** The words a column may hold, where a check names them all. */
function choicesOf({ type, check }: Column): string | null {
  const listed = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(check ?? '')?.[1]
  const one = /^CHECK \(\(\w+ = ('[^']*')::text\)\)$/.exec(check ?? '')?.[1]
  const words = (listed ?? one)?.replaceAll('::text', '').split(', ')
  return type === 'text' && words ? words.join(' | ') : null
}

async function readColumns(ownerUrl: string): Promise<readonly Column[]> {
  const client = await connectOnce(ownerUrl)
  try {
    const found = await client.query<Column>(`
      select c.relname::text as table, a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
             not a.attnotnull as is_nullable, a.atthasdef as has_default,
             a.attgenerated <> '' or a.attidentity = 'a' as is_made,
             (select pg_get_constraintdef(k.oid) from pg_constraint k
              where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
              order by k.conname limit 1) as check
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'unwatched'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and c.relname not in ('migration', 'definition')
      order by c.relname collate "C", a.attnum`)
    return found.rows
  } finally {
    await endConnection(client)
  }
}

/** As the formatter of this project writes it. */
function formatted(text: string): string {
  const done = spawnSync(
    process.execPath,
    [join(projectFolder, 'node_modules/@biomejs/biome/bin/biome'), 'format', '--stdin-file-path=schema.ts'],
    { input: text, encoding: 'utf8', cwd: projectFolder },
  )
  if (done.status !== 0) throw new Error(`the formatter: ${done.stderr}`)
  return done.stdout
}
