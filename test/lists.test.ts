import { expect, test } from 'vitest'
import { lists } from '../src/app/lists.ts'
import { routes } from '../src/app/routes.ts'
import { readSourceFiles, type SourceFile } from './source-files.ts'

const files = new Map(readSourceFiles().map(file => [file.path, file]))

/** The file of each page, by the name of what answers: the tables of routes import it. */
const pages = new Map(
  [...files.values()]
    .filter(file => file.path.endsWith('/pages/routes.ts'))
    .flatMap(file =>
      [...file.text.matchAll(/import \{([^}]+)\} from '\.\/([^']+\/page\.ts)'/g)].flatMap(([, names, path]) =>
        (names ?? '').split(',').map(name => [name.trim(), `${file.room}/pages/${path}`] as const),
      ),
    ),
)

/** Which components a screen draws with: by itself, and by what it shares with others of its room. */
function findComponents(path: string, seen = new Set<string>()): ReadonlySet<string> {
  const file: SourceFile | undefined = files.get(path)
  if (!file || seen.has(path)) return seen
  seen.add(path)
  for (const next of file.imports) {
    if (next.startsWith('web/components/')) seen.add(next)
    else if (next.includes('/pages/')) findComponents(next, seen)
  }
  return seen
}

const component = (name: string): string => `web/components/${name}.ts`
const drawsLines = (drawn: ReadonlySet<string>): boolean =>
  ['table', 'list-table', 'list-pages', 'pagination'].some(name => drawn.has(component(name)))

const shown = routes
  .filter(route => route.method === 'GET')
  .map(route => ({ path: route.path, drawn: findComponents(pages.get(route.answer.name) ?? '') }))

/** Screens that draw tables only beside something else: their own form, a picture, a paper. */
const notLists: readonly string[] = shown
  .filter(({ path, drawn }) => drawsLines(drawn) && /\/(new|correct|decide|revise|ask|moment)$/.test(path))
  .map(({ path }) => path)

test('every page that shows lines is in the table of lists, and nothing else', () => {
  expect(pages.size).toBeGreaterThan(100)
  const there = shown.filter(({ drawn }) => drawsLines(drawn)).map(({ path }) => path)
  expect(there.length).toBeGreaterThan(40)
  expect(there.filter(path => !(path in lists) && !notLists.includes(path))).toEqual([])
  const addresses = shown.map(({ path }) => path)
  expect(Object.keys(lists).filter(path => !addresses.includes(path))).toEqual([])
})

test('every list that is paged says how many lines there are, and every other one why it is not', () => {
  for (const { path, drawn } of shown) {
    const list = lists[path]
    if (!list) continue
    if (list.is === 'paged') expect(drawn.has(component('list-pages')), path).toBe(true)
    if (list.is !== 'paged') expect(list.because.length, path).toBeGreaterThan(5)
  }
})
