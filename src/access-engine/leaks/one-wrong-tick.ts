import { type LeakCase, unknownId } from './leak-case.ts'
import { type FindQuadrature, type LeakTable, makeLeakTable, makeLikelihood } from './leak-likelihood.ts'

/** One tick that may be wrong: a source that is said to have carried a day, or not to have. */
export type LeakTick = { readonly incident: string; readonly source: string; readonly isTicked: boolean }

/** The tick on which a source hangs most, and the chance that is left of it when that tick is wrong. */
export type WeightyTick = LeakTick & {
  readonly chance: number
  /** The likeliest source then. */
  readonly first: string
}

/** The rivals that are weighed beside the source itself. */
const mostRivals = 5

/**
 * The tick on which a source hangs most: of all the ticks of the source and of its likeliest rivals, the one that leaves
 * the least of it when it is wrong. It compares these few sources, up to two at once. Null where no tick speaks for it.
 *
 * @param likeliest the sources of the case by their place, the likeliest first
 */
export function findWeightiestTick(
  leaks: LeakCase,
  source: number,
  likeliest: readonly number[],
  quadrature: FindQuadrature,
): WeightyTick | null {
  const few = [source, ...likeliest.filter(each => each !== source).slice(0, mostRivals)]
  const ids = few.map(each => leaks.sources[each]?.id ?? '')
  const among: LeakCase = {
    sources: few.flatMap(each => leaks.sources[each] ?? []),
    incidents: leaks.incidents.map(each => ({
      ...each,
      carriers: each.carriers.filter(id => ids.includes(id)),
    })),
    tests: [],
  }
  const table = makeLeakTable(among)
  const sets = listSets(few.length)
  const before = weigh(table, sets, quadrature)
  let worst: WeightyTick | null = null
  const tried = new Set<string>()
  for (const { id, knew, carriers, otherwise } of among.incidents) {
    for (const [at, name] of ids.entries()) {
      const isTicked = carriers.includes(name)
      // Only what would speak against the source: fewer days for it, and more for another.
      if (name === unknownId || (at === 0) === (knew !== isTicked)) continue
      const key = [name, knew, otherwise, ...ids.filter(each => carriers.includes(each))].join('\n')
      if (tried.has(key)) continue
      tried.add(key)
      const turned = turn(table, among, { id, knew, at, isTicked })
      const own = sets.filter(set => set.includes(at))
      const chances = findShares(few.length, sets, new Map([...before, ...weigh(turned, own, quadrature)]))
      const chance = chances[0] ?? 0
      if (worst !== null && chance >= worst.chance) continue
      const first = chances.indexOf(Math.max(...chances))
      worst = { incident: id, source: name, isTicked, chance, first: ids[first] ?? '' }
    }
  }
  return worst
}

/** The table with one tick the other way. */
function turn(
  table: LeakTable,
  among: LeakCase,
  tick: { readonly id: string; readonly knew: boolean; readonly at: number; readonly isTicked: boolean },
): LeakTable {
  if (!tick.knew)
    return {
      ...table,
      sources: table.sources.map((each, at) =>
        at === tick.at ? { ...each, uneventful: each.uneventful + (tick.isTicked ? -1 : 1) } : each,
      ),
    }
  const day = among.incidents.filter(each => each.knew).findIndex(each => each.id === tick.id)
  return {
    ...table,
    knew: table.knew.map((each, index) => {
      if (index !== day) return each
      const carriers = new Set(each.carriers)
      if (tick.isTicked) carriers.delete(tick.at)
      else carriers.add(tick.at)
      return { ...each, carriers }
    }),
  }
}

type SmallSet = readonly number[]

/** All sets of up to two of so many sources. */
function listSets(count: number): readonly SmallSet[] {
  const all = Array.from({ length: count }, (_, source) => source)
  return [
    [],
    ...all.map(each => [each]),
    ...all.flatMap(one => all.slice(one + 1).map(other => [one, other])),
  ]
}

function weigh(
  table: LeakTable,
  sets: readonly SmallSet[],
  quadrature: FindQuadrature,
): ReadonlyMap<SmallSet, number> {
  const likelihood = makeLikelihood(table, quadrature)
  const odds = table.sources.map(({ prior }) => prior / Math.max(1e-12, 1 - prior))
  return new Map(
    sets.map(set => [
      set,
      set.reduce((product, source) => product * (odds[source] ?? 0), likelihood(set).whole),
    ]),
  )
}

function findShares(
  count: number,
  sets: readonly SmallSet[],
  weights: ReadonlyMap<SmallSet, number>,
): readonly number[] {
  const own = new Array<number>(count).fill(0)
  let total = 0
  for (const set of sets) {
    const weight = weights.get(set) ?? 0
    total += weight
    for (const source of set) own[source] = (own[source] ?? 0) + weight
  }
  return own.map(each => (total > 0 ? each / total : 0))
}
