import { makeQuadrature } from './gauss-jacobi.ts'
import { type LeakTable, leastOfSum, makeLikelihood, silenceLikelihood } from './leak-likelihood.ts'

/** The sum is taken up to this many products and this many days they knew. Beyond, it takes too long and loses digits. */
const mostProducts = 800_000
const mostDays = 20

/**
 * The chance that each source is active, over every set of sources, exactly: one signed sum over the days they knew, each
 * source averaged by itself (Quickscore, Heckerman 1989). Null when that would take too long, or when too few digits are
 * left of it.
 *
 * @param atLeast counts only sets of so many sources: any number, or two and more
 */
export function sumOverAll(table: LeakTable, atLeast: 0 | 2 = 0): readonly number[] | null {
  const { sources, knew } = table
  if (knew.length > mostDays) return null
  const list = groupByCarriers(knew)
  const terms = list.reduce((product, group) => product * (group.count + 1), 1)
  if (terms * sources.length > mostProducts) return null
  const side = knew.length + 1
  const own = makeMoments(table)
  const priors = sources.map(each => each.prior)
  const times = new Int32Array(sources.length)
  const active = new Float64Array(sources.length)
  const sizes = new Float64Array(sources.length)
  let total = 0
  let size = 0
  const walk = (at: number, factor: number, days: number): void => {
    const group = list[at]
    if (!group) {
      let product = factor
      for (let source = 0; source < priors.length; source += 1) {
        const on = (own[source] as Float64Array)[(times[source] as number) * side + days] as number
        product *= 1 - (priors[source] as number) + on
      }
      total += product
      size += Math.abs(product)
      for (let source = 0; source < priors.length; source += 1) {
        const on = (own[source] as Float64Array)[(times[source] as number) * side + days] as number
        const part = (product * on) / Math.max(1e-300, 1 - (priors[source] as number) + on)
        active[source] = (active[source] as number) + part
        sizes[source] = (sizes[source] as number) + Math.abs(part)
      }
      return
    }
    let choose = 1
    for (let taken = 0; taken <= group.count; taken += 1) {
      walk(at + 1, factor * choose * (group.otherwise - 1) ** taken, days + taken)
      choose = (choose * (group.count - taken)) / (taken + 1)
      for (const source of group.carriers) times[source] = (times[source] as number) + 1
    }
    for (const source of group.carriers) times[source] = (times[source] as number) - group.count - 1
  }
  walk(0, 1, 0)
  if (!(total > leastOfSum * size)) return null
  if (atLeast === 2) {
    const { none, alone } = weighFew(table)
    const whole = total - none - alone.reduce((sum, each) => sum + each, 0)
    if (!(whole > 1e-6 * total)) return null
    return [...active].map((each, source) => within((each - (alone[source] as number)) / whole))
  }
  return [...active].map(each => within(each / total))
}

const within = (share: number): number => Math.min(1, Math.max(0, share))

function groupByCarriers(knew: LeakTable['knew']) {
  const groups = new Map<string, { carriers: readonly number[]; otherwise: number; count: number }>()
  for (const { carriers, otherwise } of knew) {
    const list = [...carriers].sort((one, other) => one - other)
    const key = `${list.join(',')} ${otherwise}`
    const group = groups.get(key)
    if (group) group.count += 1
    else groups.set(key, { carriers: list, otherwise, count: 1 })
  }
  return [...groups.values()]
}

/**
 * For each source the chance that it is active and stays silent on the uneventful days and on more days besides: by how
 * many of those it carried, and by how many there are in all.
 */
function makeMoments({ sources, knew, uneventful: all, trust }: LeakTable): readonly Float64Array[] {
  const side = knew.length + 1
  const kept = new Map<string, Float64Array>()
  return sources.map(({ prior, a, b, uneventful }) => {
    const key = `${prior} ${a} ${b} ${uneventful}`
    const known = kept.get(key)
    if (known) return known
    const moments = new Float64Array(side * side)
    kept.set(key, moments)
    if (trust.ticked === 1 && trust.unticked === 0) {
      for (let ticked = 0; ticked < side; ticked += 1)
        moments.fill(prior * silenceLikelihood(a, b, uneventful + ticked), ticked * side, (ticked + 1) * side)
      return moments
    }
    const { points, weights } = makeQuadrature(b, a, Math.floor((all + knew.length) / 2) + 1)
    for (let point = 0; point < points.length; point += 1) {
      const tells = 1 - (points[point] as number)
      const [on, off] = [1 - trust.ticked * tells, 1 - trust.unticked * tells]
      let first = prior * (weights[point] as number) * on ** uneventful * off ** (all - uneventful)
      for (let ticked = 0; ticked < side; ticked += 1) {
        let value = first
        for (let days = ticked; days < side; days += 1) {
          moments[ticked * side + days] = (moments[ticked * side + days] as number) + value
          value *= off
        }
        first *= on
      }
    }
    return moments
  })
}

/** The weight of no source at all, and of each source alone, as the sum over all sets counts them. */
function weighFew(table: LeakTable): { readonly none: number; readonly alone: readonly number[] } {
  const likelihood = makeLikelihood(table)
  const idle = table.sources.reduce((product, { prior }) => product * (1 - prior), 1)
  return {
    none: idle * likelihood([]).whole,
    alone: table.sources.map(
      ({ prior }, source) => (idle * prior * likelihood([source]).whole) / Math.max(1e-12, 1 - prior),
    ),
  }
}
