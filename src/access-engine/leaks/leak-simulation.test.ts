import { expect, test } from 'vitest'
import { type SimulatedLeaks, simulateLeaks, type WorldError } from '../../../test/support/leak-worlds.ts'
import { findLeaks } from './leak-finder.ts'

const worlds = 200
const shape = { sources: 8, days: 16 }
const simulate = (error: WorldError): SimulatedLeaks => simulateLeaks(error, shape, worlds, findLeaks)

function add(one: SimulatedLeaks, other: SimulatedLeaks): SimulatedLeaks {
  return {
    worlds: one.worlds + other.worlds,
    said: one.said + other.said,
    right: one.right + other.right,
    settled: one.settled + other.settled,
    plainSaid: one.plainSaid + other.plainSaid,
    plainRight: one.plainRight + other.plainRight,
  }
}

test('S14 what is said at 90 or more is true at least 85 times in a hundred, whatever was entered wrongly', () => {
  const alone = simulate('unlisted-alone')
  const found = {
    nothing: simulate('nothing'),
    ticks: simulate('ticks'),
    guesses: simulate('guesses'),
    // In half of these worlds it tells beside a source that is on the map, in the other half alone.
    unlisted: add(simulate('unlisted-beside'), alone),
    two: simulate('two'),
  }
  for (const [error, { worlds: all, said, right, settled }] of Object.entries(found)) {
    expect(said, `${error}: something is said`).toBeGreaterThanOrEqual(10)
    expect(right / said, error).toBeGreaterThanOrEqual(0.85)
    expect(settled, `${error}: not everything is settled`).toBeLessThan(0.6 * all)
  }
  // Where nothing on the map told, whatever is said of it is wrong: so next to nothing may be said.
  expect(alone.said - alone.right).toBeLessThanOrEqual(alone.worlds / 100)
})
