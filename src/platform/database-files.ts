import { readdir, readFile } from 'node:fs/promises'
import { sha256 } from '../foundation/digest.ts'
import { Fault } from './fault.ts'

/** Where the SQL of this program lies: the tables, the functions, the changes, and what the changes begin from. */
export const databaseFiles = new URL('../../database/', import.meta.url)

/** A step from the first release to this one: the baseline (number 0), or a change. */
export type Step = {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly digest: string
}

/**
 * What is made again when its text differs from what the database was given: a function, or who may see and change the
 * tables of one room.
 */
export type Definition = { readonly name: string; readonly sql: string; readonly digest: string }

export type DatabaseFiles = {
  /** The tables as they stand, for a database that is made now; one text for each room. */
  readonly tables: readonly { readonly name: string; readonly sql: string }[]
  /** Functions first, because the rules of the tables ask them. */
  readonly definitions: readonly Definition[]
  readonly steps: readonly Step[]
}

export async function readDatabaseFiles(folder: URL = databaseFiles): Promise<DatabaseFiles> {
  const [rooms, functions, baseline, changes] = await Promise.all([
    readSql(new URL('tables/', folder), /^\d{2}-[a-z-]+\.sql$/),
    readSql(new URL('functions/', folder), /^[a-z_]+\.sql$/),
    readSql(folder, /^baseline\.sql$/),
    readSql(new URL('changes/', folder), /^\d{4}-[a-z0-9-]+\.sql$/),
  ])
  const parted = rooms.map(room => ({ name: `tables/${room.name}`, ...partTables(room.name, room.sql) }))
  const definition = (name: string, sql: string): Definition => ({ name, sql, digest: sha256(sql) })
  return {
    tables: parted.map(room => ({ name: room.name, sql: room.tables })),
    definitions: [
      ...functions.map(each => definition(`functions/${each.name}`, each.sql)),
      ...parted.map(room => definition(room.name, room.rules)),
    ],
    steps: [...baseline, ...changes].map(({ name, sql }, number) => {
      if (number > 0 && Number(name.slice(0, 4)) !== number)
        throw new Fault('migration-numbers', `change ${name} is out of sequence`)
      return { number, name, sql, digest: sha256(sql) }
    }),
  }
}

async function readSql(
  folder: URL,
  pattern: RegExp,
): Promise<readonly { readonly name: string; readonly sql: string }[]> {
  const names = (await readdir(folder)).filter(name => pattern.test(name)).sort()
  return Promise.all(names.map(async name => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })))
}

const ofTables = /^(create table|create (unique )?index|alter table) /
const ofRules =
  /^(create policy|create (constraint )?trigger|grant|revoke) |^alter table [a-z_.]+ enable row level security;$/

/** The two halves of a room's file: its tables, made once, and the rules over them, made again whenever they differ. */
function partTables(name: string, sql: string): { readonly tables: string; readonly rules: string } {
  const tables: string[] = []
  const rules: string[] = []
  for (const statement of splitStatements(sql)) {
    if (ofRules.test(statement)) rules.push(statement)
    else if (ofTables.test(statement)) tables.push(statement)
    else
      throw new Fault(
        'database-files',
        `${name}: a file of tables holds tables, indexes, policies, grants and triggers, and not this: ${statement.slice(0, 60)}`,
      )
  }
  return { tables: tables.join('\n'), rules: rules.join('\n') }
}

/** The statements of a text without the bodies of functions; comments are left out. */
export function splitStatements(sql: string): readonly string[] {
  const pieces = sql.match(/--[^\n]*|'(?:[^']|'')*'|;|[^-';]+|-/g) ?? []
  const statements: string[] = []
  let current = ''
  for (const piece of pieces) {
    if (piece === ';') {
      statements.push(`${current.trim()};`)
      current = ''
    } else if (!piece.startsWith('--')) current += piece
  }
  if (current.trim() !== '')
    throw new Fault('database-files', `a statement has no end: ${current.trim().slice(0, 60)}`)
  return statements.map(statement => statement.replace(/\n\s*\n/g, '\n'))
}
