import type { LeakCase } from './leak-case.ts'
import { type ChancesInDoubt, type LeakDoubt, leakDoubts } from './leak-doubts.ts'
import { type FindQuadrature, makeLeakTable } from './leak-likelihood.ts'
import { findWeightiestTick, type WeightyTick } from './one-wrong-tick.ts'
import { findProvenChance } from './proven-chance.ts'
import { rankTestsInDoubt } from './test-worth.ts'

/** What turns an answer: one of the doubts, a single wrong tick, or sets of sources that were too many to count. */
export type TurningPoint = LeakDoubt | 'one-tick' | 'uncounted'

/**
 * What may be said of a ranking. A source is named with a figure only when the figure holds under every doubt; otherwise
 * nothing is settled.
 */
export type LeakVerdict =
  | {
      readonly settled: true
      /** The sources that told, the surest first, each with the least chance that any doubt leaves of it. */
      readonly said: readonly { readonly id: string; readonly atLeast: number }[]
    }
  | {
      readonly settled: false
      /** The sources that it could be, the likeliest first. */
      readonly between: readonly string[]
      /** What would bring another answer, or leave too little of the likeliest. Empty when nothing was likely anyway. */
      readonly turns: readonly TurningPoint[]
      /** The tick to go through again first: the likeliest source hangs most on it. */
      readonly tick: WeightyTick | null
      /** The tests that would tell something, the worthiest first, with the doubts counted in. */
      readonly tests: readonly string[]
    }

/** A source is named with a figure from this chance on. */
export const leastSaid = 0.9

/** A source that reaches this chance under any doubt could be the answer. At most so many are named. */
const couldBe = 0.25
const mostNamed = 4

/** Decides what may be said, and gives for each source that was looked at closely the least that a single wrong tick leaves of it. */
export function decideLeakVerdict(
  leaks: LeakCase,
  chances: ChancesInDoubt & { readonly plain: readonly number[] },
  bits: ReadonlyMap<string, number>,
  quadrature: FindQuadrature,
  isExact: boolean,
): { readonly verdict: LeakVerdict; readonly atWorst: ReadonlyMap<string, number> } {
  const idOf = (source: number): string => leaks.sources[source]?.id ?? ''
  const chanceOf = (source: number, when: LeakDoubt | 'plain'): number => chances[when][source] ?? 0
  const likeliest = leaks.sources
    .map((_, source) => source)
    .sort(
      (one, other) => chanceOf(other, 'plain') - chanceOf(one, 'plain') || (idOf(one) < idOf(other) ? -1 : 1),
    )
  const lows = new Map(
    likeliest.map(source => [
      source,
      Math.min(...([...leakDoubts, 'plain'] as const).map(when => chanceOf(source, when))),
    ]),
  )
  const table = makeLeakTable(leaks)
  const provenOf = (source: number): number =>
    isExact ? 1 : findProvenChance(table, source, likeliest, quadrature)
  const atWorst = new Map<string, number>()
  const said: { id: string; atLeast: number }[] = []
  for (const source of likeliest) {
    const low = lows.get(source) ?? 0
    if (low < leastSaid) continue
    const tick = findWeightiestTick(leaks, source, likeliest, quadrature)
    const atLeast = Math.min(low, tick?.chance ?? low, provenOf(source))
    atWorst.set(idOf(source), atLeast)
    if (atLeast >= leastSaid) said.push({ id: idOf(source), atLeast })
  }
  if (said.length > 0)
    return {
      verdict: { settled: true, said: said.sort((one, other) => other.atLeast - one.atLeast) },
      atWorst,
    }
  const [first] = likeliest
  if (first === undefined || !leaks.incidents.some(each => each.knew))
    return { verdict: { settled: false, between: [], turns: [], tick: null, tests: [] }, atWorst }
  const tick = findWeightiestTick(leaks, first, likeliest, quadrature)
  const inPlay = new Set(leaks.incidents.flatMap(each => (each.knew ? each.carriers : [])))
  const isLikely = chanceOf(first, 'plain') >= leastSaid
  const between = likeliest
    .map(source => ({
      id: idOf(source),
      best: Math.max(...([...leakDoubts, 'plain'] as const).map(when => chanceOf(source, when))),
      isFirst: source === first,
    }))
    .filter(each => each.isFirst || (each.best >= couldBe && inPlay.has(each.id)))
    .slice(0, mostNamed)
    .map(each => each.id)
  const turns: readonly TurningPoint[] = isLikely
    ? [
        ...leakDoubts.filter(doubt => chanceOf(first, doubt) < leastSaid),
        ...(tick && tick.chance < leastSaid ? (['one-tick'] as const) : []),
        ...(provenOf(first) < leastSaid ? (['uncounted'] as const) : []),
      ]
    : []
  const place = new Map(leaks.sources.map(({ id }, source) => [id, source]))
  const tests = rankTestsInDoubt(leaks.tests, bits, id => lows.get(place.get(id) ?? -1) ?? 0)
  return { verdict: { settled: false, between, turns, tick, tests }, atWorst }
}
