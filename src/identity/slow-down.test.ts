import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideWait, type GuessLanes, longestWaitForOthersSeconds, longestWaitSeconds } from './slow-down.ts'

const now = new Date('2026-03-02T10:00:00Z')
const none = { count: 0, lastAt: null }
const justNow = (count: number) => ({ count, lastAt: now })

function check(lanes: Partial<GuessLanes>, seconds: number): void {
  expect(decideWait({ pair: none, name: none, address: none, ...lanes }, now)).toBe(seconds)
}

const lane = fc.record({
  count: fc.integer({ min: 1, max: 100_000 }),
  lastAt: fc.integer({ min: 0, max: 90_000 }).map(seconds => new Date(now.getTime() - seconds * 1000)),
})
const maybeLane = fc.oneof(fc.constant(none), lane)

test('two mistakes cost nothing', () => {
  check({ pair: justNow(2), name: justNow(2), address: justNow(2) }, 0)
})

test('each mistake after the third doubles the wait, up to five minutes', () => {
  check({ pair: justNow(3) }, 1)
  check({ pair: justNow(4) }, 2)
  check({ pair: justNow(8) }, 32)
  check({ pair: justNow(500) }, longestWaitSeconds)
})

test('a wait runs out by itself', () => {
  check({ pair: { count: 8, lastAt: new Date(now.getTime() - 31_000) } }, 1)
  check({ pair: { count: 8, lastAt: new Date(now.getTime() - 32_000) } }, 0)
})

test('a person whose name strangers guess at from elsewhere signs in without waiting', () => {
  check({ name: justNow(10_000) }, 0)
})

test('whatever others did in a shared office, somebody who made no mistake waits a few seconds at most', () => {
  fc.assert(
    fc.property(maybeLane, maybeLane, (name, address) => {
      expect(decideWait({ pair: none, name, address }, now)).toBeLessThanOrEqual(longestWaitForOthersSeconds)
    }),
  )
})

test('nobody is ever locked out: after five minutes without a guess the next try is judged', () => {
  fc.assert(
    fc.property(maybeLane, maybeLane, maybeLane, (pair, name, address) => {
      const later = new Date(now.getTime() + longestWaitSeconds * 1000)
      expect(decideWait({ pair, name, address }, later)).toBe(0)
    }),
  )
})

test('one more wrong guess never shortens a wait', () => {
  fc.assert(
    fc.property(maybeLane, maybeLane, maybeLane, (pair, name, address) => {
      const more = (before: GuessLanes['pair']) => ({ count: before.count + 1, lastAt: now })
      const before = decideWait({ pair, name, address }, now)
      const after = decideWait({ pair: more(pair), name: more(name), address: more(address) }, now)
      expect(after).toBeGreaterThanOrEqual(before)
    }),
  )
})

test('a machine that guesses as fast as it may gets fewer than three hundred tries at one name in a day', () => {
  let at = now.getTime()
  let tries = 0
  let pair: GuessLanes['pair'] = none
  while (at < now.getTime() + 86_400_000) {
    const wait = decideWait({ pair, name: pair, address: pair }, new Date(at))
    at += wait * 1000
    tries += 1
    pair = { count: pair.count + 1, lastAt: new Date(at) }
  }
  expect(tries).toBeLessThan(300)
})
