import { type FindQuadrature, type LeakTable, makeLikelihood } from './leak-likelihood.ts'
import { sumOverAll } from './sum-over-all.ts'

/** A set of active sources, and its share of the weight of all sets that were weighed. */
export type WeighedSet = { readonly set: readonly number[]; readonly share: number }

export type LeakPosterior = {
  /** For each source the chance that it is active, given everything seen. */
  readonly probability: readonly number[]
  /** True when the probabilities are exact; false when they rest on the sets that were weighed. */
  readonly isExact: boolean
  /** The sets that were weighed, the weightiest first. */
  readonly sets: readonly WeighedSet[]
  /** The chances if the prior odds of every source were this many times as large. */
  readonly withOdds: (times: number) => readonly number[]
}

/** With up to this many sources, every set of them is weighed. */
const fewSources = 8

/** With more, sets grow one source at a time: from this many of the weightiest, up to this many sources at once. */
const beam = 10
const mostAtOnce = 4

/**
 * Which sources told the suspected person: for each source the chance that it is active, given what was seen (the
 * posterior). With few days they knew, the chances are exact, over all sets of sources. With many days they come from
 * the weightiest sets: each set is compared with the same set with one source more or one less.
 */
export function findPosterior(table: LeakTable, quadrature?: FindQuadrature): LeakPosterior {
  const { sources } = table
  const likelihood = makeLikelihood(table, quadrature)
  const odds = sources.map(({ prior }) => prior / Math.max(1e-12, 1 - prior))
  const weights = new Map<number, { readonly set: readonly number[]; readonly weight: number }>()
  const weigh = (set: readonly number[]): number => {
    const key = keyOf(set)
    const known = weights.get(key)
    if (known) return known.weight
    const weight = set.reduce((product, source) => product * (odds[source] ?? 0), likelihood(set).whole)
    weights.set(key, { set, weight })
    return weight
  }
  // A set as one number, its sources in ascending order. Sets are small, so the number stays exact.
  const base = sources.length + 1
  function keyOf(set: readonly number[]): number {
    let key = 0
    for (const source of set) key = key * base + source + 1
    return key
  }
  /** The number of the set with one source added, or removed if it is in the set. */
  function keyWithChange(set: readonly number[], changed: number): number {
    let key = 0
    let isIn = false
    for (const source of set) {
      if (!isIn && source >= changed) {
        isIn = true
        if (source === changed) continue
        key = key * base + changed + 1
      }
      key = key * base + source + 1
    }
    return isIn ? key : key * base + changed + 1
  }
  const atOnce = sources.length <= fewSources ? sources.length : mostAtOnce
  let front: readonly (readonly number[])[] = [[]]
  weigh([])
  for (let size = 1; size <= atOnce; size += 1) {
    const next = new Map<number, readonly number[]>()
    for (const set of front) {
      for (let source = 0; source < sources.length; source += 1) {
        if (set.includes(source)) continue
        const more = [...set, source].sort((one, other) => one - other)
        next.set(keyOf(more), more)
      }
    }
    const weighed = [...next.values()].map(set => ({ set, weight: weigh(set) }))
    weighed.sort((one, other) => other.weight - one.weight)
    front = (sources.length <= fewSources ? weighed : weighed.slice(0, beam)).map(({ set }) => set)
  }
  const all = [...weights.values()].sort((one, other) => other.weight - one.weight)
  const total = all.reduce((sum, { weight }) => sum + weight, 0)
  const sets = all.map(({ set, weight }) => ({ set, share: total > 0 ? weight / total : 0 }))
  const exact = sumOverAll(table)
  const withOdds = (times: number): readonly number[] => {
    const priors = odds.map(each => (times * each) / (1 + times * each))
    const changed = sources.map((source, index) => ({ ...source, prior: priors[index] ?? 0 }))
    return (exact && sumOverAll({ ...table, sources: changed })) ?? condition(times)
  }
  return { probability: exact ?? condition(1), isExact: exact !== null, sets, withOdds }

  /** For each source: its chance given the rest of the set, averaged over the sets. */
  function condition(times: number): readonly number[] {
    const probability = new Array<number>(sources.length).fill(0)
    const scaled = sets.map(({ set, share }) => ({ set, share: share * times ** set.length }))
    const whole = scaled.reduce((sum, { share }) => sum + share, 0)
    for (const { set, share } of scaled) {
      if (share < 1e-9 * whole) continue
      const own = weights.get(keyOf(set))?.weight ?? 0
      for (let source = 0; source < sources.length; source += 1) {
        const isIn = set.includes(source)
        const neighbour = weights.get(keyWithChange(set, source))?.weight
        // The two weights that are compared: the set with the source, and the set without it.
        const [more, less] = isIn ? [own * times, neighbour ?? 0] : [(neighbour ?? 0) * times, own]
        const chance = neighbour === undefined ? (isIn ? 1 : 0) : more / (more + less)
        probability[source] = (probability[source] ?? 0) + (share / whole) * chance
      }
    }
    return probability.map(each => Math.min(1, each))
  }
}
