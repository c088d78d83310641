import type { LeakTable } from './leak-likelihood.ts'

/**
 * Sources that together carried every day they knew, except the days left unexplained. No source in it can be left
 * out.
 */
export type Explanation = {
  readonly set: readonly number[]
  /** The days they knew that no source of the set carried, numbered among the days they knew. */
  readonly unexplained: readonly number[]
  /** The prior odds of its sources, times the chance of each unexplained day. Larger is likelier. */
  readonly weight: number
}

/**
 * The smallest sets of sources that explain what the suspected person knew, the likeliest first. These are minimal
 * hitting sets: each source of a set carries a day that no other source of the set carried. A day may also stay
 * unexplained, for a price. On their own they mislead, because uneventful days do not count in them: show them beside
 * the probabilities, never instead.
 */
export function findExplanations(table: LeakTable, most = 100): readonly Explanation[] {
  const { sources, knew } = table
  const size = sources.length <= 16 ? sources.length : sources.length <= 80 ? 4 : 3
  const words = Math.ceil(knew.length / 30)
  const carried = sources.map((_, source) => {
    const mask = new Int32Array(words)
    for (const [day, { carriers }] of knew.entries())
      if (carriers.has(source))
        mask[Math.floor(day / 30)] = (mask[Math.floor(day / 30)] ?? 0) | (1 << (day % 30))
    return mask
  })
  const odds = sources.map(({ prior }) => prior / Math.max(1e-12, 1 - prior))
  // The most that this many more sources can add. Few sources are likelier than not.
  const likeliest = odds.filter(each => each > 1).sort((one, other) => other - one)
  const growth = Array.from({ length: size + 1 }, (_, more) =>
    likeliest.slice(0, more).reduce((product, each) => product * each, 1 + 1e-9),
  )
  let found: { readonly set: readonly number[]; readonly weight: number }[] = []
  let least = 0
  const chosen: number[] = []
  // For each depth: the days that a source of the set carried, and the days that more than one did.
  const once = Array.from({ length: size + 1 }, () => new Int32Array(words))
  const twice = Array.from({ length: size + 1 }, () => new Int32Array(words))

  const isUnexplained = (mask: Int32Array, day: number): boolean =>
    ((mask[Math.floor(day / 30)] as number) & (1 << (day % 30))) === 0
  const isMinimal = (some: Int32Array, more: Int32Array): boolean => {
    for (const source of chosen) {
      const mask = carried[source] as Int32Array
      let own = 0
      for (let word = 0; word < words; word += 1)
        own |= (mask[word] as number) & (some[word] as number) & ~(more[word] as number)
      if (own === 0) return false
    }
    return true
  }

  const extend = (from: number, prior: number): void => {
    const depth = chosen.length
    const some = once[depth] as Int32Array
    const more = twice[depth] as Int32Array
    let weight = prior
    for (let day = 0; day < knew.length && weight > least; day += 1)
      if (isUnexplained(some, day)) weight *= knew[day]?.otherwise ?? 1
    if (weight > least) {
      found.push({ set: [...chosen], weight })
      if (found.length >= 4 * most + 400) {
        found = found.sort(byWeight).slice(0, most)
        least = found.at(-1)?.weight ?? 0
      }
    }
    if (depth >= size) return
    const nextSome = once[depth + 1] as Int32Array
    const nextMore = twice[depth + 1] as Int32Array
    for (let source = from; source < sources.length; source += 1) {
      const within = prior * (odds[source] ?? 0)
      // No set that begins like this can weigh more than the lightest of those kept.
      if (within * (growth[size - depth - 1] as number) <= least) continue
      const mask = carried[source] as Int32Array
      let news = 0
      for (let word = 0; word < words; word += 1) {
        const each = mask[word] as number
        news |= each & ~(some[word] as number)
        nextMore[word] = (more[word] as number) | ((some[word] as number) & each)
        nextSome[word] = (some[word] as number) | each
      }
      if (news === 0) continue
      chosen.push(source)
      // A source without a day of its own gets none by adding more sources.
      if (isMinimal(nextSome, nextMore)) extend(source + 1, within)
      chosen.pop()
    }
  }
  extend(0, 1)
  return found
    .sort(byWeight)
    .slice(0, most)
    .map(({ set, weight }) => ({
      set,
      unexplained: knew.flatMap(({ carriers }, day) =>
        set.some(source => carriers.has(source)) ? [] : [day],
      ),
      weight,
    }))
}

type Weighed = { readonly set: readonly number[]; readonly weight: number }

function byWeight(one: Weighed, other: Weighed): number {
  return other.weight - one.weight || one.set.length - other.set.length || compare(one.set, other.set)
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, source] of one.entries())
    if (source !== other[index]) return source - (other[index] ?? -1)
  return 0
}
