import { silenceOf } from './gamma.ts'
import { makeQuadrature, type Quadrature } from './gauss-jacobi.ts'
import type { LeakCase } from './leak-case.ts'

/** How surely a source carried what a tick says it carried, and how surely one without a tick did all the same. */
export type TickTrust = { readonly ticked: number; readonly unticked: number }

/** Every tick is as it was. */
export const everyTick: TickTrust = { ticked: 1, unticked: 0 }

/** A case by numbers: what each source carried on the days they knew, and on how many uneventful days. */
export type LeakTable = {
  readonly sources: readonly {
    readonly prior: number
    readonly a: number
    readonly b: number
    readonly uneventful: number
  }[]
  readonly knew: readonly { readonly carriers: ReadonlySet<number>; readonly otherwise: number }[]
  /** How many uneventful days there are in all. */
  readonly uneventful: number
  readonly trust: TickTrust
}

export function makeLeakTable(leaks: LeakCase, trust: TickTrust = everyTick): LeakTable {
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
    uneventful: leaks.incidents.filter(incident => !incident.knew).length,
    trust,
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

/** A signed sum has many digits up to this many days they knew. */
const fewDays = 20

/** A signed sum of up to this many terms is quicker than a grid. */
const fewTerms = 700

/** A signed sum has lost too many digits when it is smaller than this share of what was added and taken away. */
export const leastOfSum = 1e-9

/** The most points each source gets, by the number of sources at once. */
const pointsFor = [1, 64, 16, 7, 4, 3, 3, 2, 2]

/** Days they knew that the same sources of a set carried. */
type DayGroup = {
  /** The sources of the set, by their place in it: bit 0 is the first. */
  readonly bits: number
  readonly otherwise: number
  count: number
}

/** The points of a source, weighed by how likely it is to stay silent on the uneventful days. */
type RuleFor = (source: number, days: number, most: number) => Quadrature

/**
 * How likely what was seen is, if exactly this set of sources is active. How often each source tells is not known, so
 * the likelihood is averaged over it. The days they knew are grouped by the sources that carried them. For few days,
 * a sum with alternating signs over the groups is exact (inclusion and exclusion), as long as enough digits are left of
 * it. Otherwise the average is taken on a grid of points (Gauss–Jacobi quadrature): exact with one source, and with two
 * up to 30 days, and approximate with more.
 *
 * A tick that may be wrong makes a source carry that day by chance. Each is wrong by itself, so the average over all of
 * them is a source that tells less often on the days with its tick, and a little on the others.
 */
export function makeLikelihood(table: LeakTable, quadrature: FindQuadrature = keepQuadratures()) {
  const ruleFor = makeRules(table, quadrature)
  const groupDays = makeGrouping(table)
  const isSure = table.trust.ticked === 1 && table.trust.unticked === 0
  return (active: readonly number[], extras: readonly ReadonlySet<number>[] = []): Likelihood => {
    const groups = groupDays(active)
    const extraBits = extras.map(extra => bitsOf(active, extra))
    const days = groups.reduce((sum, group) => sum + (group.bits === 0 ? 0 : group.count), 0)
    const terms = groups.reduce((product, group) => product * (group.bits === 0 ? 1 : group.count + 1), 1)
    const isShort = terms <= fewTerms || (active.length > 4 && terms <= 5 * fewTerms)
    const summed =
      isSure && active.length > 1 && days <= fewDays && isShort
        ? sumAll(table, active, groups, [0, ...extraBits])
        : null
    const [whole = 0, ...withSilence] =
      summed ?? averageOnGrid(layGrid(table, active, groups, ruleFor), groups, extraBits, table.trust)
    return { whole, withSilence }
  }
}

/** Points by their shape and number, each found once. */
export type FindQuadrature = (alpha: number, beta: number, count: number) => Quadrature

export function keepQuadratures(): FindQuadrature {
  const kept = new Map<string, Quadrature>()
  return (alpha, beta, count) => {
    const key = `${alpha} ${beta} ${count}`
    const rule = kept.get(key) ?? makeQuadrature(alpha, beta, count)
    kept.set(key, rule)
    return rule
  }
}

/**
 * The points for one source, kept for the next set that has it. They lie where silence on the uneventful days puts
 * them; where ticks may be wrong, the weights make up for the difference.
 */
function makeRules({ sources, uneventful: all, trust }: LeakTable, quadrature: FindQuadrature): RuleFor {
  const rules = new Map<string, Quadrature>()
  return (source, days, most) => {
    const { a, b, uneventful } = sources[source] ?? { a: 1, b: 1, uneventful: 0 }
    const isSure = trust.ticked === 1 && trust.unticked === 0
    const count = Math.max(1, Math.min(isSure ? Math.floor(days / 2) + 1 : most, most))
    const key = `${source} ${count}`
    const kept = rules.get(key)
    if (kept) return kept
    const near = trust.ticked * uneventful + trust.unticked * (all - uneventful)
    const { points, weights } = quadrature(b + near, a, count)
    const scale = isSure ? silenceLikelihood(a, b, uneventful) : silenceOf(a, b, near)
    const rule = {
      points,
      weights: weights.map((weight, at) => {
        if (isSure) return weight * scale
        const tells = 1 - (points[at] as number)
        const silent =
          uneventful * Math.log1p(-trust.ticked * tells) +
          (all - uneventful) * Math.log1p(-trust.unticked * tells) -
          near * Math.log1p(-tells)
        return weight * scale * Math.exp(silent)
      }),
    }
    rules.set(key, rule)
    return rule
  }
}

const bitsOf = (active: readonly number[], carriers: ReadonlySet<number>): number =>
  active.reduce((bits, source, index) => bits + (carriers.has(source) ? 2 ** index : 0), 0)

type Grouping = (active: readonly number[]) => readonly DayGroup[]

/** Groups the days they knew by the sources of a set that carried them and by how likely they were known otherwise. */
function makeGrouping({ sources, knew }: LeakTable): Grouping {
  const carried = sources.map((_, source) => Uint8Array.from(knew, day => (day.carriers.has(source) ? 1 : 0)))
  const kinds = [...new Set(knew.map(day => day.otherwise))]
  const kindOf = Uint16Array.from(knew, day => kinds.indexOf(day.otherwise))
  const keys = new Int32Array(knew.length)
  return active => {
    keys.set(kindOf)
    for (let index = 0; index < active.length; index += 1) {
      const own = carried[active[index] as number] as Uint8Array
      const bit = kinds.length * 2 ** index
      for (let day = 0; day < keys.length; day += 1)
        if (own[day] === 1) keys[day] = (keys[day] as number) + bit
    }
    const groups = new Map<number, DayGroup>()
    for (const key of keys) {
      const group = groups.get(key)
      if (group) group.count += 1
      else
        groups.set(key, {
          bits: Math.floor(key / kinds.length),
          otherwise: kinds[key % kinds.length] as number,
          count: 1,
        })
    }
    return [...groups.values()]
  }
}

/** The points of each source of the set. A source that carried more of the days gets more. */
function layGrid(
  { knew }: LeakTable,
  active: readonly number[],
  groups: readonly DayGroup[],
  ruleFor: RuleFor,
): readonly Quadrature[] {
  const most = pointsFor[active.length] ?? 2
  return active.map((source, index) => {
    const own = groups.filter(group => Math.floor(group.bits / 2 ** index) % 2 === 1)
    return ruleFor(
      source,
      Math.min(
        knew.length,
        own.reduce((sum, group) => sum + group.count, 0),
      ) + 1,
      most,
    )
  })
}

/** The average over every point of the grid: first for all days, then with silence on each list of extra carriers. */
function averageOnGrid(
  grid: readonly Quadrature[],
  groups: readonly DayGroup[],
  extraBits: readonly number[],
  { ticked, unticked }: TickTrust,
): readonly number[] {
  const sums = new Float64Array(extraBits.length + 1)
  const size = groups.length
  const counts = Int32Array.from(groups, group => group.count)
  const open = Float64Array.from(groups, group => 1 - group.otherwise)
  const bitsAt = [...groups.map(group => group.bits), ...extraBits]
  // For each depth the product of the silences so far, for every group and then for every extra list.
  const silent = Array.from({ length: grid.length + 1 }, () => new Float64Array(bitsAt.length).fill(1))
  const has = grid.map((_, index) => Uint8Array.from(bitsAt, bits => (bits >> index) & 1))
  // A group is settled at the depth of its last source: calculated there, and not again at every point below.
  const last = (bits: number): number =>
    unticked > 0 ? grid.length - 1 : bits === 0 ? 0 : Math.floor(Math.log2(bits))
  const settled = grid.map((_, index) =>
    groups.flatMap((group, at) => (last(group.bits) === index ? [at] : [])),
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
    const own = has[depth] as Uint8Array
    const done = settled[depth] as readonly number[]
    if (depth === grid.length - 1 && extraBits.length === 0) {
      // Most points are here, and nothing comes after them.
      for (let point = 0; point < rule.points.length; point += 1) {
        const tells = 1 - (rule.points[point] as number)
        const [on, off] = [1 - ticked * tells, 1 - unticked * tells]
        let value = weight * (rule.weights[point] as number)
        for (let index = 0; index < done.length; index += 1) {
          const at = done[index] as number
          const left = (so[at] as number) * (own[at] === 1 ? on : off)
          value *= power(1 - (open[at] as number) * left, counts[at] as number)
        }
        sums[0] = (sums[0] as number) + value
      }
      return
    }
    const next = silent[depth + 1] as Float64Array
    for (let point = 0; point < rule.points.length; point += 1) {
      const tells = 1 - (rule.points[point] as number)
      const [on, off] = [1 - ticked * tells, 1 - unticked * tells]
      for (let at = 0; at < own.length; at += 1) next[at] = (so[at] as number) * (own[at] === 1 ? on : off)
      let value = weight * (rule.weights[point] as number)
      for (const at of done)
        value *= power(1 - (open[at] as number) * (next[at] as number), counts[at] as number)
      walk(depth + 1, value)
    }
  }
  // With no source at all, every day they knew was known otherwise.
  const none =
    grid.length === 0 ? groups.reduce((product, { otherwise, count }) => product * otherwise ** count, 1) : 1
  walk(0, none)
  return [...sums]
}

/** A power by squaring: much quicker than Math.pow for the few days of a group. */
function power(base: number, times: number): number {
  let result = 1
  for (let left = times, square = base; left > 0; left >>= 1, square *= square) if (left & 1) result *= square
  return result
}

/** The signed sum for each list of extra carriers; null when too few digits are left of one. */
function sumAll(
  table: LeakTable,
  active: readonly number[],
  groups: readonly DayGroup[],
  extraBits: readonly number[],
): readonly number[] | null {
  const sums: number[] = []
  for (const bits of extraBits) {
    const { sum, size } = sumWithSigns(table, active, groups, bits)
    if (!(sum > leastOfSum * size)) return null
    sums.push(sum)
  }
  return sums
}

function sumWithSigns(
  table: LeakTable,
  active: readonly number[],
  groups: readonly DayGroup[],
  extraBits: number,
): { readonly sum: number; readonly size: number } {
  const times = active.map((_, index) => Math.floor(extraBits / 2 ** index) % 2)
  const moment = active.map(source => {
    const { a, b, uneventful } = table.sources[source] ?? { a: 1, b: 1, uneventful: 0 }
    return { a, b: b + uneventful, constant: silenceLikelihood(a, b, uneventful) }
  })
  let sum = 0
  let size = 0
  const walk = (at: number, factor: number): void => {
    const group = groups[at]
    if (!group) {
      const term = moment.reduce(
        (product, { a, b, constant }, index) =>
          product * constant * silenceLikelihood(a, b, times[index] ?? 0),
        factor,
      )
      sum += term
      size += Math.abs(term)
      return
    }
    if (group.bits === 0) {
      walk(at + 1, factor * group.otherwise ** group.count)
      return
    }
    let choose = 1
    for (let taken = 0; taken <= group.count; taken += 1) {
      walk(at + 1, factor * choose * (group.otherwise - 1) ** taken)
      choose = (choose * (group.count - taken)) / (taken + 1)
      for (let index = 0; index < active.length; index += 1)
        if (Math.floor(group.bits / 2 ** index) % 2 === 1) times[index] = (times[index] ?? 0) + 1
    }
    for (let index = 0; index < active.length; index += 1)
      if (Math.floor(group.bits / 2 ** index) % 2 === 1) times[index] = (times[index] ?? 0) - group.count - 1
  }
  walk(0, 1)
  return { sum, size }
}
