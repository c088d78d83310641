import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeReference, parseReference } from './reference.ts'

test('a reference is two groups of five that can be read out, and counts nothing', () => {
  const made = Array.from({ length: 2000 }, () => makeReference(randomBytes))
  expect(new Set(made).size).toBe(2000)
  for (const reference of made) expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
})

test('a reference is read as somebody wrote it down', () => {
  expect(parseReference(' 7qk2m 9xp3t')).toBe('7QK2M-9XP3T')
  expect(parseReference('oil00-00000')).toBe('01100-00000')
  for (const typed of ['', '7QK2M', '7QK2M-9XP3T-1', 'UUUUU-UUUUU', '<script>'])
    expect(parseReference(typed)).toBe(null)
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), bytes => {
      const reference = makeReference(() => bytes)
      expect(parseReference(reference.toLowerCase().replace('-', ''))).toBe(reference)
    }),
  )
})
