import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findInitials, findNextReference, parseProducer } from './exhibit-reference.ts'

test('initials are read however they are typed', () => {
  expect(parseProducer('abc')).toBe('ABC')
  expect(parseProducer(' A. B.C ')).toBe('ABC')
  expect(parseProducer("o'b")).toBe('OB')
  expect(parseProducer('A')).toBeNull()
  expect(parseProducer('ABCDEF')).toBeNull()
  expect(parseProducer('A/1')).toBeNull()
  expect(parseProducer('../')).toBeNull()
})

test('the initials of a name are offered, and none where the name has no letters from A to Z', () => {
  expect(findInitials('Mary Anne Example')).toBe('MAE')
  expect(findInitials('Zoë Émile-Ångström')).toBe('ZEA')
  expect(findInitials('Prince')).toBe('')
  expect(findInitials('ليندا')).toBe('')
})

/** Answers from a list, and counts how often it was asked. */
function listOf(issued: readonly string[]) {
  const all = new Set(issued)
  const asked = { times: 0, most: 0 }
  const findGiven = async (references: readonly string[]): Promise<ReadonlySet<string>> => {
    asked.times += 1
    asked.most = Math.max(asked.most, references.length)
    return new Set(references.filter(reference => all.has(reference)))
  }
  return { findGiven, asked }
}

test('references run on for each producer by itself', async () => {
  const { findGiven } = listOf(['ABC/1', 'ABC/2', 'XY/1', 'ABCD/1', 'ABCD/2', 'ABCD/3'])
  expect(await findNextReference('ABC', findGiven)).toBe('ABC/3')
  expect(await findNextReference('XY', findGiven)).toBe('XY/2')
  expect(await findNextReference('NEW', findGiven)).toBe('NEW/1')
})

test('a reference is never given twice, no matter who brings the exhibits and in what order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('AB', 'ABC', 'XYZ'), { maxLength: 60 }), async producers => {
      const issued: string[] = []
      for (const producer of producers)
        issued.push(await findNextReference(producer, listOf(issued).findGiven))
      expect(new Set(issued).size).toBe(issued.length)
      for (const producer of new Set(producers)) {
        const own = issued.filter(reference => reference.startsWith(`${producer}/`))
        expect(own).toEqual(own.map((_, place) => `${producer}/${place + 1}`))
      }
    }),
  )
})

test('however many were given, the next is found with a few questions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.nat(300), fc.nat(30_000)), async count => {
      const { findGiven, asked } = listOf(Array.from({ length: count }, (_, place) => `ABC/${place + 1}`))
      expect(await findNextReference('ABC', findGiven)).toBe(`ABC/${count + 1}`)
      expect(asked.times).toBeLessThanOrEqual(4)
      expect(asked.most).toBeLessThanOrEqual(100)
    }),
    { numRuns: 60 },
  )
})
