import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import type { BlockSink } from '../../foundation/blocks/write-pages.ts'
import type { ItemId } from '../../foundation/ids.ts'
import { type ClockOffsets, joinOffsets, offsetsEntry } from './clock-offsets.ts'
import { entryKeys } from './entry-keys.ts'
import { type GenerationEntry, GenerationWriter } from './generation-writer.ts'
import { listPlaces } from './list-places.ts'
import { listPostings, partsOfPostings } from './postings.ts'
import { RecordColumns } from './record-columns.ts'
import type { Segment } from './segment.ts'

/** A generation that is merged with others. What is read of it comes in its order and is let go as it is passed. */
export type MergedGeneration = {
  readonly records: number
  readonly items: readonly ItemId[]
  readonly offsets: ClockOffsets
  readonly segments: AsyncIterable<Segment>
  readonly leaves: AsyncIterable<readonly LeafEntry[]>
  /** What stands in blocks, by their numbers: parts of long lists. */
  readonly readBlocks: (numbers: readonly number[]) => Promise<readonly Buffer[]>
}

/** Records that are held at once while they are written. */
const recordsAtOnce = 4096

/**
 * Writes generations together as one, whatever their size: records in the order of the timeline and entries in the order
 * of their keys, a few at a time. Held in memory are some twenty bytes for each record. Answers how many blocks there are.
 */
export async function mergeGenerations(
  generations: readonly MergedGeneration[],
  sink: BlockSink,
): Promise<number> {
  const itemIds = [...new Set(generations.flatMap(({ items }) => items))]
  const writer = new GenerationWriter(sink)
  const merged = await mergeRecords(generations, itemIds, writer)
  const order = Uint32Array.from({ length: merged.items.length }, (_, place) => place)
  const others = [
    offsetsEntry(joinOffsets(generations.map(({ offsets }) => offsets))),
    ...[...listPlaces({ itemIds, ...merged }, order, writer.segments)].map(([key, value]) => ({
      key,
      value,
    })),
  ].sort((one, other) => (one.key < other.key ? -1 : 1))
  await writer.addEntries(mergeEntries(generations, merged.places, others))
  return writer.close(itemIds)
}

/** Where in a generation the merging stands: the next record of it. */
class RecordCursor {
  readonly #segments: AsyncIterator<Segment>
  #segment: Segment | null = null
  #at = 0

  constructor({ segments }: MergedGeneration) {
    this.#segments = segments[Symbol.asyncIterator]()
  }

  get segment(): Segment | null {
    return this.#segment
  }

  get at(): number {
    return this.#at
  }

  /** Goes on by one; what it answers is waited for where the next segment has to be read. */
  advance(): Promise<void> | null {
    this.#at += 1
    return this.#segment && this.#at < this.#segment.count ? null : this.load()
  }

