import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasPhrases, readSearch } from './search-words.ts'

test('words, words side by side and words that must not be there are told apart', () => {
  expect(readSearch('Green "the umbrella" -Sunday')).toEqual({
    all: ['green', 'the', 'umbrella'],
    none: ['sunday'],
    phrases: ['the umbrella'],
  })
})

test('words side by side are found across punctuation, and not apart from each other', () => {
  const search = readSearch('"green umbrella"')
  expect(hasPhrases(search, 'The GREEN, umbrella!')).toBe(true)
  expect(hasPhrases(search, 'the green old umbrella')).toBe(false)
  expect(hasPhrases(search, 'evergreen umbrella')).toBe(false)
})

test('whatever is typed is read', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'binary' }),
      (typed, text) => {
        const search = readSearch(typed)
        expect(hasPhrases(search, text)).toBeTypeOf('boolean')
        expect(new Set(search.all).size).toBe(search.all.length)
      },
    ),
  )
})
