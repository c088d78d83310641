import type { CatalogueEntry } from './catalogue-entry.ts'
import {
  type Basis,
  findNextThingId,
  type Inventory,
  type InventoryStatement,
  type Thing,
  type ThingId,
} from './inventory.ts'

/** What was done in a revision, as it is kept in the open. */
export type MapChange =
  | 'things-added'
  | 'answers-given'
  | 'thing-gone'
  | 'thing-back'
  | 'words-written'
  | 'channel-tied'

/** One thing an adviser does to the list of what a client has. */
export type InventoryChange =
  | { readonly kind: 'add'; readonly entries: readonly Pick<CatalogueEntry, 'id' | 'title'>[] }
  | {
      readonly kind: 'answer'
      readonly thingId: ThingId
      /** The revision whose answers stood on the screen. */
      readonly seen: number
      readonly label: string
      readonly note: string
      readonly basis: Basis
      /** What is said now, by question; a question that is not here keeps what was said before. */
      readonly said: Readonly<Record<string, InventoryStatement>>
    }
  | {
      /** Answers about several things at once, all known in the same way. */
      readonly kind: 'answers'
      readonly seen: number
      readonly basis: Basis
      readonly said: ReadonlyMap<ThingId, Readonly<Record<string, InventoryStatement>>>
    }
  | { readonly kind: 'gone'; readonly thingId: ThingId; readonly isGone: boolean }
  | { readonly kind: 'words'; readonly words: string }
  /** Says which things a way to reach her goes through: these and no others. */
  | {
      readonly kind: 'tie'
      readonly channelId: string
      readonly through: readonly ThingId[]
      /** What it went through when it was shown. */
      readonly seen: readonly ThingId[]
    }

export const inventoryRefusals = [
  'no-such-thing',
  'changed-meanwhile',
  'too-many-things',
  'nothing-changed',
] as const
export type InventoryRefusal = (typeof inventoryRefusals)[number]

/** More than anybody has; a form that asks for more is a mistake. */
const mostThings = 300

type Decided =
  | {
      readonly allowed: true
      readonly inventory: Inventory
      readonly change: MapChange
      readonly added: readonly ThingId[]
    }
  | { readonly allowed: false; readonly because: InventoryRefusal }

/**
 * Decides what the list is after a change. An answer adds a statement on its ground and leaves those on other grounds
 * as they are. Refuses an answer to a thing that somebody changed since it was shown, so that neither is lost.
 *
 * @param revision the revision `inventory` is; the decision becomes the next one
 */
export function decideChange(inventory: Inventory, revision: number, change: InventoryChange): Decided {
  const changedIn = revision + 1
  switch (change.kind) {
    case 'add': {
      if (change.entries.length === 0) return { allowed: false, because: 'nothing-changed' }
      if (inventory.things.length + change.entries.length > mostThings)
        return { allowed: false, because: 'too-many-things' }
      let next = inventory
      const added: ThingId[] = []
      for (const { id, title } of change.entries) {
        const thingId = findNextThingId(next)
        const label = nameThing(next, title)
        added.push(thingId)
        next = {
          ...next,
          things: [
            ...next.things,
            {
              thingId,
              entry: id,
              label,
              note: '',
              answers: {},
              channels: [],
              changedIn,
              askedIn: changedIn,
              isGone: false,
            },
          ],
        }
      }
      return { allowed: true, inventory: next, change: 'things-added', added }
    }
    case 'answer': {
      const thing = inventory.things.find(each => each.thingId === change.thingId)
      if (!thing) return { allowed: false, because: 'no-such-thing' }
      if (thing.changedIn > change.seen) return { allowed: false, because: 'changed-meanwhile' }
      const answers = addStatements(thing, change.basis, change.said)
      const { label, note } = change
      const told: Thing = { ...thing, label, note, answers, changedIn, askedIn: changedIn }
      return { allowed: true, inventory: replaceThing(inventory, told), change: 'answers-given', added: [] }
    }
    case 'answers': {
      if (change.said.size === 0) return { allowed: false, because: 'nothing-changed' }
      let next = inventory
      for (const [thingId, said] of change.said) {
        const thing = inventory.things.find(each => each.thingId === thingId)
        if (!thing || thing.isGone) return { allowed: false, because: 'no-such-thing' }
        if (thing.changedIn > change.seen) return { allowed: false, because: 'changed-meanwhile' }
        // What was answered earlier was not gone through again.
        const isFirst = Object.keys(thing.answers).length === 0
        const askedIn = isFirst ? changedIn : (thing.askedIn ?? thing.changedIn)
        const answers = addStatements(thing, change.basis, said)
        next = replaceThing(next, { ...thing, answers, changedIn, askedIn })
      }
      return { allowed: true, inventory: next, change: 'answers-given', added: [] }
    }
    case 'gone': {
      const thing = inventory.things.find(each => each.thingId === change.thingId)
      if (!thing) return { allowed: false, because: 'no-such-thing' }
      if (thing.isGone === change.isGone) return { allowed: false, because: 'nothing-changed' }
      const told = { ...thing, isGone: change.isGone, changedIn, askedIn: thing.askedIn ?? thing.changedIn }
      const what = change.isGone ? 'thing-gone' : 'thing-back'
      return { allowed: true, inventory: replaceThing(inventory, told), change: what, added: [] }
    }
    case 'words':
      if (inventory.words === change.words) return { allowed: false, because: 'nothing-changed' }
      return {
        allowed: true,
        inventory: { ...inventory, words: change.words },
        change: 'words-written',
        added: [],
      }
    case 'tie': {
      const { channelId, through, seen } = change
      const tied = inventory.things.filter(each => each.channels.includes(channelId))
      if (
        [...seen].sort().join() !==
        tied
          .map(each => each.thingId)
          .sort()
          .join()
      )
        return { allowed: false, because: 'changed-meanwhile' }
      const isThere = (id: ThingId) => inventory.things.some(each => each.thingId === id && !each.isGone)
      if (!through.every(isThere)) return { allowed: false, because: 'no-such-thing' }
      const things = inventory.things.map(thing => {
        const others = thing.channels.filter(each => each !== channelId)
        const channels = through.includes(thing.thingId) ? [...others, channelId].sort() : others
        return channels.join() === thing.channels.join() ? thing : { ...thing, channels }
      })
      if (things.every((thing, index) => thing === inventory.things[index]))
        return { allowed: false, because: 'nothing-changed' }
      return { allowed: true, inventory: { ...inventory, things }, change: 'channel-tied', added: [] }
    }
  }
}

function addStatements(
  thing: Thing,
  ground: Basis,
  said: Readonly<Record<string, InventoryStatement>>,
): Thing['answers'] {
  const answers = { ...thing.answers }
  for (const [question, statement] of Object.entries(said))
    answers[question] = { ...answers[question], [ground]: statement }
  return answers
}

function replaceThing(inventory: Inventory, told: Thing): Inventory {
  return { ...inventory, things: inventory.things.map(each => (each.thingId === told.thingId ? told : each)) }
}

/** "Phone", and "Phone 2" for the second. */
function nameThing(inventory: Inventory, title: string): string {
  const names = new Set(inventory.things.map(each => each.label))
  if (!names.has(title)) return title
  for (let number = 2; ; number += 1) if (!names.has(`${title} ${number}`)) return `${title} ${number}`
}
