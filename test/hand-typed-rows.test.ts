import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder, readSourceFiles } from './source-files.ts'

/** The columns of every table, from the types that the database wrote. */
const columns = new Map(
  [
    ...readFileSync(join(projectFolder, 'src/platform/schema.ts'), 'utf8').matchAll(
      /^ {2}(\w+): \{\n([\s\S]*?)^ {2}\}/gm,
    ),
  ].map(([, table = '', body = '']) => [
    table,
    new Set([...body.matchAll(/^ {4}(\w+): /gm)].map(([, column = '']) => column)),
  ]),
)

/** A statement whose row is typed beside it, by hand in whole or in part: `sql<{ at: Date }>` and the SQL after it. */
const statement = /sql<\s*(?:[^`]*?&\s*)?\{([^}`]*)\}\s*>\s*`([^`]*)`/g
/** A table that is read, and the letter it is called by. What is joined from the left can be null, so it is no such. */
const read = /(left join |join |from |into |update )unwatched\.(\w+)(?![\w(])(?: ([a-z])\b)?/g
const lists = /(?:select|returning)(?: distinct on \([^)]*\))?\s+([\s\S]*?)(?:\bfrom\b|$)/g

/** Fields of rows that somebody typed, though the table they come from says what they are. */
function findTyped(text: string): readonly string[] {
  return [...text.matchAll(statement)].flatMap(([, row = '', query = '']) => {
    const tables = [...query.matchAll(read)].filter(([, how]) => how !== 'left join ')
    const selected = [...query.matchAll(lists)].flatMap(([, list = '']) =>
      list.split(',').map(each => each.trim()),
    )
    return [...row.matchAll(/(\w+): /g)].flatMap(([, field = '']) =>
      tables
        .filter(
          ([, , table = '', letter]) =>
            columns.get(table)?.has(field) && selected.includes(letter ? `${letter}.${field}` : field),
        )
        .map(([, , table]) => `${table}.${field}`),
    )
  })
}

/** What only the statement knows. */
const known = new Set([
  // It asks for the acts of one case, so each has one.
  'audit/store.ts: act.case_id',
])

test('what a store reads of a table has the type that the table says, not one that somebody typed', () => {
  const found = readSourceFiles().flatMap(file => findTyped(file.text).map(field => `${file.path}: ${field}`))
  expect(found.filter(each => !known.has(each))).toEqual([])
  expect(columns.size).toBeGreaterThan(60)
})

test('a row typed by hand is seen, in whole or in part, and not where a join can make it null', () => {
  const at = '$' + '{caseId}'
  expect(
    findTyped('sql<{ revision: number; at: Date }>`select m.revision, m.at from unwatched.access_map m`'),
  ).toEqual(['access_map.revision', 'access_map.at'])
  const half = "sql<Pick<Row<'order_revision'>, 'at'> & { name: string }>`"
  const joined = 'select o.at, p.name from unwatched.order_revision o'
  expect(findTyped(`${half}${joined} join unwatched.person p on true where o.case_id = ${at}\``)).toEqual([
    'person.name',
  ])
  expect(findTyped(`${half}${joined} left join unwatched.person p on true\``)).toEqual([])
  expect(findTyped('sql<{ n: number }>`select count(*)::int as n from unwatched.act a`')).toEqual([])
})
