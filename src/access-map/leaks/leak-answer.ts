import { type LeakCase, withUnknownSource } from '../../access-engine/leaks/leak-case.ts'
import { findLeaks } from '../../access-engine/leaks/leak-finder.ts'
import { silenceLikelihood } from '../../access-engine/leaks/leak-likelihood.ts'
import type { LeakVerdict, TurningPoint } from '../../access-engine/leaks/leak-verdict.ts'
import type { Belief } from '../../access-engine/reach/map.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { Inventory, Thing, ThingId } from '../inventory/inventory.ts'
import { drawReach } from '../picture/picture-of-reach.ts'
import { type CarrierFinder, findCarriers, type StepTaken } from './carriers.ts'
import { daysThatCount, type Guess, type LeakDay, type LeakLog, type Ruling } from './leak-log.ts'
import { type LeakTestCard, listLeakTests } from './leak-tests.ts'
import { findTestStep } from './test-step.ts'

/** How likely a thing is to be a leak before any day counts, by how surely the map says it is reached. */
export const priors: Readonly<Record<Belief | 'not-reached', number>> = {
  known: 0.3,
  suspected: 0.2,
  possible: 0.08,
  'not-reached': 0.02,
}

/** How likely it is that it was known in another way. */
export const otherwise: Readonly<Record<Guess, number>> = { hardly: 0.01, perhaps: 0.15, easily: 0.5 }

/** The name of the source that nobody has thought of, and how likely it is before any day counts. */
export const unknownSource = { id: 'unknown', label: 'Something nobody has thought of', prior: 0.05 } as const

/** The map of a case, ready to be asked what carried something. */
export type LeakContext = {
  readonly inventory: Inventory
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>
  /** Drawn including what the client no longer has: it may have told on the days when they had it. */
  readonly drawn: DrawnMap
  readonly finder: CarrierFinder
  /** The steps that were taken, by their days. */
  readonly taken: readonly StepTaken[]
}

export type RankedLeak = {
  /** A thing's id, or "unknown". */
  readonly source: string
  readonly label: string
  readonly belief: Belief | 'not-reached' | null
  readonly prior: number
  readonly now: number
  /** The least and the most when something that people get wrong is wrong, or the odds beforehand are halved or doubled. */
  readonly low: number
  readonly high: number
  /** On how many of the days they knew it carried what was known, and on how many uneventful ones. */
  readonly knew: number
  readonly uneventful: number
}

export type LeakExplanation = {
  readonly sources: readonly string[]
  /** Its share of the weight of all explanations, from 0 to 1. Uneventful days count in it. */
  readonly share: number
  readonly unexplained: readonly LeakDay[]
}

export type RankedLeakTest = LeakTestCard & { readonly bits: number }

/** What may be said of the ranking: sources with a figure that holds, or that nothing is settled and what would settle it. */
export type LeakFinding =
  | { readonly settled: true; readonly said: readonly { readonly label: string; readonly atLeast: number }[] }
  | {
      readonly settled: false
      readonly between: readonly string[]
      readonly turns: readonly TurningPoint[]
      /** The tick that the likeliest source hangs most on. */
      readonly tick: {
        readonly day: LeakDay
        readonly source: ThingId
        readonly label: string
        readonly isTicked: boolean
      } | null
      /** What tells most for its cost and danger, of all that is neither a decoy nor ruled out. */
      readonly test: RankedLeakTest | null
    }

export type LeakFindings = {
  readonly finding: LeakFinding
  readonly ranking: readonly RankedLeak[]
  readonly explanations: readonly LeakExplanation[]
  readonly tests: readonly RankedLeakTest[]
  readonly isExact: boolean
}

/** The things that may have told: those on the map, and those that any day names. */
export function findSources(log: LeakLog, context: LeakContext): readonly Thing[] {
  const named = new Set(daysThatCount(log).flatMap(day => findCarriers(day, context.finder)))
  return context.inventory.things.filter(each => !each.isGone || named.has(each.thingId))
}

/**
 * Writes the input of the leak finder from the days and the map. A thing is as likely a leak beforehand as the map is
 * sure that it is reached, and the result of a check of it counts in. Nothing is assumed about how often a leak
 * tells: the days show that. A source that nobody has thought of is always in the list.
 */
export function writeLeakCase(log: LeakLog, context: LeakContext): LeakCase {
  const beliefs = findBeliefs(context)
  const things = findSources(log, context)
  const known = new Set(things.map(each => each.thingId))
  return withUnknownSource(
    {
      sources: things.map(({ thingId, label, entry }) => {
        const prior = priors[beliefs.get(thingId) ?? 'not-reached']
        const look = context.catalogue.get(entry)?.leak.look
        const ruling = log.rulings[`look:${thingId}`]
        return { id: thingId, label, prior: look ? weighLook(prior, look, ruling) : prior, a: 1, b: 1 }
      }),
      incidents: daysThatCount(log).map(day => ({
        id: day.dayId,
        knew: day.knew,
        carriers: findCarriers(day, context.finder).filter(each => known.has(each)),
        otherwise: otherwise[day.guess],
      })),
      tests: [],
    },
    unknownSource.prior,
  )
}

/**
 * Counts in what a check showed, by how often such a check finds a leak and how often it takes something else for one
 * (Bayes).
 */
