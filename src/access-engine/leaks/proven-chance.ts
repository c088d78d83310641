import { silenceOf, slopeOfLogGamma } from './gamma.ts'
import { type FindQuadrature, type LeakTable, makeLikelihood, silenceLikelihood } from './leak-likelihood.ts'

/** The sources whose sets are added up, and how many of them at once. */
const mostSources = 7
const mostAtOnce = 4

/**
 * The least that the chance of a source can be, where not every set of sources could be counted. What speaks for it is at
 * least the sets with it that are added up here: with each, other sources may be active and only stay silent. What speaks
 * against it is at most a bound that holds for all sets without it (`boundWithout`). Up to the points on which a set is
 * averaged, this is proven.
 *
 * @param likeliest the sources by their place, the likeliest first
 */
export function findProvenChance(
  table: LeakTable,
  source: number,
  likeliest: readonly number[],
  quadrature: FindQuadrature,
): number {
  const few = [source, ...likeliest.filter(each => each !== source)].slice(0, mostSources)
  const least = Math.log(addUpWith(table, few, quadrature)) + logOfSilent(table, few)
  return 1 / (1 + Math.exp(boundWithout(table, source) - least))
}

const oddsOf = ({ prior }: { readonly prior: number }): number => prior / Math.max(1e-12, 1 - prior)

/** The weight of all sets of up to four of these sources that have the first of them. */
function addUpWith(table: LeakTable, few: readonly number[], quadrature: FindQuadrature): number {
  const likelihood = makeLikelihood(table, quadrature)
  const odds = few.map(each => oddsOf(table.sources[each] ?? { prior: 0 }))
  let sum = 0
  const extend = (from: number, set: readonly number[], weight: number): void => {
    const sorted = set.map(at => few[at] as number).sort((one, other) => one - other)
    sum += weight * likelihood(sorted).whole
    if (set.length === mostAtOnce) return
    for (let at = from; at < few.length; at += 1) extend(at + 1, [...set, at], weight * (odds[at] as number))
  }
  extend(1, [0], odds[0] ?? 0)
  return sum
}

/** For all other sources: that they are idle, or active and silent on the uneventful days. More of them never explain less. */
function logOfSilent({ sources }: LeakTable, few: readonly number[]): number {
  return sources.reduce(
    (sum, each, source) =>
      few.includes(source)
        ? sum
        : sum + Math.log1p(oddsOf(each) * silenceLikelihood(each.a, each.b, each.uneventful)),
    0,
  )
}

/** After so many rounds the bound is good enough; each only makes it better, and every one of them holds. */
const mostRounds = 120

/**
 * The logarithm of a weight that all sets without a source together never exceed. That they knew on a day, 1 − exp(−x), is never
 * more than exp(ξx − f(ξ)), whatever ξ is; that falls apart into one factor for each source, so every set is counted at once. The ξ
 * of each day is moved to make the bound small (Jaakkola and Jordan 1999).
 */
function boundWithout({ sources, knew }: LeakTable, without: number): number {
  const others = sources.flatMap((each, source) =>
    source === without ? [] : [{ ...each, source, odds: oddsOf(each) }],
  )
  const days = knew.map(({ carriers, otherwise }) => ({
    open: -Math.log1p(-Math.min(otherwise, 1 - 1e-9)),
    carriers: others.flatMap(({ source }, at) => (carriers.has(source) ? [at] : [])),
  }))
  let slopes = days.map(() => 0.01)
  /** The second shape of each source after the days it is said to explain. */
  const shapesFor = (tried: readonly number[]): readonly number[] => {
    const shapes = others.map(({ b, uneventful }) => b + uneventful)
    for (const [day, { carriers }] of days.entries())
      for (const at of carriers) shapes[at] = (shapes[at] as number) - (tried[day] as number)
    return shapes
  }
  const activeOf = (at: number, shape: number): number => {
    const { a, b, odds } = others[at] as (typeof others)[number]
    return odds * silenceOf(a, b, shape - b)
  }
  const boundFor = (tried: readonly number[]): number => {
    const shapes = shapesFor(tried)
    if (shapes.some(each => each < 1e-3)) return Number.POSITIVE_INFINITY
    let sum = 0
    for (const [day, { open }] of days.entries()) {
      const slope = tried[day] as number
      sum += slope * open + slope * Math.log(slope) - (slope + 1) * Math.log1p(slope)
    }
    for (const [at, shape] of shapes.entries()) sum += Math.log1p(activeOf(at, shape))
    return sum
  }
  let bound = boundFor(slopes)
  for (let round = 0; round < mostRounds; round += 1) {
    const shapes = shapesFor(slopes)
    const pulls = shapes.map((shape, at) => {
      const active = activeOf(at, shape)
      const { a } = others[at] as (typeof others)[number]
      return (active / (1 + active)) * (slopeOfLogGamma(a + shape) - slopeOfLogGamma(shape))
    })
    const wanted = days.map(({ open, carriers }) =>
      Math.max(
        1e-9,
        1 / Math.max(1e-9, Math.expm1(carriers.reduce((sum, at) => sum + (pulls[at] as number), open))),
      ),
    )
    const before = bound
    for (let step = 0.5; step > 1e-3 && bound === before; step /= 2) {
      const tried = slopes.map((each, day) => each + step * ((wanted[day] as number) - each))
      const found = boundFor(tried)
      if (found < bound) {
        bound = found
        slopes = tried
      }
    }
    if (before - bound < 1e-4) break
  }
  return bound
}
