import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder, readSourceFiles, type SourceFile } from './source-files.ts'

const src = join(projectFolder, 'src')

type PageFile = SourceFile & {
  /** The folder of `pages/` it lies in, or nothing for what lies in `pages/` itself. */
  readonly screen: string
  /** Its path below that folder. */
  readonly name: string
}

const pageFiles: readonly PageFile[] = readSourceFiles().flatMap(file => {
  const [, second = '', ...rest] = file.path.split('/')
  if (second !== 'pages' || file.room === 'web') return []
  const screen = rest.length > 1 ? (rest[0] ?? '') : ''
  return [{ ...file, screen, name: rest.slice(screen === '' ? 0 : 1).join('/') }]
})
const ofScreens = pageFiles.filter(({ screen }) => screen !== '' && screen !== 'parts')
const isView = ({ name }: PageFile): boolean => /(^|[-/])view\.ts$/.test(name)

/** Fails with one sentence for each thing that is wrong. */
function expectNone(problems: readonly string[]): void {
  expect(problems.join('\n')).toBe('')
}

/** The functions that a file exports, each with what it answers. */
function exportedFunctions({
  text,
}: SourceFile): readonly { readonly name: string; readonly answers: string }[] {
  const declared =
    /^export (?:async )?(?:function (\w+)|const (\w+) = (?:async )?(?=\())\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\): ([\w<>[\]]+)/gm
  return [...text.matchAll(declared)].map(([, one, other, answers]) => ({
    name: one ?? other ?? '',
    answers: answers ?? '',
  }))
}

test('a room’s pages are its table of routes, its screens and the parts they share', () => {
  expect(ofScreens.length).toBeGreaterThan(100)
  const screens = new Set(ofScreens.map(({ room, screen }) => `${room}/pages/${screen}`))
  expectNone([
    ...pageFiles
      .filter(({ screen, name }) => screen === '' && name !== 'routes.ts')
      .map(({ path }) => `${path} is no table of routes: it belongs to a screen or to parts`),
    ...[...screens]
      .filter(screen => !existsSync(join(src, screen, 'page.ts')))
      .map(screen => `${screen} has no page.ts: it is no screen, so it belongs to parts`),
  ])
})

test('every route stands in its room’s table and is answered by the page of a screen', () => {
  expectNone([
    ...pageFiles
      .filter(({ name, text }) => name !== 'routes.ts' && /\bmethod: '(GET|POST)'/.test(text))
      .map(({ path }) => `${path} holds a route: it belongs to routes.ts`),
    ...pageFiles
      .filter(({ screen, name }) => screen === '' && name === 'routes.ts')
      .flatMap(({ path, imports }) =>
        imports
          .filter(target => target.includes('/pages/') && !target.endsWith('/page.ts'))
          .map(target => `${path} must not import ${target}: only a page.ts answers`),
      ),
    ...ofScreens
      .filter(({ name }) => name !== 'page.ts')
      .flatMap(file =>
        exportedFunctions(file)
          .filter(({ answers }) => /^(Promise<)?Answer\b/.test(answers))
          .map(({ name }) => `${file.path} answers with ${name}: that belongs to its page.ts`),
      ),
  ])
})

test('a screen never reaches into another: what two share is a part, and a part stands on no screen', () => {
  const screenOf = (target: string): string | undefined => /^([a-z-]+\/pages\/[^/]+)\/./.exec(target)?.[1]
  expectNone(
    pageFiles
      .filter(({ screen }) => screen !== '')
      .flatMap(({ path, imports }) =>
        imports
          .filter(target => {
            const other = screenOf(target)
            return other !== undefined && !other.endsWith('/parts') && other !== screenOf(path)
          })
          .map(target => `${path} must not import ${target}`),
      ),
  )
})

test('what draws is called a view and lies in one, and nothing but a page is called to show', () => {
  expect(
    pageFiles.flatMap(exportedFunctions).filter(({ answers }) => answers === 'Html').length,
  ).toBeGreaterThan(100)
  expectNone(
    pageFiles.flatMap(file =>
      exportedFunctions(file).flatMap(({ name, answers }) => [
        ...(answers === 'Html' && isView(file) && !name.endsWith('View')
          ? [`${file.path} draws with ${name}: call it …View`]
          : []),
        ...(answers === 'Html' && !isView(file) && file.screen !== 'parts'
          ? [`${file.path} draws with ${name}: that belongs to a view.ts`]
          : []),
        ...(/^show[A-Z]/.test(name) && file.name !== 'page.ts'
          ? [`${file.path} has ${name}: only what answers is called to show`]
          : []),
      ]),
    ),
  )
})

test('what a form must hold, and what is said when it does not, stands in its form.ts', () => {
  expectNone(
    ofScreens
      .filter(({ name, text }) => !/(^|-)form\.ts$/.test(name) && /\bz\.object\(/.test(text))
      .map(({ path }) => `${path} says what a form must hold: that belongs to form.ts`),
  )
})

test('every test of pages lies beside the file it is named for', () => {
  const tests = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map(entry => relative(src, join(entry.parentPath, entry.name)).split('\\').join('/'))
    .filter(path => /^[a-z-]+\/pages\//.test(path))
  expect(tests.length).toBeGreaterThan(20)
  expectNone(
    tests
      .filter(path => !existsSync(join(src, path.replace(/\.test\.ts$/, '.ts'))))
      .map(path => `${path} stands beside no file of that name`),
  )
})

test('every screen has a page.test.ts beside it', () => {
  const screens = [...new Set(ofScreens.map(({ room, screen }) => `${room}/pages/${screen}`))]
  expectNone(
    screens
      .filter(screen => !existsSync(join(src, screen, 'page.test.ts')))
      .map(screen => `${screen} has no page.test.ts`),
  )
})
