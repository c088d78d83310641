import { ports } from '../mechanism/part.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { chooseStatement, type Inventory, type Thing } from './inventory.ts'

type Catalogue = ReadonlyMap<string, CatalogueEntry>

/**
 * What a channel goes through: the things it is tied to, and the devices on which those are open, by the answers on
 * the map. A program on a phone reports the mailbox that is read on that phone. A phone the client no longer has may
 * be in the suspected person's hands.
 */
export function findThings(
  inventory: Inventory,
  channelId: string,
  catalogue: Catalogue,
): { readonly things: readonly Thing[]; readonly open: readonly Thing[] } {
  const things = inventory.things.filter(each => each.channels.includes(channelId))
  const named = new Set(things.flatMap(thing => findDevicesOf(thing, catalogue)))
  const open = inventory.things.filter(each => named.has(each.thingId) && !things.includes(each))
  return { things, open }
}

/** The devices on which a thing is open, by name. Others it may be open on are on the map as not named yet. */
function findDevicesOf(thing: Thing, catalogue: Catalogue): readonly string[] {
  const questions = catalogue.get(thing.entry)?.questions ?? []
  return questions.flatMap(each =>
    asksForDevices(each, catalogue) ? chooseStatement(thing, each.id).things : [],
  )
}

function asksForDevices(question: CatalogueEntry['questions'][number], catalogue: Catalogue): boolean {
  return question.kind === 'things' && question.of.some(each => isDevice(catalogue.get(each)))
}

/** A phone, a tablet, a computer: something that is held in the hand. */
function isDevice(entry: CatalogueEntry | undefined): boolean {
  return entry?.nodes.some(node => node.id === '{}.in-hand') ?? false
}

/** A home or a box at which letters are left. */
export function isPlaceOfPost(entry: CatalogueEntry | undefined): boolean {
  return entry?.nodes.some(node => node.id === `{}${ports.post}`) ?? false
}

/**
 * What must be named before a channel through a kind of thing can be called safe. There is no channel that nobody reads
 * anywhere, so “on none of these” is no answer.
 */
export type NamedFor =
  /** Nothing more: a device is where it rings or is read, and a place is where letters are left. */
  | 'itself'
  /** A number rings in the phone that holds its SIM. That its texts show on a tablet as well does not name the phone. */
  | 'sim'
  /** What is signed in to is read on some device. Where its password is kept, or its codes arrive, is another question. */
  | 'devices'
  /** It asks for no device. The channel must be tied to the device as well, or to the place of its letters. */
  | 'tie'

/** What must be named for this kind of thing. */
export function findNamedFor(entry: CatalogueEntry | undefined, catalogue: Catalogue): NamedFor {
  if (!entry) return 'tie'
  if (isDevice(entry) || isPlaceOfPost(entry)) return 'itself'
  const asked = entry.questions.filter(each => asksForDevices(each, catalogue)).map(each => each.id)
  if (asked.includes('sim')) return 'sim'
  return asked.includes('devices') ? 'devices' : 'tie'
}

const unsaid: Readonly<Record<Exclude<NamedFor, 'itself'>, string>> = {
  sim: 'nobody has named the phone that holds its SIM',
  devices:
    'nobody has named a device on which it is read. It is read somewhere: “on none of these” is no answer',
  tie: 'nobody has said on which device that rings or is read, or to which home a letter goes. Tie it to that as well',
}

/**
 * What nobody has said about a channel when everything that was said is harmless: on which device it rings or is read,
 * each of them a thing on the map with answers of its own. Null when nothing is missing.
 *
 * @param open what it is open on by the answers: an account is no device on which something rings
 */
export function findUnansweredOfChannel(
  things: readonly Thing[],
  open: readonly Thing[],
  catalogue: Catalogue,
): string | null {
  const entryOf = (thing: Thing) => catalogue.get(thing.entry)
  const devices = new Set(open.filter(each => isDevice(entryOf(each))).map(each => each.thingId))
  const isTiedToDevice = things.some(each => isDevice(entryOf(each)))
  const isTiedToPlace = things.some(each => isPlaceOfPost(entryOf(each)))
  for (const thing of things) {
    const need = findNamedFor(entryOf(thing), catalogue)
    const named = need === 'sim' || need === 'devices' ? chooseStatement(thing, need).things : []
    const isNamed =
      need === 'itself' ||
      isTiedToDevice ||
      (need === 'tie' && isTiedToPlace) ||
      named.some(each => devices.has(each))
    if (!isNamed) return `It goes through ${thing.label}, and ${unsaid[need]}.`
  }
  return null
}
