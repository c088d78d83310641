import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from './source-files.ts'

const read = (path: string): string => readFileSync(join(projectFolder, path), 'utf8')

test('every rule that RULES.md names is where it says', () => {
  const rows = [...read('RULES.md').matchAll(/^\| (.+?) \| `([^`]+)` → `([^`]+)` \|$/gm)]
  expect(rows.length).toBeGreaterThan(25)
  const lost = rows.filter(([, , path = '', name = '']) => {
    const file = join(projectFolder, path.startsWith('database/') ? path : `src/${path}`)
    if (!existsSync(file)) return true
    const text = readFileSync(file, 'utf8')
    return path.endsWith('.sql') ? !makes(text, name) : !text.includes(name)
  })
  expect(lost.map(row => row[0])).toEqual([])
})

/** Whether SQL makes what is called so, and does not only ask it. */
function makes(sql: string, name: string): boolean {
  const made = [
    ...sql.matchAll(
      /^ *(?:create (?:table|policy|(?:constraint )?trigger|(?:unique )?index|or replace function)|constraint) ([a-z_.]+)/gm,
    ),
  ]
  return made.some(match => match[1] === name)
}

test('every function of the database has a file of its own name, so that its one definition is found', () => {
  const names = readdirSync(join(projectFolder, 'database/functions'))
  expect(names.length).toBeGreaterThan(50)
  const made = names.map(name => {
    const found = [
      ...read(`database/functions/${name}`).matchAll(/^create or replace function unwatched\.([a-z_]+)\(/gm),
    ]
    return found.map(match => `${match[1]}.sql`)
  })
  expect(made).toEqual(names.map(name => [name]))
  expect(read('database/tables/05-cases.sql')).not.toMatch(/function unwatched\.\w+\([^)]*\) returns/)
})

test('every setting the program reads is explained for operators', () => {
  const explained = read('docs/operate.md')
  const sources = ['src/platform/config.ts', 'src/cli/explain-fault.ts'].map(read).join('\n')
  const settings = new Set(
    [...sources.matchAll(/\b(UNWATCHED_[A-Z_]+|DATABASE_[A-Z_]*URL)\b/g)].map(match => match[1] ?? ''),
  )
  expect(settings.size).toBeGreaterThan(5)
  expect([...settings].filter(setting => !explained.includes(`\`${setting}\``))).toEqual([])
})

test('every command is in the page about the command line', () => {
  const names = [...read('src/cli/unwatched.ts').matchAll(/name: '([a-z]+)'/g)].map(match => match[1] ?? '')
  expect(names).toContain('verify')
  const page = read('docs/command-line.md')
  expect(names.filter(name => !page.includes(`\`unwatched ${name}\``))).toEqual([])
})

test('every setting in the file that operators copy is one the program reads', () => {
  const copied = [...read('deploy/settings').matchAll(/^([A-Z_]+)=/gm)].map(match => match[1] ?? '')
  expect(copied).toContain('DATABASE_URL')
  const explained = read('docs/operate.md')
  expect(copied.filter(setting => !explained.includes(`| \`${setting}\` |`))).toEqual([])
})

test('every file that operators copy is in the page that tells them to', () => {
  const page = read('docs/operate.md')
  expect(readdirSync(join(projectFolder, 'deploy')).filter(name => !page.includes(`deploy/${name}`))).toEqual(
    [],
  )
})

test('decisions are numbered in order, and each says context, decision and consequences', () => {
  const names = readdirSync(join(projectFolder, 'decisions')).sort()
  const numbers = names.map(name => Number(name.slice(0, 4)))
  expect(new Set(numbers).size).toBe(numbers.length)
  const thin = names.filter(name => {
    const text = read(`decisions/${name}`)
    return !['Context', 'Decision', 'Consequences'].every(part => text.includes(part))
  })
  expect(thin).toEqual([])
})

test('every link between the documents leads somewhere', () => {
  const pages = [
    'README.md',
    'ARCHITECTURE.md',
    'RULES.md',
    'SECURITY.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(projectFolder, 'docs'))
      .filter(name => name.endsWith('.md'))
      .map(name => `docs/${name}`),
  ]
  const broken = pages.flatMap(page =>
    [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
      .map(match => join(projectFolder, page, '..', match[1] ?? ''))
      .filter(target => !existsSync(target))
      .map(target => `${page}: ${target}`),
  )
  expect(broken).toEqual([])
})

test('README names the two commands, and the licence is there', () => {
  expect(read('README.md')).toContain('npm start')
  expect(read('README.md')).toContain('npm test')
  expect(read('LICENSE')).toContain('MIT License')
})
