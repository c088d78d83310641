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

/** One thing that is put on the map: of which kind, and what the client calls it; without a name it gets one by rule. */
export type AddedThing = Pick<CatalogueEntry, 'id' | 'title'> & { readonly label?: string }

/** One thing an adviser does to the list of what a client has. */
export type InventoryChange =
  | { readonly kind: 'add'; readonly entries: readonly AddedThing[] }
  | {
      readonly kind: 'answer'
      readonly thingId: ThingId
      /** The revision whose answers stood on the screen. */
      readonly seen: number
      readonly label: string
      /** The word for it on paper; empty for the one by rule. Left out: as it was. */
      readonly onPaper?: string
      readonly note: string
      readonly basis: Basis
      /** What is said now, by question. A question that is not here keeps what was said before. */
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
  /** Says which things a channel goes through: these and no others. */
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
  /** Another thing on the map is called the same. */
  'name-taken',
] as const
export type InventoryRefusal = (typeof inventoryRefusals)[number]

/** More than anybody has. A form that asks for more is a mistake. */
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
 * Decides what the list is after a change. An answer adds a statement on its basis and leaves those on other bases.
 * Refuses an answer about a thing that somebody changed since it was shown, so that neither answer is lost.
 *
 * @param revision the revision `inventory` is; the decision becomes the next one
 */
export function decideChange(inventory: Inventory, revision: number, change: InventoryChange): Decided {
  switch (change.kind) {
    case 'add':
      return addThings(inventory, revision + 1, change)
    case 'answer':
      return answerAboutOne(inventory, revision + 1, change)
    case 'answers':
      return answerAboutSeveral(inventory, revision + 1, change)
    case 'gone':
      return takeOffOrPutBack(inventory, revision + 1, change)
    case 'words':
      return inventory.words === change.words
        ? no('nothing-changed')
        : yes({ ...inventory, words: change.words }, 'words-written')
    case 'tie':
      return tieChannel(inventory, change)
  }
}

type ChangeOf<Kind extends InventoryChange['kind']> = Extract<InventoryChange, { kind: Kind }>

const no = (because: InventoryRefusal): Decided => ({ allowed: false, because })
const yes = (inventory: Inventory, change: MapChange, added: readonly ThingId[] = []): Decided => ({
  allowed: true,
  inventory,
  change,
  added,
})

function addThings(inventory: Inventory, changedIn: number, { entries }: ChangeOf<'add'>): Decided {
  if (entries.length === 0) return no('nothing-changed')
  if (inventory.things.length + entries.length > mostThings) return no('too-many-things')
  let next = inventory
  const added: ThingId[] = []
  for (const { id, title, label = title } of entries) {
    const thing: Thing = {
      thingId: findNextThingId(next),
      entry: id,
      label: nameThing(next, label),
      note: '',
      answers: {},
      channels: [],
      changedIn,
      askedIn: changedIn,
      addedIn: changedIn,
      isGone: false,
    }
    added.push(thing.thingId)
    next = { ...next, things: [...next.things, thing] }
  }
  return yes(next, 'things-added', added)
}

function answerAboutOne(inventory: Inventory, changedIn: number, change: ChangeOf<'answer'>): Decided {
  const thing = inventory.things.find(each => each.thingId === change.thingId)
  if (!thing) return no('no-such-thing')
  if (thing.changedIn > change.seen) return no('changed-meanwhile')
  const others = inventory.things.filter(each => each !== thing && !each.isGone)
  if (change.label !== thing.label && others.some(each => isSameName(each.label, change.label)))
    return no('name-taken')
  const answers = addStatements(thing, change.basis, change.said)
  const { label, note, onPaper = thing.onPaper } = change
  const changed: Thing = { ...thing, label, note, onPaper, answers, changedIn, askedIn: changedIn }
  return yes(replaceThing(inventory, changed), 'answers-given')
}

function answerAboutSeveral(inventory: Inventory, changedIn: number, change: ChangeOf<'answers'>): Decided {
  if (change.said.size === 0) return no('nothing-changed')
  let next = inventory
  for (const [thingId, said] of change.said) {
    const thing = inventory.things.find(each => each.thingId === thingId)
    if (!thing || thing.isGone) return no('no-such-thing')
    if (thing.changedIn > change.seen) return no('changed-meanwhile')
    // What was answered earlier was not gone through again.
    const isFirst = Object.keys(thing.answers).length === 0
    const askedIn = isFirst ? changedIn : (thing.askedIn ?? thing.changedIn)
    const answers = addStatements(thing, change.basis, said)
    next = replaceThing(next, { ...thing, answers, changedIn, askedIn })
  }
  return yes(next, 'answers-given')
}

function takeOffOrPutBack(inventory: Inventory, changedIn: number, change: ChangeOf<'gone'>): Decided {
  const thing = inventory.things.find(each => each.thingId === change.thingId)
  if (!thing) return no('no-such-thing')
  if (thing.isGone === change.isGone) return no('nothing-changed')
  const changed = { ...thing, isGone: change.isGone, changedIn, askedIn: thing.askedIn ?? thing.changedIn }
  return yes(replaceThing(inventory, changed), change.isGone ? 'thing-gone' : 'thing-back')
}

function tieChannel(inventory: Inventory, { channelId, through, seen }: ChangeOf<'tie'>): Decided {
  const tied = inventory.things.filter(each => each.channels.includes(channelId)).map(each => each.thingId)
  if ([...seen].sort().join() !== tied.sort().join()) return no('changed-meanwhile')
  const isThere = (id: ThingId) => inventory.things.some(each => each.thingId === id && !each.isGone)
  if (!through.every(isThere)) return no('no-such-thing')
  const things = inventory.things.map(thing => {
    const others = thing.channels.filter(each => each !== channelId)
    const channels = through.includes(thing.thingId) ? [...others, channelId].sort() : others
    return channels.join() === thing.channels.join() ? thing : { ...thing, channels }
  })
  const isSame = things.every((thing, index) => thing === inventory.things[index])
  return isSame ? no('nothing-changed') : yes({ ...inventory, things }, 'channel-tied')
}

function addStatements(
  thing: Thing,
  basis: Basis,
  said: Readonly<Record<string, InventoryStatement>>,
): Thing['answers'] {
  const answers = { ...thing.answers }
  for (const [question, statement] of Object.entries(said))
    answers[question] = { ...answers[question], [basis]: statement }
  return answers
}

function replaceThing(inventory: Inventory, changed: Thing): Inventory {
  return {
    ...inventory,
    things: inventory.things.map(each => (each.thingId === changed.thingId ? changed : each)),
  }
}

/** "Phone", and "Phone 2" for the second: no two things on the map are called the same. */
function nameThing(inventory: Inventory, wanted: string): string {
  const isTaken = (name: string): boolean => inventory.things.some(each => isSameName(each.label, name))
  if (!isTaken(wanted)) return wanted
  for (let number = 2; ; number += 1) if (!isTaken(`${wanted} ${number}`)) return `${wanted} ${number}`
}

/** Names that nobody tells apart when they hear them. */
function isSameName(one: string, other: string): boolean {
  const bare = (name: string): string =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s’']+/g, ' ')
      .trim()
  return bare(one) === bare(other)
}
