import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openForm, sealForm } from './carried-form.ts'

const key = randomBytes(32)
const now = new Date('2026-03-02T10:00:00Z')
const typed = {
  path: '/calls/new',
  fields: [['words', ['He rang\n40 times']]] as [string, string[]][],
  endedOf: null,
}

test('what was typed comes back as it was typed', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.array(fc.string({ unit: 'grapheme' })))), fields => {
      const sealed = sealForm(key, { path: '/cases', fields, endedOf: null }, now)
      expect(openForm(key, sealed ?? '', now)).toEqual({ path: '/cases', fields, endedOf: null })
    }),
  )
})

test('it is kept for two hours and no longer', () => {
  const sealed = sealForm(key, typed, now) ?? ''
  expect(openForm(key, sealed, new Date('2026-03-02T12:00:00Z'))).toEqual(typed)
  expect(openForm(key, sealed, new Date('2026-03-02T12:00:01Z'))).toBe(null)
})

test('nobody can read it, change it or make one without the key', () => {
  const sealed = sealForm(key, typed, now) ?? ''
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('rang')
  expect(openForm(randomBytes(32), sealed, now)).toBe(null)
  const bytes = Buffer.from(sealed, 'base64url')
  for (const place of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place)
    expect(openForm(key, changed.toString('base64url'), now)).toBe(null)
  }
  for (const nonsense of ['', 'x', 'ÿÿÿÿ', 'A'.repeat(100_000)])
    expect(openForm(key, nonsense, now)).toBe(null)
})

test('an hour of typing fits, and what does not fit is said', () => {
  const words = Array.from(
    { length: 9000 },
    (_, index) => ['he', 'rang', 'again', 'number', index % 97][index % 5],
  )
  expect(
    sealForm(key, { path: '/calls/new', fields: [['words', [words.join(' ')]]], endedOf: null }, now),
  ).not.toBe(null)
  const noise = randomBytes(60_000).toString('base64')
  expect(sealForm(key, { path: '/calls/new', fields: [['words', [noise]]], endedOf: null }, now)).toBe(null)
})
