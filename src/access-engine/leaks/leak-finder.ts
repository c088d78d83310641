import type { LeakCase, LeakTest } from './leak-case.ts'
import { findChancesInDoubt } from './leak-doubts.ts'
import { type Explanation, findExplanations } from './leak-explanations.ts'
import { keepQuadratures, type LeakTable, makeLeakTable, makeLikelihood } from './leak-likelihood.ts'
import { findPosterior, type LeakPosterior } from './leak-posterior.ts'
import { decideLeakVerdict, type LeakVerdict } from './leak-verdict.ts'
import { entropy, worth } from './test-worth.ts'

export type RankedSource = { readonly id: string; readonly probability: number }
export type RankedTest = {
  readonly id: string
  readonly bits: number
  readonly cost: number
  readonly risk: number
}

/** How far the chance of a source moves when something that people get wrong is wrong. */
export type SourceBand = { readonly id: string; readonly low: number; readonly high: number }

export type LeakAnswer = {
  /** The likeliest first. A ranking is never proof. */
  readonly sources: readonly RankedSource[]
  /** For each source, in the same order: its chance at worst and at best. */
  readonly bands: readonly SourceBand[]
  /** What may be said of all this. */
  readonly verdict: LeakVerdict
  readonly explanations: readonly {
    readonly set: readonly string[]
    readonly unexplained: readonly string[]
    readonly weight: number
  }[]
  /** What to find out next: most information for its cost and risk first. */
  readonly tests: readonly RankedTest[]
  /** True when all sets of sources were counted; false when only the weightiest sets of up to four at once were. */
  readonly isExact: boolean
}

/**
 * Answers three questions from the days they knew something, the days they did not, and what carried it: how likely
 * each source is to be the leak, which smallest sets explain everything, and which test would tell most. It also says
 * what of that still holds when people got something wrong.
 */
export function findLeaks(leaks: LeakCase): LeakAnswer {
  const table = makeLeakTable(leaks)
  const quadrature = keepQuadratures()
  const posterior = findPosterior(table, quadrature)
  const sources = rank(leaks, posterior.probability)
  const tests = rankTests(leaks, table, posterior)
  const chances = {
    plain: posterior.probability,
    ...findChancesInDoubt(leaks, posterior.probability, quadrature),
  }
  const { verdict, atWorst } = decideLeakVerdict(
    leaks,
    chances,
    new Map(tests.map(each => [each.id, each.bits])),
    quadrature,
    posterior.isExact,
  )
  const name = (source: number): string => leaks.sources[source]?.id ?? ''
  const days = leaks.incidents.filter(incident => incident.knew).map(incident => incident.id)
  const all = [...Object.values(chances), posterior.withOdds(0.5), posterior.withOdds(2)]
  const bands = new Map(
    leaks.sources.map(({ id }, source): [string, SourceBand] => {
      const list = all.map(each => each[source] ?? 0)
      const low = Math.min(...list, atWorst.get(id) ?? 1)
      return [id, { id, low, high: Math.max(...list) }]
    }),
  )
  return {
    sources,
    bands: sources.flatMap(({ id }) => bands.get(id) ?? []),
    verdict,
    explanations: findExplanations(table).map(({ set, unexplained, weight }: Explanation) => ({
      set: set.map(name),
      unexplained: unexplained.map(day => days[day] ?? ''),
      weight,
    })),
    tests,
    isExact: posterior.isExact,
  }
}

/**
 * The ranking with the odds of every prior halved, and doubled. What is at the top in both does not depend on the
 * priors.
 */
export type LeakSensitivity = {
  readonly halved: readonly RankedSource[]
  readonly doubled: readonly RankedSource[]
}

/** How much the ranking depends on the priors. */
export function findSensitivity(leaks: LeakCase): LeakSensitivity {
  const { withOdds } = findPosterior(makeLeakTable(leaks))
  return { halved: rank(leaks, withOdds(0.5)), doubled: rank(leaks, withOdds(2)) }
}

function rank(leaks: LeakCase, chances: readonly number[]): readonly RankedSource[] {
  return chances
    .map((probability, source) => ({ id: leaks.sources[source]?.id ?? '', probability }))
    .sort((one, other) => other.probability - one.probability || (one.id < other.id ? -1 : 1))
}

/** How much each test is expected to tell about which sources are active, in bits. */
function rankTests(leaks: LeakCase, table: LeakTable, posterior: LeakPosterior): readonly RankedTest[] {
  const at = new Map(leaks.sources.map((source, index) => [source.id, index]))
  const arranged = leaks.tests.flatMap(test => ('carriers' in test ? [test] : []))
  const extras = arranged.map(test => new Set(test.carriers.map(id => at.get(id) ?? -1)))
  const likelihood = makeLikelihood(table)
  const heavy: {
    readonly set: readonly number[]
    readonly share: number
    readonly silent: readonly number[]
  }[] = []
  let mass = 0
  for (const { set, share } of posterior.sets) {
    if (leaks.tests.length === 0 || mass > 0.999 || heavy.length >= 150) break
    mass += share
    const { whole, withSilence } = likelihood(set, extras)
    heavy.push({ set, share, silent: withSilence.map(each => (whole > 0 ? each / whole : 1)) })
  }
  const chanceOf = (test: LeakTest, { set, silent }: (typeof heavy)[number]): number => {
    if ('source' in test) return set.includes(at.get(test.source) ?? -1) ? test.hit : test.falseAlarm
    return 1 - (1 - test.otherwise) * (silent[arranged.indexOf(test)] ?? 1)
  }
  return leaks.tests
    .map(test => {
      let chance = 0
      let within = 0
      for (const set of heavy) {
        const own = chanceOf(test, set)
        chance += (set.share / mass) * own
        within += (set.share / mass) * entropy(own)
      }
      const bits = mass > 0 ? Math.max(0, entropy(chance) - within) : 0
      return { id: test.id, bits, cost: test.cost, risk: test.risk }
    })
    .sort((one, other) => worth(other) - worth(one) || (one.id < other.id ? -1 : 1))
}
