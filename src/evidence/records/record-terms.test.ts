import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../../test/support/any-text.ts'
import { hasPhrases, isFound, makePhraseCheck, readSearch } from './record-terms.ts'

test('words, words side by side and words that must not be there are told apart', () => {
  const forms = (word: string) => ({ by: 'forms', word })
  const asItIs = (word: string) => ({ by: 'as-it-is', word })
  expect(readSearch('Green "the umbrella" -Sunday tele*')).toEqual({
    all: [forms('green'), asItIs('the'), asItIs('umbrella'), { by: 'beginning', word: 'tele' }],
    none: [forms('sunday')],
    phrases: ['the umbrella'],
  })
  expect(readSearch('“one word” „zwei Worte“')).toMatchObject({ phrases: ['one word', 'zwei worte'] })
})

test('a word is found in its forms, in quotation marks as it is, and by how it begins', () => {
  const finds = (typed: string, text: string) => isFound(readSearch(typed), text)
  expect(finds('stalk', 'He was stalking her')).toBe(true)
  expect(finds('happiness', 'are you happy')).toBe(true)
  expect(finds('"stalk"', 'He was stalking her')).toBe(false)
  expect(finds('tele*', 'on the telephone')).toBe(true)
  expect(finds('her -stalk', 'He was stalking her')).toBe(false)
  expect(finds('-stalk', 'nothing that must be there')).toBe(false)
})

test('a word of a script without spaces is found within a longer text', () => {
  const finds = (typed: string, text: string) => isFound(readSearch(typed), text)
  expect(finds('警察', '我要报警察局')).toBe(true)
  expect(finds('警察', '察警')).toBe(false)
  expect(finds('мама', 'Где МАМА?')).toBe(true)
})

test('words side by side are found across punctuation, and not apart from each other', () => {
  const search = readSearch('"green umbrella"')
  expect(hasPhrases(search, 'The GREEN, umbrella!')).toBe(true)
  expect(hasPhrases(search, 'the green old umbrella')).toBe(false)
  expect(hasPhrases(search, 'evergreen umbrella')).toBe(false)
})

test('a text that is passed over without being taken apart does not have the phrase', () => {
  const words = fc.constantFrom(
    'a',
    'b',
    'aa',
    'green',
    'Grün',
    '警察',
    '.',
    ' ',
    '-',
    "'",
    '\u0301',
    '0'.repeat(61),
  )
  const text = fc.array(words, { maxLength: 12 }).map(parts => parts.join(''))
  const spaced = fc.array(words, { maxLength: 8 }).map(parts => parts.join(' '))
  let found = 0
  fc.assert(
    fc.property(spaced, fc.array(fc.oneof(text, spaced), { maxLength: 4 }), (phrase, around) => {
      const search = readSearch(`"${phrase}"`)
      const has = makePhraseCheck(search)
      for (const each of [...around, `${around[0] ?? ''} ${phrase} ${around[1] ?? ''}`]) {
        expect(has(each)).toBe(hasPhrases(search, each))
        if (search.phrases.length > 0 && has(each)) found += 1
      }
    }),
    { numRuns: 1000, seed: 20_261_201 },
  )
  expect(found).toBeGreaterThan(300)
})

test('whatever is typed is read', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 200 }), anyText(), (typed, text) => {
      const search = readSearch(typed)
      expect(hasPhrases(search, text)).toBeTypeOf('boolean')
      expect(new Set(search.all).size).toBe(search.all.length)
    }),
  )
})
