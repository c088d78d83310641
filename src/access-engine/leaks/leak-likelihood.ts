import { makeQuadrature, type Quadrature } from './gauss-jacobi.ts'
import type { LeakCase } from './leak-case.ts'

/** A case by numbers: what each source carried on the days they knew, and on how many uneventful days. */
export type LeakTable = {
  readonly sources: readonly {
    readonly prior: number
    readonly a: number
    readonly b: number
    readonly uneventful: number
  }[]
  readonly knew: readonly { readonly carriers: ReadonlySet<number>; readonly otherwise: number }[]
}

export function makeLeakTable(leaks: LeakCase): LeakTable {
  const at = new Map(leaks.sources.map((source, index) => [source.id, index]))
  const uneventful = new Array<number>(leaks.sources.length).fill(0)
  for (const incident of leaks.incidents) {
    if (incident.knew) continue
    for (const id of incident.carriers) uneventful[at.get(id) ?? -1] = (uneventful[at.get(id) ?? -1] ?? 0) + 1
  }
  return {
    sources: leaks.sources.map(({ prior, a, b }, index) => ({
      prior,
      a,
      b,
      uneventful: uneventful[index] ?? 0,
    })),
    knew: leaks.incidents
      .filter(incident => incident.knew)
      .map(({ carriers, otherwise }) => ({
        carriers: new Set(carriers.map(id => at.get(id) ?? -1)),
        otherwise,
      })),
  }
}

/** The chance that a source stays silent n times: the mean of u to the power of n, where u follows Beta(b, a). */
export function silenceLikelihood(a: number, b: number, times: number): number {
  let mean = 1
  for (let k = 0; k < times; k += 1) mean *= (b + k) / (a + b + k)
  return mean
}

export type Likelihood = {
  /** How likely everything that was seen is, if exactly these sources are active. */
  readonly whole: number
  /** For each list of extra carriers: the same, and that they stay silent too. */
  readonly withSilence: readonly number[]
}

/** The signed sum is exact to many digits up to this many days they knew. From about thirty it loses them. */
const fewDays = 20

/** A signed sum of up to this many terms is quicker than a grid. */
const fewTerms = 700

/** The most points each source gets, by the number of sources at once. */
const pointsFor = [1, 64, 16, 7, 4, 3, 3, 2, 2]

/** Days they knew that the same sources of a set carried. */
type DayGroup = {
  /** The sources of the set, by their place in it: bit 0 is the first. */
  readonly bits: number
  readonly otherwise: number
  count: number
}

type RuleFor = (source: number, days: number, most: number) => Quadrature

/**
 * How likely what was seen is, if exactly this set of sources is active. How often each source tells is not known, so
 * the likelihood is averaged over it. The days they knew are grouped by the sources that carried them. For few days,
 * a sum with alternating signs over the groups is exact (inclusion and exclusion). For more days the average is taken
 * on a grid of points (Gauss–Jacobi quadrature): exact with one source, and with two up to 30 days, and approximate
 * with more.
 */
export function makeLikelihood(table: LeakTable) {
  const ruleFor = makeRules(table)
  return (active: readonly number[], extras: readonly ReadonlySet<number>[] = []): Likelihood => {
    const { constant, groups } = groupDays(table, active)
    const extraBits = extras.map(extra => bitsOf(active, extra))
    const days = groups.reduce((sum, group) => sum + group.count, 0)
    const terms = groups.reduce((product, group) => product * (group.count + 1), 1)
    const isSummed = days <= fewDays && (terms <= fewTerms || (active.length > 4 && terms <= 5 * fewTerms))
    const means = isSummed
      ? [0, ...extraBits].map(bits => sumWithSigns(table, active, groups, bits))
      : averageOnGrid(layGrid(active, groups, ruleFor), groups, extraBits)
    return { whole: constant * (means[0] ?? 0), withSilence: means.slice(1).map(mean => constant * mean) }
  }
}

/** The points for one source, kept for the next set that has it. */
function makeRules(table: LeakTable): RuleFor {
  const rules = new Map<string, Quadrature>()
  return (source, days, most) => {
    const count = Math.max(1, Math.min(Math.floor(days / 2) + 1, most))
    const key = `${source} ${count}`
    const { a, b, uneventful } = table.sources[source] ?? { a: 1, b: 1, uneventful: 0 }
    const rule = rules.get(key) ?? makeQuadrature(b + uneventful, a, count)
    rules.set(key, rule)
    return rule
  }
}

const bitsOf = (active: readonly number[], carriers: ReadonlySet<number>): number =>
  active.reduce((bits, source, index) => bits + (carriers.has(source) ? 2 ** index : 0), 0)

/**
 * The groups of days, and the factor that does not depend on how often sources tell: silence, and days that none of
 * them carried.
 */
