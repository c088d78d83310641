import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listDocuments, listProject, readText } from './documents.ts'
import { projectFolder, readSourceFiles } from './source-files.ts'

const files = readSourceFiles()
const page = readFileSync(join(projectFolder, 'docs/words.md'), 'utf8')

/** What a file exports by declaring it: `Act` of `export type Act = …`. */
function exportedNames(text: string): readonly string[] {
  return [
    ...text.matchAll(
      /^export (?:async )?(?:abstract )?(?:function\*?|const|let|type|class|interface) (\w+)/gm,
    ),
  ].map(match => match[1] ?? '')
}

/** Names that the furniture of a room asks for, so that every room has its own. */
const namesOfFurniture = new Set(['routes'])

/** `TakenAtTheDoor` is the words taken, at, the, door. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _]/)
}

/** Words that no exported name holds, and no file is named for. Where one is right, its name stands beside it. */
const gone: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^impureFiles?$/, []],
  [/^jewels?$/, []],
  [/^(look|looks|looked)$/, ['looksLikeZip', 'showLooks', 'looks']],
  [/^ways?$/, []],
  [/^(standing|standings)$/, []],
  [
    /^grounds?$/,
    [
      'GroundLimb',
      'StatutoryGround',
      'GroundFacts',
      'findStatutoryGrounds',
      'sayStatutoryGround',
      'meaningOfStatutoryGrounds',
      'spo_grounds',
      'StatutoryGroundsOfCase',
      'loadStatutoryGrounds',
      'load_statutory_grounds',
      'statutoryGroundsView',
    ],
  ],
  [/^(reckon|reckoning|reckoned|anew|heed|whoever)$/, []],
  [/^book$/, ['bookAppointment', 'book_appointment']],
  [/^(quiet|quietly)$/, []],
  [/^lockout$/, []],
  [/^hands$/, []],
]

test('one exported name has one meaning: no two files export the same name', () => {
  const where = new Map<string, string[]>()
  for (const file of files)
    for (const name of new Set(exportedNames(file.text)))
      if (!namesOfFurniture.has(name)) where.set(name, [...(where.get(name) ?? []), file.path])
  expect(where.size).toBeGreaterThan(1000)
  const twice = [...where].filter(([, paths]) => paths.length > 1)
  expect(twice.map(([name, paths]) => `${name}: ${paths.join(', ')}`).join('\n')).toBe('')
})

test('words that mean several things are gone from the names of the code', () => {
  const problems: string[] = []
  for (const file of files) {
    const named = [
      ...exportedNames(file.text),
      ...file.path.split('/').map(part => part.replace(/\.ts$/, '').replaceAll('-', '_')),
    ]
    for (const name of named)
      for (const [pattern, right] of gone)
        if (!right.includes(name) && wordsOf(name).some(word => pattern.test(word)))
          problems.push(`${file.path}: ${name}`)
  }
  expect([...new Set(problems)].join('\n')).toBe('')
})

test('every word of the page stands where the page says', () => {
  const rows = [...page.matchAll(/^\| [^|]+ \| [^|]+ \| `([^`]+)` → `(\w+)` \|$/gm)]
  expect(rows.length).toBeGreaterThan(30)
  const problems = rows.flatMap(([, path = '', name = '']) => {
    const file = files.find(each => each.path === path)
    if (!file) return [`${path} is not there`]
    return exportedNames(file.text).includes(name) ? [] : [`${path} does not export ${name}`]
  })
  expect(problems.join('\n')).toBe('')
})

/** The comments of a file, as they stand, without what is quoted in them. */
function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm)].map(match =>
    match[0].replace(/["“`][^"”`\n]*["”`]/g, ''),
  )
}

/** Words of prose that nobody has to stop at, by the last table of the page. */
const oldWords = /\b(reckon\w*|anew|heeds?|whoever|jewels?|hands-on)\b/i
/** The client and the suspected person are *they*. */
const pronouns = /\b(s?he|his|hers?|him|herself|himself)\b/i

test('comments say they for client and suspected person, and use none of the old words', () => {
  const problems = files.flatMap(file =>
    commentsOf(file.text).flatMap(comment => {
      const found = pronouns.exec(comment) ?? oldWords.exec(comment)
      return found ? [`${file.path}: ${found[0]}`] : []
    }),
  )
  expect(problems.join('\n')).toBe('')
})

test('documents say they for client and suspected person, and use none of the old words', () => {
  const listed = listDocuments(listProject()).filter(
    path => !/^(decisions|changelog)\//.test(path) && !['CHANGELOG.md', 'docs/words.md'].includes(path),
  )
  expect(listed.length).toBeGreaterThan(30)
  const problems = listed.flatMap(path =>
    readText(path)
      .split('\n')
      .flatMap((line, index) => {
        const prose = line.replace(/`[^`]*`|["“][^"”]*["”]/g, '')
        const found = pronouns.exec(prose) ?? oldWords.exec(prose)
        return found ? [`${path}:${index + 1}: ${found[0]}`] : []
      }),
  )
  expect(problems.join('\n')).toBe('')
})

/** Words of the last table where somebody reads them on a screen. “Front doorbell” is a thing; the door of a clinic is not. */
const goneFromScreens =
  /\bline of time\b|\breckon\w*|\b(?:sign-in|clients’|front) door\b|\bthe door lets\b|\bat the door\b|\bno ground to\b|\bin the book\b|\bjewel/i

test('words that are gone from the code are gone from the screens too', () => {
  const screens = files.filter(
    ({ path }) =>
      /\/pages\/|\/say-|\/trail-|-meaning\.ts$/.test(path) && !/\.test\.ts$|\/fixtures\//.test(path),
  )
  expect(screens.length).toBeGreaterThan(200)
  const problems = screens.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const shown = /^\s*(?:\*|\/\/|\/\*)/.test(line) ? '' : line.replace(/ \/\/ .*$/, '')
      const found = goneFromScreens.exec(shown)?.[0]
      return found ? [`${path}:${index + 1}: ${found}`] : []
    }),
  )
  expect(problems.join('\n')).toBe('')
})
