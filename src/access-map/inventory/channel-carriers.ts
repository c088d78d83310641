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

/**
 * What nobody has said about a channel when everything that was said is harmless: on which device it rings or is read.
 * Null when nothing is missing.
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
  const isSaid = (thing: Thing): boolean => {
    const asked = (entryOf(thing)?.questions ?? []).filter(question => asksForDevices(question, catalogue))
    // What has a SIM rings somewhere: “in none” is no answer.
    const mustBeNamed = entryOf(thing)?.mechanism === 'number'
    return (
      isDevice(entryOf(thing)) ||
      (asked.length > 0 && (!mustBeNamed || findDevicesOf(thing, catalogue).some(each => devices.has(each))))
    )
  }
  const unsaid = things.find(each => !isSaid(each))
  return unsaid && !things.some(each => isDevice(entryOf(each)))
    ? `It goes through ${unsaid.label}, and nobody has said on which device that rings or is read. Tie it to the device as well.`
    : null
}
