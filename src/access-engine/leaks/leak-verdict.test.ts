import { expect, test } from 'vitest'
import { makeLeakWorld, worldErrors } from '../../../test/support/leak-worlds.ts'
import type { LeakCase } from './leak-case.ts'
import { findChancesInDoubt, leakDoubts } from './leak-doubts.ts'
import { findLeaks, type LeakAnswer } from './leak-finder.ts'
import { keepQuadratures, makeLeakTable } from './leak-likelihood.ts'
import { findPosterior } from './leak-posterior.ts'
import { leastSaid } from './leak-verdict.ts'

const shape = { sources: 5, days: 18 }
const answers = new Map<LeakCase, LeakAnswer>()
const answer = (leaks: LeakCase): LeakAnswer => {
  const found = answers.get(leaks) ?? findLeaks(leaks)
  answers.set(leaks, found)
  return found
}
const cases = worldErrors.flatMap(error =>
  Array.from({ length: 6 }, (_, index) => makeLeakWorld(index + 1, error, shape).leaks),
)

/** The chance of a source when nothing is doubted. */
function chanceOf(leaks: LeakCase, id: string): number {
  return findPosterior(makeLeakTable(leaks)).probability[leaks.sources.findIndex(each => each.id === id)] ?? 0
}

/** The case with one tick the other way. */
function turn(leaks: LeakCase, incident: string, source: string): LeakCase {
  return {
    ...leaks,
    incidents: leaks.incidents.map(each => {
      if (each.id !== incident) return each
      const others = each.carriers.filter(id => id !== source)
      return { ...each, carriers: others.length < each.carriers.length ? others : [...others, source] }
    }),
  }
}

test('a figure is never more than the worst case leaves, and nothing is named under 90', () => {
  let settled = 0
  for (const leaks of cases) {
    const { sources, bands, verdict } = answer(leaks)
    expect(bands.map(each => each.id)).toEqual(sources.map(each => each.id))
    for (const [place, { low, high }] of bands.entries()) {
      const { probability = 0 } = sources[place] ?? {}
      expect(low).toBeLessThanOrEqual(probability)
      expect(high).toBeGreaterThanOrEqual(probability)
    }
    if (!verdict.settled) continue
    settled += 1
    const place = new Map(leaks.sources.map(({ id }, source) => [id, source]))
    const plain = findPosterior(makeLeakTable(leaks)).probability
    const doubted = findChancesInDoubt(leaks, plain, keepQuadratures())
    for (const { id, atLeast } of verdict.said) {
      for (const doubt of leakDoubts)
        expect(atLeast, doubt).toBeLessThanOrEqual((doubted[doubt][place.get(id) ?? -1] ?? 0) + 1e-9)
      expect(atLeast).toBeGreaterThanOrEqual(leastSaid)
      expect(atLeast).toBeGreaterThanOrEqual(bands.find(each => each.id === id)?.low ?? 1)
      // What is named stays very likely with any single tick the other way.
      for (const { id: day, knew, carriers } of leaks.incidents) {
        if (carriers.includes(id) !== knew) continue
        expect(chanceOf(turn(leaks, day, id), id), `${day} ${id}`).toBeGreaterThan(0.8)
      }
    }
  }
  expect(settled).toBeGreaterThan(5)
  expect(settled).toBeLessThan(cases.length)
})

test('what is not settled says what turns it, and which tick most hangs on', () => {
  let turned = 0
  for (const leaks of cases) {
    const { sources, verdict } = answer(leaks)
    if (verdict.settled) continue
    const [first] = sources
    expect(verdict.between).toContain(first?.id)
    // A figure that would have been named is turned by something.
    if ((first?.probability ?? 0) >= leastSaid) expect(verdict.turns.length).toBeGreaterThan(0)
    else expect(verdict.turns).toEqual([])
    for (const each of verdict.turns) expect(['one-tick', 'uncounted', ...leakDoubts]).toContain(each)
    const { tick } = verdict
    if (!tick || first?.id === 'unknown') continue
    const day = leaks.incidents.find(each => each.id === tick.incident)
    expect(day?.carriers.includes(tick.source)).toBe(tick.isTicked)
    const after = chanceOf(turn(leaks, tick.incident, tick.source), first?.id ?? '')
    expect(after).toBeLessThan(first?.probability ?? 0)
    turned += 1
  }
  expect(turned).toBeGreaterThan(10)
})

test('an answer that only one wrong tick turns is not settled', () => {
  for (const seed of [84, 91]) {
    const { leaks } = makeLeakWorld(seed, 'nothing', shape)
    expect(findLeaks(leaks).verdict).toMatchObject({ settled: false, turns: ['one-tick'] })
  }
})

test('a case without a day on which they knew settles nothing, and two with the same days are never told apart', () => {
  const source = (id: string) => ({ id, label: id, prior: 0.2, a: 1, b: 1 })
  const day = (id: string, knew: boolean) => ({
    id,
    knew,
    carriers: ['mailbox', 'calendar'],
    otherwise: 0.01,
  })
  const check = {
    id: 'look',
    label: 'look',
    source: 'calendar',
    hit: 0.9,
    falseAlarm: 0.05,
    cost: 1,
    risk: 0,
  }
  const sources = [source('mailbox'), source('calendar')]
  const none = findLeaks({ sources, incidents: [day('1', false)], tests: [check] }).verdict
  expect(none).toEqual({ settled: false, between: [], turns: [], tick: null, tests: [] })
  const incidents = Array.from({ length: 12 }, (_, index) => day(String(index), index % 2 === 0))
  const both = findLeaks({ sources, incidents, tests: [check] }).verdict
  expect(both).toMatchObject({ settled: false, tests: ['look'] })
  expect(both.settled ? [] : both.between).toEqual(expect.arrayContaining(['calendar', 'mailbox']))
})
