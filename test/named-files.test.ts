import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { asList, findNamed, listDocuments, listProject, type Named, readText } from './documents.ts'

/**
 * A document that names a file which has gone sends its reader nowhere. So what stands in backticks and reads as a file or
 * a folder has to be there: below the folder of its document, below `src`, or below the root.
 */
const project = listProject()
const paths = [...project]
const documents = listDocuments(project)
const named = documents.flatMap(document => findNamed(document, readText(document)))

/** Names in the documents of what lies elsewhere than in this project, by where it lies. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  'a bundle': [
    'unwatched-statement.json',
    'unwatched-statement.sig',
    'custody-head.txt',
    'bag-info.txt',
    'chronology.csv',
    'fetch.txt',
    'not-included.csv',
  ],
  'a bundle, and in the project by its whole path': ['verify.html'],
  'a backup': ['backup.json', 'counters.json', 'closing.json', 'blobs/ID'],
  'beside a clinic that runs': ['data/', 'keys/', 'keys/clinic.key'],
  'indicator files that others publish': ['ioc.yaml', 'watchware.yaml'],
  'the package, as it is imported': ['unwatched/access-map/leak-finder'],
  'a change of the database that a reader writes': [
    '0001-a-word-or-two.sql',
    'database/changes/0001-due-day-of-a-task.sql',
  ],
  'what a build or a release makes': [
    'dist/',
    'dist/programs/',
    'dist/where-it-stood.js',
    'release/',
    'release.key',
    'SHA256SUMS.sig',
  ],
  'what the reader makes by a recipe': ['src/orders/pages/ending/'],
}
const isElsewhere = new Set(Object.values(elsewhere).flat())

const endings =
  /\.(ts|mjs|js|json|sql|md|css|svg|png|html|typ|nft|conf|service|timer|yaml|yml|csv|txt|pdf|copy|zip|sig|bin|key)$/
/** What stands for a name of the reader's own: `<noun>.ts`, `NAME.sql`, `NNNN-what-changes.sql`. */
const isPlaceholder = (token: string): boolean => /[<>:{}$*=,"'()]|\b[A-Z]{4,}\b|^[A-Z]{2,}\//.test(token)

/** Whether what stands in backticks is the name of a file or of a folder. A name may be cut short by "…". */
function isFileName({ token, isInFileTable }: Named): boolean {
  if (/\s/.test(token) || isPlaceholder(token) || /^[/@.-]/.test(token)) return false
  const whole = token.replace(/…$/, '')
  return (
    isInFileTable ||
    endings.test(whole) ||
    /^[\w.-]+(\/[\w.-]+)*\/$/.test(whole) ||
    /^[\w.-]+(\/[\w.-]+)+$/.test(whole)
  )
}

const withoutEnding = (path: string): string => path.replace(/(\.test)?\.[a-z]+$/, '')

const foldersOf = new Map(
  documents.map(document => [
    document,
    named.filter(name => name.document === document && project.has(name.token)).map(({ token }) => token),
  ]),
)

/** Where the names of a document begin. ARCHITECTURE speaks of what every room has; a page of `docs` of a folder it named. */
function startsOf(document: string): readonly string[] {
  const folder = posix.dirname(document) === '.' ? '' : `${posix.dirname(document)}/`
  const rooms = paths.filter(path => /^src\/[^/]+\/$/.test(path))
  return [
    folder,
    'src/',
    '',
    ...(document === 'ARCHITECTURE.md' ? rooms : []),
    ...(folder === 'docs/' ? (foldersOf.get(document) ?? []).filter(path => path.endsWith('/')) : []),
  ]
}

function isThere({ document, token, isInFileTable }: Named): boolean {
  const wanted = token.replace(/…$/, '')
  const isCut = wanted !== token
  const fits = (path: string, name: string): boolean =>
    path === name ||
    path === `${name}/` ||
    (isCut && path.startsWith(name)) ||
    (isInFileTable && withoutEnding(path) === name)
  const starts = startsOf(document)
  if (starts.some(start => paths.some(path => fits(path, `${start}${wanted}`)))) return true
  // A name that many folders have, such as `page.ts`, speaks of all of them.
  if (
    paths.filter(path => fits(`${posix.basename(path)}${path.endsWith('/') ? '/' : ''}`, wanted)).length > 4
  )
    return true
  // A name alone may be a file anywhere in the room whose README it is, and in a decision anywhere at all.
  const below = document.startsWith('decisions/') ? '' : `${posix.dirname(document)}/`
  const isAlone = !wanted.replace(/\/$/, '').includes('/')
  const mayBeDeep = below === '' || below.startsWith('src/') || below.startsWith('database/')
  return (
    isAlone &&
    mayBeDeep &&
    paths.some(path => path.startsWith(below) && fits(posix.basename(path), wanted.replace(/\/$/, '')))
  )
}

test('every file and folder that a document names is there', () => {
  const names = named.filter(isFileName)
  expect(names.length).toBeGreaterThan(300)
  expect(
    asList(
      names
        .filter(name => !isElsewhere.has(name.token) && !isThere(name))
        .map(({ document, line, token }) => `${document}:${line} names \`${token}\`, which is not there`),
    ),
  ).toBe('')
})

test('a numbered file is named whole, for a number alone passes for another', () => {
  expect(
    asList(
      named
        .filter(({ token }) => /\d{4}-…/.test(token))
        .map(({ document, line, token }) => `${document}:${line} names \`${token}\``),
    ),
  ).toBe('')
})

test('what is said to lie elsewhere is named by a document, and is not here', () => {
  const tokens = new Set(named.map(({ token }) => token))
  expect([...isElsewhere].filter(name => !tokens.has(name) || project.has(name))).toEqual([])
})

/** What begins with a slash and is no page: a folder of the machine, or the size of a network. */
const ofTheMachine = /^\/(etc|var|usr|opt|srv|run|dev|tmp|proc|home|\d+)(\/|$|\b)/

test('every page that a document names by its address is served', () => {
  const sources = paths
    .filter(path => path.startsWith('src/') && path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map(readText)
    .join('\n')
  const addresses = named.filter(({ token }) => /^\/[\w:/.-]*$/.test(token) && !ofTheMachine.test(token))
  expect(addresses.length).toBeGreaterThan(10)
  expect(
    asList(
      addresses
        .filter(({ token }) => !["'", '`', '"'].some(quote => sources.includes(`${quote}${token}`)))
        .map(
          ({ document, line, token }) =>
            `${document}:${line} names the page \`${token}\`, which is not there`,
        ),
    ),
  ).toBe('')
})

test('the README of the command line names every command', () => {
  const commands = [...readText('src/cli/unwatched.ts').matchAll(/name: '([a-z-]+)'/g)].map(
    match => match[1] ?? '',
  )
  expect(commands).toContain('invite-coordinator')
  const readme = readText('src/cli/README.md')
  expect(commands.filter(name => !new RegExp(`[\\s\`]${name}[\\s\`]`).test(readme))).toEqual([])
})

test('every command that a document tells somebody to run is there', () => {
  const scripts = Object.keys(JSON.parse(readText('package.json')).scripts)
  const commands = [...readText('src/cli/unwatched.ts').matchAll(/name: '([a-z-]+)'/g)].map(
    match => match[1] ?? '',
  )
  const told = documents.flatMap(document => [
    ...[...readText(document).matchAll(/\bnpm run ([a-z:-]+)/g)].map(match => ({
      document,
      name: match[1] ?? '',
      of: scripts,
    })),
    ...[...readText(document).matchAll(/\bnpx unwatched ([a-z][a-z-]*)/g)].map(match => ({
      document,
      name: match[1] ?? '',
      of: commands,
    })),
  ])
  expect(told.length).toBeGreaterThan(15)
  expect(
    asList(
      told
        .filter(({ name, of }) => !of.includes(name))
        .map(({ document, name }) => `${document} tells to run ${name}`),
    ),
  ).toBe('')
})

test('every file that a document hands to a command of the tests is there', () => {
  const handed = documents.flatMap(document =>
    [...readText(document).matchAll(/\bnpx vitest run ([a-z][\w/. -]*)/g)].flatMap(match =>
      (match[1] ?? '')
        .trim()
        .split(' ')
        .map(path => ({ document, path })),
    ),
  )
  expect(handed.length).toBeGreaterThan(5)
  expect(
    asList(
      handed
        .filter(({ path }) => !project.has(path) && !project.has(`${path}/`))
        .map(({ document, path }) => `${document} hands ${path} to the tests, which is not there`),
    ),
  ).toBe('')
})
