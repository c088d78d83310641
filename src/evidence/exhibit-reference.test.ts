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

test('references run on for each producer by itself', () => {
  const issued = ['ABC/1', 'ABC/2', 'XY/7', 'ABCD/9']
  expect(findNextReference('ABC', issued)).toBe('ABC/3')
  expect(findNextReference('XY', issued)).toBe('XY/8')
  expect(findNextReference('NEW', issued)).toBe('NEW/1')
})

test('a reference is never given twice, no matter who brings the exhibits and in what order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('AB', 'ABC', 'XYZ'), { maxLength: 60 }), producers => {
      const issued: string[] = []
      for (const producer of producers) issued.push(findNextReference(producer, issued))
      expect(new Set(issued).size).toBe(issued.length)
    }),
  )
})
