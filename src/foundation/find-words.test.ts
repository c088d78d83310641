import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { findWords } from './find-words.ts'

test('a word is found however it is written: capitals, accents, and characters nobody sees', () => {
  expect(findWords('Where ARE you, Zoë?')).toEqual(['where', 'are', 'you', 'zoe'])
  expect(findWords('o\u200bpen the do\u00ador')).toEqual(['open', 'the', 'door'])
  expect(findWords('\u202eمرحبا\u202c يا سارة')).toEqual(['مرحبا', 'يا', 'سارة'])
  expect(findWords('<script>meet me</script>')).toEqual(['script', 'meet', 'me'])
  expect(findWords('İSTANBUL')).toEqual(['istanbul'])
})

test('whatever a text is, its words are words, each once, and the words of its words are the same', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 300 }), text => {
      const words = findWords(text)
      expect(new Set(words).size).toBe(words.length)
      for (const word of words) {
        expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
        expect(findWords(word)).toEqual([word])
      }
    }),
  )
})

test('every word of a text is found by itself, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-zà-ÿа-я0-9]{1,12}$/), { maxLength: 30 }), words => {
      const found = findWords(words.join(' '))
      for (const word of words) expect(found).toEqual(expect.arrayContaining([...findWords(word)]))
    }),
  )
})

test('a word of ten thousand characters is one word, and a text of a million ends in time', () => {
  expect(findWords('x'.repeat(10_000))).toEqual(['x'.repeat(10_000)])
  expect(findWords('ab '.repeat(400_000))).toEqual(['ab'])
})
