import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findWordsIn } from './find-words-in.ts'

test('whatever the text and the words, those are found that stand in it', () => {
  // Few letters, so that words begin alike, overlap and stand at either end; one of them is no letter of Latin-1.
  const letters = (bounds: { readonly minLength: number; readonly maxLength: number }) =>
    fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\u{1f600}'), ...bounds })
  const words = fc.array(letters({ minLength: 4, maxLength: 7 }), { maxLength: 12 })
  fc.assert(
    fc.property(letters({ minLength: 0, maxLength: 60 }), words, (text, sought) => {
      const standing = sought.filter(word => text.includes(word))
      expect([...findWordsIn(text, sought)].sort()).toEqual([...new Set(standing)].sort())
    }),
    { numRuns: 500, seed: 1 },
  )
})

test('a word that is too short to be found is not passed over in silence', () => {
  expect(() => findWordsIn('abc', ['abc'])).toThrow('too short')
})
