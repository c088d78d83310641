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

/** Kinds of thing in which passwords of others are kept. */
const keepers: readonly string[] = ['password-manager']

/**
 * What nobody has said about a channel when everything that was said is harmless: on which device it rings or is
 * read, or whether the suspected person can read where the password of its account is kept. Null when nothing is
 * missing.
 *
 * @param reached everything that the suspected person even possibly reaches
 */
export function findUnansweredOfChannel(
  things: readonly Thing[],
  inventory: Inventory,
  catalogue: Catalogue,
  reached: ReadonlySet<string>,
): string | null {
  const entryOf = (thing: Thing) => catalogue.get(thing.entry)
  const isSaid = (thing: Thing): boolean =>
    isDevice(entryOf(thing)) ||
    (entryOf(thing)?.questions ?? []).some(question => asksForDevices(question, catalogue))
  const unsaid = things.find(each => !isSaid(each))
  if (unsaid && !things.some(each => isDevice(entryOf(each))))
    return `It goes through ${unsaid.label}, and nobody has said on which device that rings or is read. Tie it to the device as well.`
  const account = things.find(each => entryOf(each)?.nodes.some(node => node.id === '{}.password'))
  const keeper = inventory.things.find(
    each => keepers.includes(each.entry) && !each.isGone && reached.has(each.thingId),
  )
  return account && keeper
    ? `The suspected person may read ${keeper.label}, and nobody has said whether the password of ${account.label} is kept there.`
    : null
}
