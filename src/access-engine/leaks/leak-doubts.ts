import { type LeakCase, withUnknownSource } from './leak-case.ts'
import {
  type FindQuadrature,
  type LeakTable,
  makeLeakTable,
  makeLikelihood,
  type TickTrust,
} from './leak-likelihood.ts'
import { sumOverAll } from './sum-over-all.ts'

/**
 * What people get wrong about days and sources: a tenth of the ticks; that hardly anything could be guessed; that the
 * source is on the map; that one source told.
 */
export const leakDoubts = ['ticks', 'guesses', 'unlisted', 'two'] as const
export type LeakDoubt = (typeof leakDoubts)[number]

/** The chance of each source, in the order of the case, under each doubt. */
export type ChancesInDoubt = Readonly<Record<LeakDoubt, readonly number[]>>

/** With a tenth of the ticks wrong, either way, so surely does a source carry what is ticked, and what is not. */
const doubtfulTicks: TickTrust = { ticked: 0.85, unticked: 0.06 }

/** What was hardly to be guessed was guessed this often. */
const guessedAfterAll = 0.15

/** So likely is it beforehand that something tells which is not on the map; and the odds of all that is on it fall to this share. */
const unlistedAfterAll = 0.9
const listedAfterAll = 0.25

/** Of many sources, this many are weighed under each doubt: those that could be the answer. */
const mostContenders = 7
const mostAtOnce = 4

/**
 * The chances when one thing that people get wrong is wrong. Exact where the sum over all sets is short enough;
 * otherwise over all sets of up to four of the likeliest sources.
 */
export function findChancesInDoubt(
  leaks: LeakCase,
  chances: readonly number[],
  quadrature: FindQuadrature,
): ChancesInDoubt {
  const plain = makeLeakTable(leaks)
  const ticks = { ...plain, trust: doubtfulTicks }
  const contenders = findContenders(ticks, chances, quadrature)
  const find = (table: LeakTable, atLeast: 0 | 2 = 0): readonly number[] =>
    sumOverAll(table, atLeast) ?? weighContenders(table, contenders, atLeast, quadrature)
  return {
    ticks: find(ticks),
    guesses: find({
      ...plain,
      knew: plain.knew.map(day => ({ ...day, otherwise: Math.max(day.otherwise, guessedAfterAll) })),
    }),
    unlisted: find(makeLeakTable(doubtList(leaks))),
    two: find(plain, 2),
  }
}

/** The case with a source that is not on the map, and with everything that is on it as much less likely. */
function doubtList(leaks: LeakCase): LeakCase {
  const sources = leaks.sources.map(each => {
    const odds = (listedAfterAll * each.prior) / Math.max(1e-12, 1 - each.prior)
    return { ...each, prior: odds / (1 + odds) }
  })
  return withUnknownSource({ ...leaks, sources }, unlistedAfterAll)
}

/** The sources that could be the answer: likely by the days as they are, or alone when ticks may be wrong. */
function findContenders(
  ticks: LeakTable,
  chances: readonly number[],
  quadrature: FindQuadrature,
): readonly number[] {
  const likelihood = makeLikelihood(ticks, quadrature)
  const alone = ticks.sources.map(
    ({ prior }, source) => (prior / Math.max(1e-12, 1 - prior)) * likelihood([source]).whole,
  )
  const most = Math.max(1e-300, ...alone)
  return ticks.sources
    .map((_, source) => ({ source, height: Math.max(chances[source] ?? 0, (alone[source] ?? 0) / most) }))
    .sort((one, other) => other.height - one.height || one.source - other.source)
    .slice(0, mostContenders)
    .map(each => each.source)
}

/** Every set of up to four of these sources, as if no other told. */
function weighContenders(
  table: LeakTable,
  likeliest: readonly number[],
  atLeast: number,
  quadrature: FindQuadrature,
): readonly number[] {
  const likelihood = makeLikelihood(table, quadrature)
  const own = new Array<number>(table.sources.length).fill(0)
  // The source that a doubt adds comes after those of the case.
  const added = table.sources.length - 1
  const all = added >= 0 && !likeliest.includes(added) ? [...likeliest, added] : likeliest
  let total = 0
  const extend = (from: number, set: readonly number[], odds: number): void => {
    if (set.length >= atLeast) {
      const weight = odds * likelihood([...set].sort((one, other) => one - other)).whole
      total += weight
      for (const source of set) own[source] = (own[source] ?? 0) + weight
    }
    if (set.length >= mostAtOnce) return
    for (let at = from; at < all.length; at += 1) {
      const source = all[at] as number
      const prior = table.sources[source]?.prior ?? 0
      extend(at + 1, [...set, source], (odds * prior) / Math.max(1e-12, 1 - prior))
    }
  }
  extend(0, [], 1)
  return own.map(each => (total > 0 ? Math.min(1, each / total) : 0))
}
