import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { asList, readText } from './documents.ts'
import { projectFolder } from './source-files.ts'

const headings = [
  'Safety',
  'For clients',
  'For advisers',
  'For the police',
  'For those who run it',
  'For developers',
]
const changelog = readText('CHANGELOG.md')
const lines = changelog.split('\n')

/** Runs the script on a folder with a changelog and changes of its own. */
function gather(
  made: { readonly changelog: string; readonly changes: Readonly<Record<string, string>> },
  ...args: readonly string[]
): {
  readonly status: number | null
  readonly said: string
  readonly file: string
  readonly left: readonly string[]
} {
  const folder = mkdtempSync(join(tmpdir(), 'unwatched-changelog-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const unreleased = join(folder, 'changelog', 'unreleased')
  mkdirSync(unreleased, { recursive: true })
  writeFileSync(join(folder, 'CHANGELOG.md'), made.changelog)
  for (const [name, text] of Object.entries(made.changes)) writeFileSync(join(unreleased, name), text)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(projectFolder, 'scripts/changelog.mjs'), ...args],
    { env: { ...process.env, CHANGELOG_FOLDER: folder }, encoding: 'utf8' },
  )
  return {
    status,
    said: stdout + stderr,
    file: readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'),
    left: readdirSync(unreleased),
  }
}

const clientsHear = '# For clients\n\n**Words forgotten.** A client is told whom to ask.\n'

test('every change that is not released yet can be gathered', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(projectFolder, 'scripts/changelog.mjs')], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('a line of the changelog is a heading, the beginning of a change, or the rest of one', () => {
  const body = lines.slice(lines.findIndex(line => line.startsWith('## ')))
  expect(
    asList(
      body
        .filter(
          line => !/^$|^## \d+\.\d+\.\d+ \((unreleased|\d{4}-\d\d-\d\d)\)$|^### |^- \*\*|^ {2}\S/.test(line),
        )
        .map(line => `This line belongs to no change: ${line}`),
    ),
  ).toBe('')
})

test('every change in the changelog is told whole, and once', () => {
  const changes = changelog
    .split(/^- /m)
    .slice(1)
    .map(text => (text.split(/\n\n|\n#/)[0] ?? '').replaceAll(/\s+/g, ' ').trim())
  expect(changes.length).toBeGreaterThan(20)
  expect(changes.filter(text => !/^\*\*[^*]+\.\*\* [A-Z`“"].*[.)]$/.test(text))).toEqual([])
  const twice = (parts: readonly string[]) => parts.filter((part, index) => parts.indexOf(part) !== index)
  expect(twice(changes.map(text => text.split('**')[1] ?? ''))).toEqual([])
  const sentences = changes
    .flatMap(text => text.replace(/^.*?\*\* /, '').split(/(?<=[.:;]) /))
    .filter(text => text.length > 40)
  expect(twice(sentences)).toEqual([])
})

test('the changelog has its versions newest first, and in each the headings in their order', () => {
  const versions = lines.flatMap(line => {
    const match = /^## (\d+)\.(\d+)\.(\d+) /.exec(line)
    return match ? [match.slice(1).map(Number)] : []
  })
  const newestFirst = [...versions].sort(
    ([a = 0, b = 0, c = 0], [x = 0, y = 0, z = 0]) => x - a || y - b || z - c,
  )
  expect(versions).toEqual(newestFirst)
  for (const version of changelog.split(/^## /m).slice(1)) {
    const found = [...version.matchAll(/^### (.+)$/gm)].map(match => match[1] ?? '')
    expect(found).toEqual(headings.filter(heading => found.includes(heading)))
  }
})

test('a release gathers the changes before what stood there, under a day, and takes their files away', () => {
  const before = '# Changelog\n\nWords.\n\n## 0.1.0 (2026-12-01)\n\n### Safety\n\n- **Bars.** They hold.\n'
  const made = gather(
    { changelog: before, changes: { 'words-forgotten.md': clientsHear } },
    'release',
    '0.2.0',
    '2027-01-31',
  )
  expect(made.status).toBe(0)
  expect(made.left).toEqual([])
  expect(made.file).toBe(
    before.replace(
      '## 0.1.0',
      '## 0.2.0 (2027-01-31)\n\n### For clients\n\n- **Words forgotten.** A client is told whom to ask.\n\n## 0.1.0',
    ),
  )
})

test('what is not released yet stands together with the changes, newest first, and only printing it changes nothing', () => {
  const before = '# Changelog\n\n## 0.1.0 (unreleased)\n\n### For clients\n\n- **A sign-in.** At `/my`.\n'
  const made = gather({ changelog: before, changes: { 'words-forgotten.md': clientsHear } })
  expect(made.said).toBe(
    '## 0.1.0 (unreleased)\n\n### For clients\n\n- **Words forgotten.** A client is told whom to ask.\n- **A sign-in.** At `/my`.\n',
  )
  expect([made.file, made.left]).toEqual([before, ['words-forgotten.md']])
})

test('a change that cannot be gathered is named, and nothing is written', () => {
  const wrong: Readonly<Record<string, string>> = {
    'Words.md': clientsHear,
    'for-everybody.md': clientsHear.replace('For clients', 'For everybody'),
    'no-subject.md': '# Safety\n\nA client is told whom to ask.\n',
    'cut-short.md': '# Safety\n\n**Words.** A client is told whom\n',
    'two-changes.md': `${clientsHear}\n**More.** And more.\n`,
  }
  for (const [name, text] of Object.entries(wrong)) {
    const made = gather(
      { changelog: '# Changelog\n', changes: { [name]: text } },
      'release',
      '0.2.0',
      '2027-01-31',
    )
    expect(made).toMatchObject({ status: 1, file: '# Changelog\n', left: [name] })
    expect(made.said).toContain(`changelog/unreleased/${name}: `)
  }
})
