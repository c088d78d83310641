import { expect, test } from 'vitest'
import { keepByObject } from './kept-by-object.ts'

test('S8 what is kept by objects is given for the very same objects and the very same word, and for nothing that only says the same', () => {
  const lately = keepByObject<readonly string[]>(100, () => 1)
  const [map, plan] = [{ revision: 1 }, { revision: 1 }]
  let found = 0
  const ask = (of: readonly object[], word?: string) => lately(of, () => [String(++found)], word)
  const first = ask([map, plan], 'a')
  expect(ask([map, plan], 'a')).toBe(first)
  const others = [
    ask([{ ...map }, plan], 'a'),
    ask([map, { ...plan }], 'a'),
    ask([plan, map], 'a'),
    ask([map], 'a'),
    ask([map, plan], 'b'),
    ask([map, plan]),
  ]
  expect(new Set([first, ...others].flat()).size).toBe(7)
  expect(ask([map, plan], 'a')).toBe(first)
  // Another keeper has nothing of this one.
  expect(keepByObject<readonly string[]>(100, () => 1)([map, plan], () => ['other'], 'a')).toEqual(['other'])
})

test('what is kept by objects stays within its bound, and nobody can change it', () => {
  const lately = keepByObject<{ readonly words: readonly string[] }>(10, ({ words }) => words.length)
  const objects = [1, 2, 3].map(() => ({}))
  let found = 0
  const ask = (object: object | undefined, many: number) =>
    lately([object ?? {}], () => {
      found += 1
      return { words: Array.from({ length: many }, () => 'word') }
    })
  for (const object of objects) ask(object, 4)
  expect(found).toBe(3)
  // The third put the first out, which puts the second out when it comes back.
  ask(objects[2], 4)
  expect(found).toBe(3)
  ask(objects[0], 4)
  expect(found).toBe(4)
  ask(objects[2], 4)
  expect(found).toBe(4)
  ask(objects[1], 4)
  expect(found).toBe(5)
  // What weighs more than all of it is not kept.
  const [big] = [{}]
  ask(big, 11)
  ask(big, 11)
  expect(found).toBe(7)
  expect(() => Object.assign(ask(objects[1], 4).words, ['changed'])).toThrow(TypeError)
})
