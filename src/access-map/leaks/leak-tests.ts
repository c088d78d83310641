import type { LeakTest } from '../../access-engine/leaks/leak-case.ts'
import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { Thing, ThingId } from '../inventory/inventory.ts'
import type { Situation } from '../inventory/situation.ts'
import { type CarrierFinder, proposeCarriers } from './carriers.ts'
import type { TestStep } from './test-step.ts'

/** A method of finding out more, in words, with its danger. */
export type LeakTestCard = {
  readonly test: LeakTest
  readonly do: string
  readonly danger: string
  /** Where to take it, and who notices: a test is a step like any other. */
  readonly where: string
  readonly notices: string
  /** A check of one thing, an arranged day, or a decoy. A decoy needs an adviser's agreement. */
  readonly method: 'check' | 'day' | 'decoy'
  /** The things it is about: those that are checked, or that carry something that day. */
  readonly about: readonly ThingId[]
}

type Source = { readonly thing: Thing; readonly entry: CatalogueEntry }

/** A day on which only some things are near, so that what the suspected person knows afterwards tells them apart. */
const arranged: readonly {
  readonly id: string
  readonly situations: readonly Situation[]
  readonly do: string
  readonly danger: string
  readonly risk: number
}[] = [
  {
    id: 'day:car',
    situations: ['car'],
    do: 'Drive somewhere nobody expects, and leave the phone at home',
    danger:
      'Without the phone the client cannot call for help. Only by day, and with somebody in the car who has another phone.',
    risk: 2,
  },
  {
    id: 'day:phone',
    situations: ['phone'],
    do: 'Go somewhere nobody expects with the phone, and without the car',
    danger: 'The suspected person may come. Go with somebody, to a place where there are people.',
    risk: 2,
  },
  {
    id: 'day:carried',
    situations: ['carried'],
    do: 'Go somewhere nobody expects with the usual bag and coat, without phone and car',
    danger:
      'Without the phone the client cannot call for help. Go with somebody who has another phone, to a place where there are people.',
    risk: 2,
  },
]

/** An arranged day has no device: what is near that day may tell, and is meant to. */
const stepOfDay = {
  where: 'Away from home, by a plan that was neither written down nor said near a device.',
  notices:
    'Whoever sees the client leave, and everything that is near that day. Take it that the suspected person sees it too.',
} as const

/** What a decoy may cause, said with each: it can make the danger rise, and they can see through it. */
const decoyDanger =
  'It can bring the suspected person to a place or make them angry, and when they see that it was made up they know that the client is looking. Name no real place and no real person.'

/**
 * Lists the methods of finding out more about these things: a check of each, days on which only some of them are
 * near, and decoys. The leak finder says which tells most.
 *
 * @param stepOf where a check or a decoy is done, and who notices
 */
export function listLeakTests(
  sources: readonly Source[],
  finder: CarrierFinder,
  today: string,
  stepOf: (thing: Thing, method: 'check' | 'decoy') => TestStep,
): readonly LeakTestCard[] {
  const cards: LeakTestCard[] = []
  const ids = sources.map(({ thing }) => thing.thingId)
  for (const { thing, entry } of sources) {
    const { look } = entry.leak
    const words = fill(look.do, thing)
    const { where, notices, risk } = stepOf(thing, 'check')
    const test = { id: `look:${thing.thingId}`, label: words, cost: look.cost, risk: look.risk + risk }
    cards.push({
      test: { ...test, source: thing.thingId, hit: look.finds, falseAlarm: look.errs },
      do: words,
      danger: look.danger,
      where,
      notices,
      method: 'check',
      about: [thing.thingId],
    })
  }
  for (const day of arranged) {
    const { id, situations, danger, risk } = day
    const about = proposeCarriers(finder, { kind: 'location', situations, on: today }).filter(each =>
      ids.includes(each),
    )
    // It tells nothing apart when none of them is near because of it, or all of them are.
    const isNear = sources.some(
      ({ thing, entry }) =>
        about.includes(thing.thingId) && entry.leak.near.some(each => situations.includes(each)),
    )
    if (!isNear || about.length === ids.length) continue
    const test = { id, label: day.do, cost: 2, risk, carriers: [...about, 'unknown'], otherwise: 0.05 }
    cards.push({ test, do: day.do, danger, ...stepOfDay, method: 'day', about })
  }
  for (const { thing, entry } of sources) {
    if (entry.leak.bait === undefined) continue
    const words = fill(entry.leak.bait, thing)
    const carriers = [thing.thingId, 'unknown']
    const { where, notices, risk } = stepOf(thing, 'decoy')
    const test = {
      id: `bait:${thing.thingId}`,
      label: words,
      cost: 2,
      risk: 8 + risk,
      carriers,
      otherwise: 0.01,
    }
    cards.push({
      test,
      do: words,
      danger: decoyDanger,
      where,
      notices,
      method: 'decoy',
      about: [thing.thingId],
    })
  }
  return cards
}

function fill(text: string, thing: Thing): string {
  return text.replaceAll('{label}', thing.label)
}
