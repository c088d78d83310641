import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepLately } from './kept-lately.ts'

test('what is kept never weighs more than the bound, and what was used last is kept longest', () => {
  const use = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    weight: fc.integer({ min: 1, max: 6 }),
  })
  fc.assert(
    fc.property(fc.array(use, { maxLength: 40 }), uses => {
      const most = 10
      const lately = keepLately<number>(most)
      // The plain way: a list with the last one used at its end.
      let plain: { readonly name: string; readonly weight: number }[] = []
      for (const each of uses) {
        const found = plain.find(({ name }) => name === each.name)
        expect(lately.get(each.name)).toBe(found?.weight)
        plain = plain.filter(({ name }) => name !== each.name)
        if (found && each.weight % 2 === 0) plain.push(found)
        else {
          lately.set(each.name, each.weight, each.weight)
          plain.push(each)
        }
        while (plain.reduce((sum, { weight }) => sum + weight, 0) > most) plain.shift()
      }
      for (const name of ['a', 'b', 'c', 'd', 'e'])
        expect(lately.get(name)).toBe(plain.find(each => each.name === name)?.weight)
    }),
  )
  const small = keepLately<string>(5)
  small.set('too big', 'value', 6)
  expect(small.get('too big')).toBeUndefined()
})
