import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyInventory, type Inventory } from './inventory.ts'
import { decideChange } from './inventory-change.ts'

const phone = { id: 'phone', title: 'Phone' }

function add(inventory: Inventory, labels: readonly (string | undefined)[]): Inventory {
  const entries = labels.map(label => (label === undefined ? phone : { ...phone, label }))
  const decision = decideChange(inventory, 1, { kind: 'add', entries })
  if (!decision.allowed) throw new Error(decision.because)
  return decision.inventory
}
const labelsOf = (inventory: Inventory): readonly string[] => inventory.things.map(each => each.label)

test('things have the names that were given, and those without one get one by rule', () => {
  const first = add(emptyInventory, ['Lena’s phone', undefined, undefined])
  expect(labelsOf(first)).toEqual(['Lena’s phone', 'Phone', 'Phone 2'])
  expect(labelsOf(add(first, ['lena’s  PHONE', undefined])).slice(3)).toEqual(['lena’s  PHONE 2', 'Phone 3'])
})

test('no two things are ever put on the map under one name, whatever is typed', () => {
  const name = fc.oneof(
    fc.constantFrom('Phone', 'phone', 'Phone 2', 'PHONE  2', 'Lena’s', "Lena's", undefined),
    fc.string({ minLength: 1, maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(fc.array(name, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), rounds => {
      const inventory = rounds.reduce(add, emptyInventory)
      const plain = labelsOf(inventory).map(each => each.normalize('NFKC').toLowerCase())
      expect(new Set(plain).size).toBe(plain.length)
    }),
  )
})

test('a thing is not renamed to what another is called; what was called the same before can still be answered', () => {
  const inventory = add(emptyInventory, ['Lena’s phone', 'Tom’s phone'])
  const answer = { kind: 'answer', note: '', basis: 'told', said: {}, seen: 9 } as const
  const rename = (label: string, thingId = 't2', from = inventory) =>
    decideChange(from, 2, { ...answer, thingId, label })
  expect(rename('LENA’S phone')).toEqual({ allowed: false, because: 'name-taken' })
  expect(rename('Tom’s old phone').allowed).toBe(true)
  const twins = { ...inventory, things: inventory.things.map(each => ({ ...each, label: 'Phone' })) }
  expect(rename('Phone', 't1', twins).allowed).toBe(true)
  const gone = { ...inventory, things: inventory.things.map((each, at) => ({ ...each, isGone: at === 0 })) }
  expect(rename('Lena’s phone', 't2', gone).allowed).toBe(true)
})
