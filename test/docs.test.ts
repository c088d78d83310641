import { existsSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { listDocuments, listProject, readText as read } from './documents.ts'
import { projectFolder } from './source-files.ts'

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
  const names = [...read('src/cli/unwatched.ts').matchAll(/name: '([a-z-]+)'/g)].map(match => match[1] ?? '')
  expect(names).toContain('invite-coordinator')
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

test('every link between the documents leads somewhere', () => {
  const links = listDocuments(listProject()).flatMap(page =>
    [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(match => ({
      page,
      target: posix.join(posix.dirname(page), match[1] ?? ''),
    })),
  )
  expect(links.length).toBeGreaterThan(5)
  expect(
    links
      .filter(({ target }) => !existsSync(join(projectFolder, target)))
      .map(({ page, target }) => `${page}: ${target}`),
  ).toEqual([])
})

test('README names the two commands, and the licence is there', () => {
  expect(read('README.md')).toContain('npm start')
  expect(read('README.md')).toContain('npm test')
  expect(read('LICENSE')).toContain('MIT License')
})
