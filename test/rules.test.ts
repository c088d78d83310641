import { expect, test } from 'vitest'
import { asList, listProject, readText } from './documents.ts'

/**
 * RULES.md says where each rule is. A row counts only where its file *defines* the name: to mention it is not enough, nor
 * is an SQL file whose definition a later one has replaced.
 */
type Row = {
  readonly text: string
  readonly path: string
  readonly name: string
  /** Files that define another thing of the same name, said so in the row. */
  readonly others: readonly string[]
}

const project = [...listProject()]
const texts = new Map<string, string>()
const textOf = (path: string): string => {
  const known = texts.get(path) ?? readText(path)
  texts.set(path, known)
  return known
}

const tableRows = readText('RULES.md')
  .split('\n')
  .filter(line => line.startsWith('|'))
const rows: readonly Row[] = tableRows.slice(2).flatMap(text => {
  const match = /^\| .+? \| `([^`]+)` → `([^`]+)`(?:, not that of (`[^|]+`))? \|$/.exec(text)
  if (!match) return []
  const [, path = '', name = '', others = ''] = match
  const isSource = !/^database\//.test(path)
  return [
    {
      text,
      path: isSource ? `src/${path}` : path,
      name: name.replace(/^unwatched\./, ''),
      others: [...others.matchAll(/`([^`]+)`/g)].map(other => `src/${other[1]}`),
    },
  ]
})
const isSql = ({ path }: Row): boolean => path.endsWith('.sql')
const inPlace = rows.filter(({ path }) => project.includes(path))

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const kinds = '(?:abstract )?(?:async )?(?:function\\*?|const|let|class|type|interface)'
const isDefinedIn = (path: string, name: string): boolean =>
  new RegExp(`^(?:export )?${kinds} ${escaped(name)}\\b`, 'm').test(textOf(path))

/** The SQL of the database in the order in which it takes effect: what is restated later is what is in force. */
const sqlFiles = ['database/changes/', 'database/tables/', 'database/functions/'].flatMap(folder =>
  project.filter(path => path.startsWith(folder) && path.endsWith('.sql')).sort(),
)
const definesSql = (path: string, name: string): boolean =>
  new RegExp(
    `\\b(?:create(?: or replace)? (?:unique |security definer )?(?:function|table|view|policy|trigger|index|type)|alter policy|add constraint|constraint)` +
      `(?: if not exists)?\\s+(?:unwatched\\.)?${escaped(name)}\\b`,
    'i',
  ).test(textOf(path))
const dropsSql = (path: string, name: string): boolean =>
  new RegExp(
    `\\bdrop (?:function|table|view|policy|trigger|index|type|constraint)(?: if exists)?\\s+(?:unwatched\\.)?${escaped(name)}\\b`,
    'i',
  ).test(textOf(path))

/** Where the last word on a name is spoken; nowhere when it is taken away afterwards. */
function findInForce(name: string): string | undefined {
  const last = sqlFiles.findLast(path => definesSql(path, name) || dropsSql(path, name))
  return last !== undefined && definesSql(last, name) ? last : undefined
}

test('every row of RULES.md reads as a rule, a file and a name', () => {
  expect(rows.length).toBeGreaterThan(300)
  const read = new Set(rows.map(row => row.text))
  expect(tableRows.slice(2).filter(text => !read.has(text))).toEqual([])
})

test('every file that RULES.md names is there', () => {
  expect(asList(rows.filter(row => !inPlace.includes(row)).map(row => row.text))).toBe('')
})

test('every name in RULES.md is defined in its file, and not only spoken of there', () => {
  expect(
    asList(
      inPlace
        .filter(row => !isSql(row) && !isDefinedIn(row.path, row.name))
        .map(({ path, name }) => `${path} does not define ${name}`),
    ),
  ).toBe('')
})

test('every row of RULES.md about the database names the file whose definition is in force', () => {
  expect(rows.filter(isSql).length).toBeGreaterThan(20)
  expect(
    asList(
      rows
        .filter(isSql)
        .filter(({ path, name }) => findInForce(name) !== path)
        .map(({ path, name }) => `${name} is in force in ${findInForce(name) ?? 'no file'}, not in ${path}`),
    ),
  ).toBe('')
})

test('where two files export a name of RULES.md, its row says which is not meant', () => {
  const exporters = new Map<string, string[]>()
  for (const path of project)
    if (path.startsWith('src/') && path.endsWith('.ts') && !path.endsWith('.test.ts'))
      for (const match of textOf(path).matchAll(new RegExp(`^export ${kinds} (\\w+)`, 'gm')))
        exporters.set(match[1] ?? '', [...(exporters.get(match[1] ?? '') ?? []), path])
  expect(
    asList(
      inPlace
        .filter(row => !isSql(row))
        .flatMap(({ path, name, others }) => {
          const found = (exporters.get(name) ?? []).filter(source => source !== path)
          return [
            ...found
              .filter(other => !others.includes(other))
              .map(other => `${name} of ${path} is also in ${other}`),
            ...others.filter(other => !found.includes(other)).map(other => `${name} is not in ${other}`),
          ]
        }),
    ),
  ).toBe('')
})

test('no rule stands twice in RULES.md', () => {
  const seen = rows.map(({ text, path, name }) =>
    text.includes('the same, in the database') ? `${path} ${name}` : (text.split(' | ')[0] ?? ''),
  )
  expect(seen.filter((rule, index) => seen.indexOf(rule) !== index)).toEqual([])
})
