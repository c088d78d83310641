import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { thingOf } from '../../../test/support/story-inventory.ts'
import type { Belief } from '../../access-engine/reach/map.ts'
import type { Thing } from '../inventory/inventory.ts'
import { findTestStep } from './test-step.ts'

const thing = (number: number, label: string, isGone = false): Thing => ({
  ...thingOf('phone', number),
  label,
  isGone,
})

test('S9 a test is never sent to a device that the suspected person may see, and the worse case where none is known', () => {
  const beliefs: readonly Belief[] = ['known', 'suspected', 'possible']
  const target = thing(1, 'The mailbox')
  let withPlace = 0
  let withNone = 0
  for (let seed = 1; seed <= 80; seed += 1) {
    const chance = makeChance(seed)
    const devices = Array.from({ length: chance.below(4) }, (_, index) =>
      thing(index + 2, `Device ${index + 2}`, chance.is(0.2)),
    )
    const reached = new Map(
      devices.flatMap(each => (chance.is(0.5) ? [[each.thingId, chance.pick(beliefs)] as const] : [])),
    )
    for (const method of ['check', 'decoy'] as const) {
      const { where, notices, risk } = findTestStep(
        target,
        method,
        { things: devices, hasSignIn: true },
        reached,
      )
      const [doThere = ''] = where.startsWith('On ') ? where.split(' Never on ') : []
      const isFree = (each: Thing) => !each.isGone && !reached.has(each.thingId)
      for (const each of devices)
        expect(doThere.includes(each.label), `${seed} ${each.label}`).toBe(
          isFree(each) && doThere.startsWith('On '),
        )
      if (devices.some(isFree)) {
        withPlace += 1
        expect(risk).toBe(0)
      } else {
        withNone += 1
        expect(risk).toBeGreaterThan(0)
        expect(where).toContain('Agree on a place with an adviser first')
      }
      expect(notices.length).toBeGreaterThan(20)
    }
  }
  expect(Math.min(withPlace, withNone)).toBeGreaterThan(20)
})

test('S9 who notices a look is taken as the worse case wherever the suspected person may use the thing', () => {
  const target = thing(1, 'The mailbox')
  const devices = { things: [thing(2, 'Her phone')], hasSignIn: true }
  const told = findTestStep(target, 'check', devices, new Map([['t1', 'possible']])).notices
  expect(told).toContain('Take it that the suspected person is told')
  expect(findTestStep(target, 'check', devices, new Map()).notices).toContain('as far as the map knows')
})
