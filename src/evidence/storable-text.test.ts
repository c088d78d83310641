import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { storableJson, storableJsonText, storableText } from './storable-text.ts'

test('a NUL is shown by its picture, and said to have been altered', () => {
  expect(storableText('a\u0000b')).toEqual({ text: 'a␀b', altered: true })
  expect(storableText('plain 🙂 text')).toEqual({ text: 'plain 🙂 text', altered: false })
  expect(storableText('half \uD83D')).toEqual({ text: 'half \uFFFD', altered: true })
})

test('nothing the database refuses is left, in any text and any depth', () => {
  fc.assert(
    fc.property(anyText(), fc.string(), (text, other) => {
      const stored = JSON.stringify(storableJson({ [text]: [other, { deep: `${text}\u0000\uDC00` }] }))
      expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/)
      expect(storableJsonText({ [text]: [other, { deep: `${text}\u0000\uDC00` }] })).toBe(stored)
      expect(storableJsonText({ [other]: text })).toBe(JSON.stringify(storableJson({ [other]: text })))
    }),
  )
})

test('what can be stored is kept character by character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      fc.pre(!text.includes('\u0000'))
      expect(storableText(text).text).toBe(text)
    }),
  )
})
