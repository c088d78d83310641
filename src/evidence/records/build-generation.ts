import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import type { BlockSink } from '../../foundation/blocks/write-pages.ts'
import { findOffsets, offsetsEntry } from './clock-offsets.ts'
import type { SegmentPlace } from './directory.ts'
import { entryKeys } from './entry-keys.ts'
import { type GenerationEntry, GenerationWriter } from './generation-writer.ts'
import { listPlaces } from './list-places.ts'
import type { RecordColumns } from './record-columns.ts'
import { keyOfSender, wordsOfRecord } from './record-words.ts'
import type { RecordRest, RecordShape } from './stored-record.ts'

/** No generation that is built holds more records, nor more characters of text: what is held in memory meanwhile is bounded. */
export const mostInGeneration = { records: 200_000, characters: 16_000_000 } as const

/** Writes records as a generation; answers how many blocks there are. */
export async function buildGeneration(columns: RecordColumns, sink: BlockSink): Promise<number> {
  const writer = new GenerationWriter(sink)
  const order = columns.sorted()
  await writer.addRecords(columns, order)
  await writer.addEntries(listEntries(columns, order, writer.segments))
  return writer.close(columns.itemIds)
}

/** Writes entries alone, in their order, as a generation without records. */
export async function buildEntries(entries: Iterable<LeafEntry>, sink: BlockSink): Promise<number> {
  const writer = new GenerationWriter(sink)
  await writer.addEntries(entries)
  return writer.close([])
}

/** Everything by which the records are looked up, in the order of the keys. */
function* listEntries(
  columns: RecordColumns,
  order: Uint32Array,
  segments: readonly SegmentPlace[],
): Generator<GenerationEntry> {
  const postings = new Map<string, number[]>()
  const add = (key: string, place: number): void => {
    const places = postings.get(key)
    if (places) places.push(place)
    else postings.set(key, [place])
  }
  const shapes = columns.shapes.texts.map(text => JSON.parse(text) as RecordShape)
  for (let place = 0; place < order.length; place += 1) {
    const at = order[place] ?? 0
    const sender = columns.senders.texts[columns.senders.ids[at] ?? 0] ?? ''
    const shape = shapes[columns.shapes.ids[at] ?? 0]
    const rest = columns.rests[at] ?? ''
    const body = columns.bodies[at] ?? ''
    const known: RecordRest = rest === '' ? {} : JSON.parse(rest)
    for (const word of wordsOfRecord({ sender, body, rest: known })) add(entryKeys.word(word), place)
    if (sender !== '') add(entryKeys.sender(keyOfSender(sender)), place)
    const itemId = columns.itemIds[columns.items[at] ?? 0]
    if (!shape || !itemId) continue
    add(entryKeys.item(itemId), place)
    add(entryKeys.kind(shape.kind), place)
    if (!shape.fact) continue
    add(entryKeys.fact(shape.fact), place)
    add(entryKeys.fact('any'), place)
  }
  const offsets = offsetsEntry(findOffsets(columns.locals, columns.instants))
  const others = new Map([...listPlaces(columns, order, segments), [offsets.key, offsets.value]])
  const keys = [...postings.keys(), ...others.keys()].sort()
  for (const key of keys) {
    const value = others.get(key)
    yield value ? { key, value } : { key, places: postings.get(key) ?? [] }
  }
}