function groupDays(
  table: LeakTable,
  active: readonly number[],
): { readonly constant: number; readonly groups: readonly DayGroup[] } {
  let constant = 1
  for (const source of active) {
    const { a, b, uneventful } = table.sources[source] ?? { a: 1, b: 1, uneventful: 0 }
    constant *= silenceLikelihood(a, b, uneventful)
  }
  const groups = new Map<string, DayGroup>()
  for (const { carriers, otherwise } of table.knew) {
    const bits = bitsOf(active, carriers)
    if (bits === 0) {
      constant *= otherwise
      continue
    }
    const key = `${bits} ${otherwise}`
    const group = groups.get(key)
    if (group) group.count += 1
    else groups.set(key, { bits, otherwise, count: 1 })
  }
  return { constant, groups: [...groups.values()] }
}

/** The points of each source of the set. A source that carried more of the days gets more. */
function layGrid(
  active: readonly number[],
  groups: readonly DayGroup[],
  ruleFor: RuleFor,
): readonly Quadrature[] {
  const most = pointsFor[active.length] ?? 2
  return active.map((source, index) => {
    const own = groups.filter(group => Math.floor(group.bits / 2 ** index) % 2 === 1)
    return ruleFor(source, own.reduce((sum, group) => sum + group.count, 0) + 1, most)
  })
}

/** The average over every point of the grid: first for all days, then with silence on each list of extra carriers. */
function averageOnGrid(
  grid: readonly Quadrature[],
  groups: readonly DayGroup[],
  extraBits: readonly number[],
): readonly number[] {
  const sums = new Float64Array(extraBits.length + 1)
  const size = groups.length
  const counts = Int32Array.from(groups, group => group.count)
  const open = Float64Array.from(groups, group => 1 - group.otherwise)
  // For each depth the product of the silences so far, for every group and then for every extra list.
  const silent = Array.from({ length: grid.length + 1 }, () =>
    new Float64Array(size + extraBits.length).fill(1),
  )
  const touched = grid.map((_, index) =>
    [...groups.map(group => group.bits), ...extraBits].flatMap((bits, at) =>
      (bits >> index) & 1 ? [at] : [],
    ),
  )
  // A group is settled at the depth of its last source: calculated there, and not again at every point below.
  const settled = grid.map((_, index) =>
    groups.flatMap((group, at) => (Math.floor(Math.log2(group.bits)) === index ? [at] : [])),
  )
  const walk = (depth: number, weight: number): void => {
    const so = silent[depth] as Float64Array
    const rule = grid[depth]
    if (!rule) {
      sums[0] = (sums[0] as number) + weight
      for (let at = 1; at < sums.length; at += 1)
        sums[at] = (sums[at] as number) + weight * (so[size + at - 1] as number)
      return
    }
    const next = silent[depth + 1] as Float64Array
    const own = touched[depth] as readonly number[]
    const done = settled[depth] as readonly number[]
    for (let point = 0; point < rule.points.length; point += 1) {
      const u = rule.points[point] as number
      next.set(so)
      for (const at of own) next[at] = (so[at] as number) * u
      let value = weight * (rule.weights[point] as number)
      for (const at of done)
        value *= power(1 - (open[at] as number) * (next[at] as number), counts[at] as number)
      walk(depth + 1, value)
    }
  }
  walk(0, 1)
  return [...sums]
}

/** A power by squaring: much quicker than Math.pow for the few days of a group. */
function power(base: number, times: number): number {
  let result = 1
  for (let left = times, square = base; left > 0; left >>= 1, square *= square) if (left & 1) result *= square
  return result
}

function sumWithSigns(
  table: LeakTable,
  active: readonly number[],
  groups: readonly { readonly bits: number; readonly otherwise: number; readonly count: number }[],
  extraBits: number,
): number {
  const times = active.map((_, index) => Math.floor(extraBits / 2 ** index) % 2)
  const moment = active.map(source => {
    const { a, b, uneventful } = table.sources[source] ?? { a: 1, b: 1, uneventful: 0 }
    return { a, b: b + uneventful }
  })
  const walk = (at: number, factor: number): number => {
    const group = groups[at]
    if (!group)
      return moment.reduce(
        (product, { a, b }, index) => product * silenceLikelihood(a, b, times[index] ?? 0),
        factor,
      )
    let sum = 0
    let choose = 1
    for (let taken = 0; taken <= group.count; taken += 1) {
      sum += walk(at + 1, factor * choose * (group.otherwise - 1) ** taken)
      choose = (choose * (group.count - taken)) / (taken + 1)
      for (let index = 0; index < active.length; index += 1)
        if (Math.floor(group.bits / 2 ** index) % 2 === 1) times[index] = (times[index] ?? 0) + 1
    }
    for (let index = 0; index < active.length; index += 1)
      if (Math.floor(group.bits / 2 ** index) % 2 === 1) times[index] = (times[index] ?? 0) - group.count - 1
    return sum
  }
  return walk(0, 1)
}
