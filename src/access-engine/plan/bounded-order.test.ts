import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import type { AccessMap } from '../reach/map.ts'
import { readMapValue } from '../reach/read-map.ts'
import { sumLeftToSeize } from './left-to-seize.ts'
import { makePlanProblem } from './plan-problem.ts'
import { findSafeOrder } from './safe-order.ts'
import { verifyStepOrder } from './verify-step-order.ts'

/** Orders all steps of a map, and counts how often it is asked what the suspected person holds while the least is looked for. */
function orderAndCount(map: AccessMap) {
  const problem = makePlanProblem(map, { level: 'possible' })
  const { suspect } = problem.compiled.closures
  let closures = 0
  const counted: typeof problem = {
    ...problem,
    compiled: {
      ...problem.compiled,
      closures: {
        client: problem.compiled.closures.client,
        suspect: {
          ...suspect,
          run: (...asked) => {
            closures += 1
            return suspect.run(...asked)
          },
        },
      },
    },
  }
  const order = findSafeOrder(counted, new Set(map.steps.keys()))
  if (!order.ok) throw new Error('the map has no safe order')
  const nameAll = (steps: readonly number[]) => steps.map(step => problem.compiled.steps[step]?.id ?? '')
  closures = 0
  const least = order.leaveLeast()
  return { isProven: least.isProven, ids: nameAll(least.order), first: nameAll(order.order), closures }
}

/**
 * Things that are each shut by several steps, drawn by lot, so that hardly any two things are shut by the same ones.
 *
 * @param rules how many more rules there are, of which nothing hangs
 */
function makeTangle(seed: number, size: number, rules = 0): AccessMap {
  const chance = makeChance(seed)
  const numbers = Array.from({ length: size }, (_, index) => index)
  const things = numbers.map(index => `thing:${index}`)
  const read = readMapValue({
    nodes: [...things, ...numbers.map(index => `door:${index}`), 'junk'].map(id => ({ id })),
    rules: [
      ...things.flatMap(to =>
        [...new Set([0, 0, 0].map(() => chance.below(size)))].map(door => ({
          to,
          from: [`door:${door}`],
          who: 'suspect',
          unless: [`shut:${door}`],
        })),
      ),
      ...Array.from({ length: rules }, (_, index) => ({
        to: 'junk',
        from: [things[index % size], `door:${Math.floor(index / size)}`],
      })),
    ],
    holds: { suspect: numbers.map(index => `door:${index}`), client: things },
    keep: things,
    steps: numbers.map(index => ({ id: `shut:${index}`, minutes: 5 + chance.below(20) })),
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.map
}

test('an order that would take too long to prove is given when the work is done that there is for it, and says that it is not proven', () => {
  const small = makeTangle(1, 24)
  expect(orderAndCount(small).isProven).toBe(true)
  const map = makeTangle(1, 40)
  const { isProven, ids, first, closures } = orderAndCount(map)
  expect(isProven).toBe(false)
  expect(verifyStepOrder(map, 'possible', ids)).toEqual([])
  const [sum, before] = [ids, first].map(order => sumLeftToSeize(map, 'possible', order).kept)
  expect(sum).toBeLessThan(before ?? 0)
  // 1 500 000 rules may be gone through, of 120 each time.
  expect(closures).toBeLessThan(1_500_000 / 120)
}, 30_000)

test('a plan that is too large to be ordered by what is left to seize keeps its safe order, and says that it is not proven', () => {
  const map = makeTangle(1, 500, 41_000)
  const { isProven, ids, first, closures } = orderAndCount(map)
  expect(isProven).toBe(false)
  expect(ids).toEqual(first)
  // Once for each step, to count what it leaves.
  expect(closures).toBeLessThan(1.2 * 500)
}, 30_000)

test('a step that was done too early is found, though forty others that matter nothing were done since', () => {
  const numbers = Array.from({ length: 40 }, (_, index) => index)
  const things = [...numbers.map(index => `thing:${index}`), 'early-one', 'early-two', 'late-one']
  const read = readMapValue({
    nodes: [...things, 'door', 'key', 'home'].map(id => ({ id })),
    rules: [
      ...numbers.map(index => ({
        to: `thing:${index}`,
        from: ['door'],
        who: 'suspect',
        unless: [`shut:${index}`],
      })),
      { to: 'early-one', from: ['door'], who: 'suspect', unless: ['early'] },
      { to: 'early-two', from: ['door'], who: 'suspect', unless: ['early'] },
      { to: 'late-one', from: ['door'], who: 'suspect', unless: ['late'] },
      // It closes most and so is tried first, and takes from the client what the last step needs.
      { to: 'key', from: ['home'], who: 'client', unless: ['early'] },
    ],
    holds: { suspect: ['door'], client: ['home'] },
    steps: [
      { id: 'early', alerts: true },
      ...numbers.map(index => ({ id: `shut:${index}`, alerts: true })),
      { id: 'late', alerts: true, needs: ['key'] },
    ],
    protect: things,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  const { ids, first } = orderAndCount(read.map)
  for (const order of [ids, first]) {
    expect(order).toHaveLength(42)
    expect(order.indexOf('late')).toBeLessThan(order.indexOf('early'))
    expect(verifyStepOrder(read.map, 'possible', order)).toEqual([])
  }
})