  async load(): Promise<void> {
    do {
      const next = await this.#segments.next()
      this.#segment = next.done ? null : next.value
    } while (this.#segment?.count === 0)
    this.#at = 0
  }

  /** Whether its record comes before that of another on the timeline. */
  isBefore(other: RecordCursor): boolean {
    const [own, its] = [this.#segment, other.#segment]
    if (!own || !its) return own !== null
    const local = own.locals[this.#at] ?? Number.NaN
    const otherLocal = its.locals[other.#at] ?? Number.NaN
    if (local !== otherLocal && !(Number.isNaN(local) && Number.isNaN(otherLocal)))
      return Number.isNaN(otherLocal) || local < otherLocal
    const [itemId = '', otherId = ''] = [own.itemIds[this.#at], its.itemIds[other.#at]]
    if (itemId !== otherId) return itemId < otherId
    return (own.ordinals[this.#at] ?? 0) < (its.ordinals[other.#at] ?? 0)
  }
}

/** The records of all, as they were written: item and number of each, and where each of every generation lies now. */
type MergedRecords = {
  readonly items: Uint32Array
  readonly ordinals: Float64Array
  readonly places: readonly Uint32Array[]
}

async function mergeRecords(
  generations: readonly MergedGeneration[],
  itemIds: readonly ItemId[],
  writer: GenerationWriter,
): Promise<MergedRecords> {
  const all = generations.reduce((sum, { records }) => sum + records, 0)
  const items = new Uint32Array(all)
  const ordinals = new Float64Array(all)
  const numbers = new Map(itemIds.map((itemId, number) => [itemId, number]))
  const places = generations.map(({ records }) => new Uint32Array(records))
  const passed = generations.map(() => 0)
  const cursors = generations.map(generation => new RecordCursor(generation))
  for (const cursor of cursors) await cursor.load()
  let columns = new RecordColumns(itemIds)
  const flush = async (): Promise<void> => {
    await writer.addRecords(
      columns,
      Uint32Array.from({ length: columns.length }, (_, at) => at),
    )
    columns = new RecordColumns(itemIds)
  }
  for (let place = 0; ; place += 1) {
    let which = 0
    for (let other = 1; other < cursors.length; other += 1)
      if (cursors[other]?.isBefore(cursors[which] as RecordCursor)) which = other
    const cursor = cursors[which]
    const segment = cursor?.segment
    if (!cursor || !segment) break
    columns.add(segment.recordAt(cursor.at))
    items[place] = numbers.get(segment.itemIds[cursor.at] as ItemId) ?? 0
    ordinals[place] = segment.ordinals[cursor.at] ?? 0
    const own = passed[which] ?? 0
    const placesOf = places[which]
    if (placesOf) placesOf[own] = place
    passed[which] = own + 1
    const waiting = cursor.advance()
    if (waiting) await waiting
    if (columns.length >= recordsAtOnce) await flush()
  }
  await flush()
  return { items, ordinals, places }
}

/** Where in the entries of a generation the merging stands. */
class EntryCursor {
  readonly #leaves: AsyncIterator<readonly LeafEntry[]>
  #leaf: readonly LeafEntry[] = []
  #at = 0

  constructor({ leaves }: MergedGeneration) {
    this.#leaves = leaves[Symbol.asyncIterator]()
  }

  get entry(): LeafEntry | undefined {
    return this.#leaf[this.#at]
  }

  async advance(): Promise<void> {
    this.#at += 1
    while (this.#at >= this.#leaf.length) {
      const next = await this.#leaves.next()
      this.#at = 0
      this.#leaf = next.done ? [] : next.value
      if (next.done) return
    }
  }
}

/** What is not taken over: it says where records lie, and is made again. */
const isMadeAgain = (key: string): boolean => key === entryKeys.offsets || key.startsWith(entryKeys.places)

/** The entries of all, one list for each key, with those that are made again among them in the order of the keys. */
async function* mergeEntries(
  generations: readonly MergedGeneration[],
  places: readonly Uint32Array[],
  others: readonly LeafEntry[],
): AsyncGenerator<GenerationEntry> {
  const cursors = generations.map(generation => new EntryCursor(generation))
  for (const cursor of cursors) await cursor.advance()
  let other = 0
  for (;;) {
    let key: string | null = null
    for (const { entry } of cursors) if (entry && (key === null || entry.key < key)) key = entry.key
    for (let made = others[other]; made && (key === null || made.key < key); made = others[other]) {
      yield made
      other += 1
    }
    if (key === null) return
    const lists: Uint32Array[] = []
    for (const [which, cursor] of cursors.entries()) {
      const generation = generations[which]
      if (cursor.entry?.key !== key || !generation) continue
      if (!isMadeAgain(key)) {
        const own = await listOf(generation, cursor.entry.value)
        for (const [index, place] of own.entries()) own[index] = places[which]?.[place] ?? 0
        lists.push(own)
      }
      await cursor.advance()
    }
    if (!isMadeAgain(key)) yield { key, places: joinLists(lists) }
  }
}

async function listOf({ records, readBlocks }: MergedGeneration, value: Buffer): Promise<Uint32Array> {
  const numbers = (partsOfPostings(value, records) ?? []).flatMap(({ block }) =>
    block === null ? [] : [block],
  )
  const blocks = numbers.length > 0 ? await readBlocks(numbers) : []
  return listPostings(
    value,
    records,
    new Map(numbers.map((number, index) => [number, blocks[index] ?? Buffer.alloc(0)])),
  )
}

/** Lists in rising order as one. */
function joinLists(lists: readonly Uint32Array[]): Uint32Array {
  const [first] = lists
  if (lists.length === 1 && first) return first
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0))
  let next = 0
  for (const list of lists) {
    all.set(list, next)
    next += list.length
  }
  return all.sort()
}