function weighLook(prior: number, look: CatalogueEntry['leak']['look'], ruling: Ruling | undefined): number {
  const times =
    ruling === 'showed'
      ? look.finds / look.errs
      : ruling === 'showed-nothing'
        ? (1 - look.finds) / (1 - look.errs)
        : 1
  const odds = (times * prior) / (1 - prior)
  return odds / (1 + odds)
}

function findBeliefs({ drawn, inventory }: LeakContext): ReadonlyMap<ThingId, Belief> {
  const all = { ...inventory, things: inventory.things.map(each => ({ ...each, isGone: false })) }
  const { nodes } = drawReach(drawn, all, findReach(drawn.map, 'possible'))
  return new Map(
    nodes.flatMap(({ id, role, belief }) =>
      belief === null || role === 'info' || role === 'suspect' ? [] : [[id, belief]],
    ),
  )
}

/** The chance that sources which do tell stayed silent on every uneventful day that they carried. */
function findSilence(set: readonly string[], leaks: LeakCase): number {
  return leaks.sources
    .filter(each => set.includes(each.id))
    .reduce((product, { id, a, b }) => {
      const unnoticed = leaks.incidents.filter(each => !each.knew && each.carriers.includes(id)).length
      return product * silenceLikelihood(a, b, unnoticed)
    }, 1)
}

/**
 * Ranks the sources, explains the days, and says what to find out next; null while there is no day on which they
 * knew.
 */
export function answerLeaks(log: LeakLog, context: LeakContext, today: string): LeakFindings | null {
  const days = daysThatCount(log)
  if (!days.some(each => each.knew)) return null
  const things = findSources(log, context)
  const sources = things.flatMap(thing => {
    const entry = context.catalogue.get(thing.entry)
    return entry ? [{ thing, entry }] : []
  })
  const without = writeLeakCase(log, context)
  const beliefs = findBeliefs(context)
  const stepOf = (thing: Thing, method: 'check' | 'decoy') =>
    findTestStep(thing, method, context.inventory, context.drawn)
  const carried = new Set(without.incidents.flatMap(each => (each.knew ? each.carriers : [])))
  // A check of a thing that carried nothing they knew says something about that thing, and nothing about these days.
  const cards = listLeakTests(sources, context.finder, today, stepOf).filter(card =>
    card.about.some(each => carried.has(each)),
  )
  const leaks = { ...without, tests: cards.map(each => each.test) }
  const found = findLeaks(leaks)
  const labelOf = (id: string): string =>
    things.find(each => each.thingId === id)?.label ?? unknownSource.label
  const count = (id: string, knew: boolean): number =>
    leaks.incidents.filter(each => each.knew === knew && each.carriers.includes(id)).length
  const weighed = found.explanations
    .map(each => ({ ...each, weight: each.weight * findSilence(each.set, leaks) }))
    .sort((one, other) => other.weight - one.weight)
  const weight = weighed.reduce((sum, each) => sum + each.weight, 0)
  const tests = found.tests.flatMap(({ id, bits }) => {
    const card = cards.find(each => each.test.id === id)
    return card ? [{ ...card, bits }] : []
  })
  return {
    isExact: found.isExact,
    finding: sayVerdict(found.verdict, days, labelOf, order => findNextTest(order, tests, log)),
    ranking: found.sources.map(({ id, probability }, place) => ({
      source: id,
      label: labelOf(id),
      belief: id === unknownSource.id ? null : (beliefs.get(id) ?? 'not-reached'),
      prior: leaks.sources.find(each => each.id === id)?.prior ?? 0,
      now: probability,
      low: found.bands[place]?.low ?? 0,
      high: found.bands[place]?.high ?? 1,
      knew: count(id, true),
      uneventful: count(id, false),
    })),
    explanations: weighed.map(each => ({
      sources: each.set,
      share: weight > 0 ? each.weight / weight : 0,
      unexplained: each.unexplained.flatMap(id => days.find(day => day.dayId === id) ?? []),
    })),
    tests,
  }
}

/** The first method that a client may be asked to take next: no decoy, not ruled out, and not done. */
function findNextTest(
  order: readonly string[],
  tests: readonly RankedLeakTest[],
  { rulings }: LeakLog,
): RankedLeakTest | null {
  for (const id of order) {
    const found = tests.find(each => each.test.id === id)
    if (found && found.method !== 'decoy' && [undefined, 'agreed'].includes(rulings[id])) return found
  }
  return null
}

function sayVerdict(
  verdict: LeakVerdict,
  days: readonly LeakDay[],
  labelOf: (id: string) => string,
  nextOf: (order: readonly string[]) => RankedLeakTest | null,
): LeakFinding {
  if (verdict.settled)
    return { settled: true, said: verdict.said.map(({ id, atLeast }) => ({ label: labelOf(id), atLeast })) }
  const day = days.find(each => each.dayId === verdict.tick?.incident)
  return {
    settled: false,
    between: verdict.between.map(labelOf),
    turns: verdict.turns,
    tick:
      day && verdict.tick
        ? {
            day,
            source: verdict.tick.source,
            label: labelOf(verdict.tick.source),
            isTicked: verdict.tick.isTicked,
          }
        : null,
    test: nextOf(verdict.tests),
  }
}
