import { type LeakCase, unknownId, withUnknownSource } from '../../src/access-engine/leaks/leak-case.ts'
import type { LeakAnswer } from '../../src/access-engine/leaks/leak-finder.ts'
import { makeChance } from './chance.ts'

/**
 * What is wrong in a made-up world with what was entered of it: nothing; each tick with a chance of one in ten; that the
 * days could hardly be guessed, where each was with a chance of 15 in 100; that every source is on the map, where one is not
 * that tells beside another, or alone; that one source tells, where two do.
 */
export const worldErrors = [
  'nothing',
  'ticks',
  'guesses',
  'unlisted-beside',
  'unlisted-alone',
  'two',
] as const
export type WorldError = (typeof worldErrors)[number]

export type LeakWorld = {
  /** As it was entered. */
  readonly leaks: LeakCase
  /** What really told. */
  readonly told: ReadonlySet<string>
}

/**
 * A made-up world: each source carries a day with a chance of 35 in 100, and one that tells does so on 50 to 95 in 100 of
 * the days it carries. Which source tells has nothing to do with how likely the map says it is.
 */
export function makeLeakWorld(
  seed: number,
  error: WorldError,
  shape: { readonly sources: number; readonly days: number },
): LeakWorld {
  const chance = makeChance(seed * 7919 + shape.days * 31 + shape.sources)
  const sources = Array.from({ length: shape.sources }, (_, index) => ({
    id: `source-${index}`,
    label: `source ${index}`,
    prior: chance.pick([0.3, 0.2, 0.08, 0.02]),
    a: 1,
    b: 1,
  }))
  const rate = (): number => 0.5 + 0.45 * chance.real()
  const listed = { nothing: 1, ticks: 1, guesses: 1, 'unlisted-beside': 1, 'unlisted-alone': 0, two: 2 }[
    error
  ]
  const tellers = chance
    .shuffle(sources)
    .slice(0, listed)
    .map(({ id }) => ({ id, rate: rate() }))
  const unlisted = error.startsWith('unlisted') ? rate() : 0
  const guessed = error === 'guesses' ? 0.15 : 0.01
  const incidents = Array.from({ length: shape.days }, (_, index) => {
    const carried = sources.filter(() => chance.is(0.35)).map(each => each.id)
    const isTold = tellers.some(each => carried.includes(each.id) && chance.is(each.rate))
    const isTold2 = unlisted > 0 && chance.is(0.35) && chance.is(unlisted)
    const isWrong = (): boolean => error === 'ticks' && chance.is(0.1)
    const carriers = sources.filter(({ id }) => carried.includes(id) !== isWrong()).map(each => each.id)
    return { id: `day-${index}`, knew: isTold || isTold2 || chance.is(guessed), carriers, otherwise: 0.01 }
  })
  const told = new Set([...tellers.map(each => each.id), ...(unlisted > 0 ? [unknownId] : [])])
  return { leaks: withUnknownSource({ sources, incidents, tests: [] }), told }
}

/** What came of many worlds: how often something was said at 90 or more, and how often that was true. */
export type SimulatedLeaks = {
  readonly worlds: number
  readonly said: number
  readonly right: number
  readonly settled: number
  /** The same of the plain figure, as if nobody got anything wrong. */
  readonly plainSaid: number
  readonly plainRight: number
}

/** Ranks every world that has a day they knew, seeds 1 and up, and counts what was said. */
export function simulateLeaks(
  error: WorldError,
  shape: { readonly sources: number; readonly days: number },
  worlds: number,
  find: (leaks: LeakCase) => LeakAnswer,
): SimulatedLeaks {
  const count = { worlds: 0, said: 0, right: 0, settled: 0, plainSaid: 0, plainRight: 0 }
  for (let seed = 1; seed <= worlds; seed += 1) {
    const { leaks, told } = makeLeakWorld(seed, error, shape)
    if (!leaks.incidents.some(each => each.knew)) continue
    const { sources, verdict } = find(leaks)
    const plain = sources.filter(each => each.probability >= 0.9)
    const said = verdict.settled ? verdict.said : []
    count.worlds += 1
    count.settled += verdict.settled ? 1 : 0
    count.said += said.length
    count.right += said.filter(each => told.has(each.id)).length
    count.plainSaid += plain.length
    count.plainRight += plain.filter(each => told.has(each.id)).length
  }
  return count
}
