import { blockRoom, blocksOf, cutIntoBlocks, packPage } from '../../foundation/blocks/block.ts'
import { BlockWriter } from '../../foundation/blocks/block-bytes.ts'
import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import { type BlockSink, PageWriter, writeLeaves } from '../../foundation/blocks/write-pages.ts'
import {
  type GenerationRoot,
  packFirstBlock,
  type SegmentPlace,
  type SegmentsPlace,
  writeItems,
  writeRoot,
  writeSegmentPlaces,
} from './directory.ts'
import { entryKeys } from './entry-keys.ts'
import { encodePostings } from './postings.ts'
import type { RecordColumns } from './record-columns.ts'
import { keyOfSender, wordsOfRecord } from './record-words.ts'
import { encodeSegment } from './segment.ts'
import type { RecordRest, RecordShape } from './stored-record.ts'

/** No generation holds more records, nor more characters of text: what is held in memory while it is built is bounded. */
export const mostInGeneration = { records: 200_000, characters: 16_000_000 } as const

/**
 * Writes records as a generation: segments in the order of the timeline, leaves in the order of their keys, directories,
 * and the root, which comes last and lies first. Answers how many blocks there are.
 */
export async function buildGeneration(columns: RecordColumns, sink: BlockSink): Promise<number> {
  const pages = new PageWriter(sink)
  const order = columns.sorted()
  const segments = await writeSegments(columns, order, pages)
  const leaves = await writeLeaves(listEntries(columns, order, segments), pages)
  const items = await pages.add(packPage(writeItems(columns.itemIds)))
  return finish(pages, sink, {
    records: columns.length,
    dated: columns.locals.filter(local => !Number.isNaN(local)).length,
    items,
    segments: await writeSegmentDirectory(segments, pages),
    leaves,
  })
}

/** Writes entries alone, in their order, as a generation without records. */
export async function buildEntries(entries: Iterable<LeafEntry>, sink: BlockSink): Promise<number> {
  const pages = new PageWriter(sink)
  const leaves = await writeLeaves(entries, pages)
  return finish(pages, sink, { records: 0, dated: 0, items: null, segments: [], leaves })
}

async function finish(pages: PageWriter, sink: BlockSink, root: GenerationRoot): Promise<number> {
  const inline = packFirstBlock(root, null)
  const packed =
    blocksOf(inline) === 1 ? inline : packFirstBlock(root, await pages.add(packPage(writeRoot(root))))
  for (const block of cutIntoBlocks(packed)) await sink(0, block)
  return pages.next
}

async function writeSegments(
  columns: RecordColumns,
  order: Uint32Array,
  pages: PageWriter,
): Promise<readonly SegmentPlace[]> {
  const out = new BlockWriter()
  const places: SegmentPlace[] = []
  let from = 0
  // How many records the next segment is tried with: as many as fitted into the one before.
  let next = 60
  while (from < order.length) {
    let count = Math.min(next, order.length - from)
    let packed = packPage(encodeSegment(columns, order, from, from + count, out))
    while (packed.length > blockRoom && count > 1) {
      count = Math.max(1, Math.min(count - 1, Math.floor((count * blockRoom * 0.96) / packed.length)))
      packed = packPage(encodeSegment(columns, order, from, from + count, out))
    }
    places.push({
      ...(await pages.add(packed)),
      records: count,
      firstKey: columns.keyAt(order[from] ?? 0),
      lastKey: columns.keyAt(order[from + count - 1] ?? 0),
    })
    from += count
    next = Math.max(1, Math.min(4096, Math.floor((count * blockRoom * 0.97) / packed.length)))
  }
  return places
}

async function writeSegmentDirectory(
  segments: readonly SegmentPlace[],
  pages: PageWriter,
): Promise<readonly SegmentsPlace[]> {
  const places: SegmentsPlace[] = []
  // As many as fit into one block once they are packed: most of a place is as in the one before it.
  const atOnce = 200
  let recordsBefore = 0
  for (let from = 0; from < segments.length; from += atOnce) {
    const some = segments.slice(from, from + atOnce)
    const [first, last] = [some[0], some.at(-1)]
    if (!first || !last) break
    const records = some.reduce((sum, each) => sum + each.records, 0)
    const place = await pages.add(packPage(writeSegmentPlaces(some)))
    const { firstKey } = first
    places.push({ ...place, records, firstKey, lastKey: last.lastKey, segmentsBefore: from, recordsBefore })
    recordsBefore += records
  }
  return places
}

/** Everything by which the records are looked up, in the order of the keys. */
function* listEntries(
  columns: RecordColumns,
  order: Uint32Array,
  segments: readonly SegmentPlace[],
): Generator<LeafEntry> {
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
  const out = new BlockWriter()
  const others = new Map([...listPlaces(columns, order, segments), listOffsets(columns)])
  const keys = [...postings.keys(), ...others.keys()].sort()
  for (const key of keys) {
    const value = others.get(key) ?? encodePostings(postings.get(key) ?? [], order.length, out)
    yield { key, value }
  }
}

/** A phone shows one clock in summer and another in winter; of more than these none is named. */
const mostOffsets = 8

/** By how much the clocks differ from the instants, in milliseconds; null where by more than can be named. */
function listOffsets({ locals, instants }: RecordColumns): readonly [string, Buffer] {
  const offsets = new Set<number>()
  for (const [at, local] of locals.entries()) {
    const offset = local - (instants[at] ?? Number.NaN)
    if (!Number.isNaN(offset)) offsets.add(offset)
    if (offsets.size > mostOffsets) break
  }
  const named = offsets.size > mostOffsets ? null : [...offsets]
  return [entryKeys.offsets, Buffer.from(JSON.stringify(named), 'utf8')]
}

/** So many runs of numbers stand under one key. */
const runsAtOnce = 200

/** Where the records of each item lie: runs of numbers one behind the other that lie in one segment. */
function listPlaces(
  columns: RecordColumns,
  order: Uint32Array,
  segments: readonly SegmentPlace[],
): ReadonlyMap<string, Buffer> {
  const segmentOf = new Uint32Array(order.length)
  let place = 0
  for (const [number, segment] of segments.entries())
    for (let count = 0; count < segment.records; count += 1) segmentOf[order[place++] ?? 0] = number
  const byOrdinal = Uint32Array.from({ length: order.length }, (_, index) => index).sort(
    (one, other) =>
      (columns.items[one] ?? 0) - (columns.items[other] ?? 0) ||
      (columns.ordinals[one] ?? 0) - (columns.ordinals[other] ?? 0),
  )
  const places = new Map<string, Buffer>()
  const out = new BlockWriter()
  let key = ''
  let runs = 0
  let run = { item: -1, next: -1, segment: -1, length: 0 }
  const end = (): void => {
    if (run.length > 0) {
      out.number(run.next - run.length)
      out.number(run.length)
      out.number(run.segment)
      runs += 1
    }
    run = { ...run, length: 0 }
  }
  const close = (): void => {
    end()
    if (runs > 0) places.set(key, out.take())
    runs = 0
  }
  for (const at of byOrdinal) {
    const item = columns.items[at] ?? 0
    const ordinal = columns.ordinals[at] ?? 0
    const segment = segmentOf[at] ?? 0
    if (item !== run.item || runs >= runsAtOnce) {
      close()
      const itemId = columns.itemIds[item]
      if (itemId) key = entryKeys.placeOf(itemId, ordinal)
    } else if (segment !== run.segment || ordinal !== run.next) end()
    run = { item, segment, next: ordinal + 1, length: run.length + 1 }
  }
  close()
  return places
}
