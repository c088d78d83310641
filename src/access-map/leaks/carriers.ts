import { findReach } from '../../access-engine/reach/reach.ts'
import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { Inventory, Thing, ThingId } from '../inventory/inventory.ts'
import type { Situation } from '../inventory/situation.ts'
import type { InfoKind } from '../mechanism/info-kind.ts'
import type { KnowledgeKind, LeakDay, LeakDayWords } from './leak-log.ts'
import { makeReadingFilter } from './reading-places.ts'

/** A step of the lock-out plan that was taken, and the day. */
export type StepTaken = { readonly step: string; readonly on: string }

/** Whether a thing always learns this kind of information, or only with some settings. */
export type Carrying = 'surely' | 'perhaps'

type Occasion = Pick<LeakDayWords, 'kind' | 'on'> & {
  readonly situations: readonly Situation[]
  /** Where a message was written or read; left out or empty when nobody knows. */
  readonly readAt?: readonly string[]
}

export type CarrierFinder = (occasion: Occasion) => ReadonlyMap<ThingId, Carrying>

const infosOf: Readonly<Record<KnowledgeKind, readonly InfoKind[]>> = {
  location: ['location'],
  plan: ['plans'],
  message: ['messages', 'calls'],
  voice: ['sound'],
  picture: ['pictures', 'video'],
  met: ['contacts'],
  bought: ['money', 'browsing'],
}

/** Learnt only by what is there when it happens. Everything else stays where it was written down. */
const live: readonly InfoKind[] = ['location', 'home', 'sound', 'video']

/** The pieces of information that would give away what was known. */
function findInfos({ kind, situations }: Occasion): readonly InfoKind[] {
  const infos = [...infosOf[kind]]
  if (kind === 'location' && situations.includes('home')) infos.push('home')
  if ((kind === 'location' || kind === 'met') && situations.includes('arranged')) infos.push('plans')
  return infos
}

/**
 * Makes the rule for which things on the map carried what was known on a day: those that learn that kind of
 * information and were near enough. If nobody remembers where the client was, everything was near. A thing carries
 * nothing from the day on which a step closed it. A thing that the answers deny altogether is still a carrier,
 * because the answers may be wrong.
 *
 * @param drawn the map with everything on it that any day speaks of
 * @param taken the steps of the lock-out plan that were taken, by day
 */
export function makeCarrierFinder(
  drawn: DrawnMap,
  inventory: Inventory,
  catalogue: ReadonlyMap<string, CatalogueEntry>,
  taken: readonly StepTaken[] = [],
): CarrierFinder {
  const gives = new Map<ThingId, { node: string; info: string; carrying: Carrying }[]>()
  for (const rule of drawn.map.rules) {
    const [node = ''] = rule.from
    const thingId = drawn.cameFrom.get(node)
    if (!rule.to.startsWith('info:') || thingId === undefined) continue
    const carrying = rule.belief === 'possible' ? 'perhaps' : 'surely'
    gives.set(thingId, [...(gives.get(thingId) ?? []), { node, info: rule.to.slice(5), carrying }])
  }
  // Nobody knows on which days a habit was kept to.
  const closing = taken.filter(({ step }) => !drawn.habits.has(step))
  const open = makeOpenFinder(drawn, closing)

  const carryingOf = (
    thing: Thing,
    entry: CatalogueEntry,
    occasion: Occasion,
    hasRead: (thing: Thing) => boolean,
  ): Carrying | null => {
    const isOpen = open(occasion.on)
    let found: Carrying | null = null
    for (const info of findInfos(occasion)) {
      if ((info === 'messages' || info === 'calls') && !hasRead(thing)) continue
      const places = live.includes(info) ? entry.leak.near : entry.leak.keptNear
      if (!isNear(places, occasion.situations)) continue
      for (const each of gives.get(thing.thingId) ?? []) {
        if (each.info !== info || !isOpen(each.node)) continue
        if (found === null || each.carrying === 'surely') found = each.carrying
      }
    }
    return found
  }

  return occasion => {
    const found = new Map<ThingId, Carrying>()
    const hasRead = makeReadingFilter(inventory, catalogue, occasion.readAt ?? [])
    for (const thing of inventory.things) {
      const entry = catalogue.get(thing.entry)
      const carrying = entry && carryingOf(thing, entry, occasion, hasRead)
      // What the client no longer has may still have been there. A person has to say so.
      if (carrying) found.set(thing.thingId, thing.isGone ? 'perhaps' : carrying)
    }
    return found
  }
}

function isNear(places: readonly Situation[], were: readonly Situation[]): boolean {
  return places.length === 0 || were.length === 0 || places.some(each => were.includes(each))
}

/** For a day: whether a part of a thing can still be reached, or could never be. */
function makeOpenFinder(
  drawn: DrawnMap,
  taken: readonly StepTaken[],
): (on: string) => (node: string) => boolean {
  const known = new Set(drawn.map.steps.map(step => step.id))
  const reachedAfter = new Map<string, ReadonlySet<string>>()
  const reach = (steps: readonly string[]): ReadonlySet<string> => {
    const key = steps.join(' ')
    const before = reachedAfter.get(key)
    if (before) return before
    const nodes = new Set(findReach(drawn.map, 'possible', { taken: steps }).map(each => each.node))
    reachedAfter.set(key, nodes)
    return nodes
  }
  return on => {
    const steps = taken.filter(each => each.on <= on && known.has(each.step)).map(each => each.step)
    if (steps.length === 0) return () => true
    const first = reach([])
    const now = reach(steps.toSorted())
    return node => now.has(node) || !first.has(node)
  }
}

/** What the map proposes to tick: what surely carried it. */
export function proposeCarriers(finder: CarrierFinder, occasion: Occasion): readonly ThingId[] {
  return [...finder(occasion)].filter(([, carrying]) => carrying === 'surely').map(([thingId]) => thingId)
}

/** What counts as having carried it: what was recorded, and what the map proposes of things added since. */
export function findCarriers(day: LeakDay, finder: CarrierFinder): readonly ThingId[] {
  const since = proposeCarriers(finder, day).filter(thingId => !day.asked.includes(thingId))
  return [...new Set([...day.carriers, ...since])]
}
