import { type LeakTable, makeLikelihood, silenceLikelihood } from './leak-likelihood.ts'

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
const beam = 16
const mostAtOnce = 4

/** The exact sum is used for up to this many terms and days. Beyond, it loses digits. */
const mostTerms = 70_000
const mostDays = 20

/**
 * Which sources told the suspected person: for each source the chance that it is active, given what was seen (the
 * posterior). With few days they knew, the chances are exact, over all sets of sources. With many days they come from
 * the weightiest sets: each set is compared with the same set with one source more or one less.
 */
export function findPosterior(table: LeakTable): LeakPosterior {
  const { sources } = table
  const likelihood = makeLikelihood(table)
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

/** One signed sum over the days they knew, each source averaged by itself. Null when that is too much. */
function sumOverAll({ sources, knew }: LeakTable): readonly number[] | null {
  if (knew.length > mostDays) return null
  const groups = new Map<string, { carriers: readonly number[]; otherwise: number; count: number }>()
  for (const { carriers, otherwise } of knew) {
    const list = [...carriers].sort((one, other) => one - other)
    const key = `${list.join(',')} ${otherwise}`
    const group = groups.get(key)
    if (group) group.count += 1
    else groups.set(key, { carriers: list, otherwise, count: 1 })
  }
  const list = [...groups.values()]
  const terms = list.reduce((product, group) => product * (group.count + 1), sources.length / 12)
  if (terms > mostTerms) return null
  const own = sources.map(({ prior, a, b, uneventful }) =>
    Array.from({ length: knew.length + 1 }, (_, more) => prior * silenceLikelihood(a, b, uneventful + more)),
  )
  let total = 0
  const active = new Float64Array(sources.length)
  const times = new Int32Array(sources.length)
  const walk = (at: number, factor: number): void => {
    const group = list[at]
    if (!group) {
      let product = factor
      for (let source = 0; source < sources.length; source += 1)
        product *= 1 - (sources[source]?.prior ?? 0) + (own[source]?.[times[source] ?? 0] ?? 0)
      total += product
      for (let source = 0; source < sources.length; source += 1) {
        const on = own[source]?.[times[source] ?? 0] ?? 0
        const both = 1 - (sources[source]?.prior ?? 0) + on
        active[source] = (active[source] ?? 0) + (product * on) / Math.max(1e-300, both)
      }
      return
    }
    let choose = 1
    for (let taken = 0; taken <= group.count; taken += 1) {
      walk(at + 1, factor * choose * (group.otherwise - 1) ** taken)
      choose = (choose * (group.count - taken)) / (taken + 1)
      for (const source of group.carriers) times[source] = (times[source] ?? 0) + 1
    }
    for (const source of group.carriers) times[source] = (times[source] ?? 0) - group.count - 1
  }
  walk(0, 1)
  if (!(total > 0)) return null
  return [...active].map(each => Math.min(1, Math.max(0, each / total)))
}
