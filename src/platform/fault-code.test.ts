import { expect, test } from 'vitest'
import { Fault } from './fault.ts'
import { carryCode } from './fault-code.ts'

test('a fault has a code of the list, or carries the one that came with what went wrong elsewhere', () => {
  expect(new Fault('disk-full', 'There is no room left.').code).toBe('disk-full')
  // @ts-expect-error a code that is on no list would have no exit of its own and no words
  expect(new Fault('kettle-broken', 'It does not boil.').code).toBe('kettle-broken')
  expect(new Fault(carryCode(Object.assign(new Error(), { code: 'ENOENT' })), 'Gone.').code).toBe('ENOENT')
  for (const cause of [new Error('no code'), { code: 7 }, { code: '' }, null, undefined, 'text'])
    expect(carryCode(cause)).toBe('unforeseen')
})
