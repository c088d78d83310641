import { expect, test } from 'vitest'
import { originalName } from './original-name.ts'

test('a name that turns its own ending round is shown for what it is', () => {
  expect(originalName('photo\u202Egpj.exe').markup).toBe('<bdi>photo[U+202E]gpj.exe</bdi>')
})

test('a long name is cut, a missing one is said, and markup in a name is text', () => {
  expect(originalName('x'.repeat(10_000)).markup.length).toBeLessThan(140)
  expect(originalName('').markup).toBe('<bdi>no name</bdi>')
  expect(originalName('<b>').markup).toBe('<bdi>&lt;b&gt;</bdi>')
})
