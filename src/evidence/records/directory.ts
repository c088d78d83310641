import { type PagePlace, packPage } from '../../foundation/blocks/block.ts'
import { BlockReader, BlockWriter, BrokenBlock } from '../../foundation/blocks/block-bytes.ts'
import {
  type LeafPlace,
  readLeafPlaces,
  readPlace,
  writeLeafPlaces,
  writePlace,
} from '../../foundation/blocks/leaf-places.ts'
import type { ItemId } from '../../foundation/ids.ts'
import type { TimelineKey } from './stored-record.ts'

/** Where a segment lies, and which records are its first and its last. */
export type SegmentPlace = PagePlace & {
  readonly records: number
  readonly firstKey: TimelineKey
  readonly lastKey: TimelineKey
}

/** A page of the directory of segments: how many segments and records lie before it, and its first and last record. */
export type SegmentsPlace = SegmentPlace & { readonly segmentsBefore: number; readonly recordsBefore: number }

/** What is found first of a generation: where everything else of it lies. */
export type GenerationRoot = {
  readonly records: number
  /** How many of them have a known time: they come first. */
  readonly dated: number
  readonly items: PagePlace | null
  readonly segments: readonly SegmentsPlace[]
  readonly leaves: readonly LeafPlace[]
}

function writeKey({ local, itemId, ordinal }: TimelineKey, out: BlockWriter): void {
  out.number(local === null ? 0 : 1)
  if (local !== null) out.signed(local)
  out.bytes(writeItems([itemId as ItemId]))
  out.number(ordinal)
}

function readKey(reader: BlockReader): TimelineKey {
  const kind = reader.number()
  if (kind > 1) throw new BrokenBlock('a time of an unknown kind')
  const local = kind === 0 ? null : reader.signed()
  const [itemId = ''] = readItems(reader.bytes(16))
  return { local, itemId, ordinal: reader.number() }
}

export function writeRoot(root: GenerationRoot): Buffer {
  const out = new BlockWriter()
  out.number(root.records)
  out.number(root.dated)
  out.number(root.items ? 1 : 0)
  if (root.items) writePlace(root.items, out)
  out.number(root.segments.length)
  for (const place of root.segments) {
    writeSegmentPlace(place, out)
    out.number(place.segmentsBefore)
    out.number(place.recordsBefore)
  }
  out.bytes(writeLeafPlaces(root.leaves))
  return out.take()
}

/** The first block of a generation: its root, or where the root lies that is longer than a block. */
export function packFirstBlock(root: GenerationRoot, elsewhere: PagePlace | null): Buffer {
  const out = new BlockWriter()
  out.number(elsewhere ? 1 : 0)
  if (elsewhere) writePlace(elsewhere, out)
  else out.bytes(writeRoot(root))
  return packPage(out.take())
}

/** The root, or where it lies. */
export function readFirstBlock(page: Buffer): GenerationRoot | PagePlace {
  const reader = new BlockReader(page)
  return reader.number() === 0 ? readRoot(reader.bytes(reader.left)) : readPlace(reader)
}

export function readRoot(page: Buffer): GenerationRoot {
  const reader = new BlockReader(page)
  const records = reader.number()
  const dated = reader.number()
  const items = reader.number() === 0 ? null : readPlace(reader)
  const segments = Array.from({ length: reader.count(39) }, () => ({
    ...readSegmentPlace(reader),
    segmentsBefore: reader.number(),
    recordsBefore: reader.number(),
  }))
  return { records, dated, items, segments, leaves: readLeafPlaces(reader.bytes(reader.left)) }
}

export function writeSegmentPlaces(places: readonly SegmentPlace[]): Buffer {
  const out = new BlockWriter()
  out.number(places.length)
  for (const place of places) writeSegmentPlace(place, out)
  return out.take()
}

function writeSegmentPlace(place: SegmentPlace, out: BlockWriter): void {
  writePlace(place, out)
  out.number(place.records)
  writeKey(place.firstKey, out)
  writeKey(place.lastKey, out)
}

const readSegmentPlace = (reader: BlockReader): SegmentPlace => ({
  ...readPlace(reader),
  records: reader.number(),
  firstKey: readKey(reader),
  lastKey: readKey(reader),
})

export function readSegmentPlaces(page: Buffer): readonly SegmentPlace[] {
  const reader = new BlockReader(page)
  return Array.from({ length: reader.count(37) }, () => readSegmentPlace(reader))
}

/** The items of a generation, which its records name by their numbers. */
export function writeItems(items: readonly ItemId[]): Buffer {
  return Buffer.from(items.map(item => item.replaceAll('-', '')).join(''), 'hex')
}

export function readItems(page: Buffer): readonly ItemId[] {
  if (page.length % 16 !== 0) throw new BrokenBlock('an item without its whole id')
  return Array.from({ length: page.length / 16 }, (_, index) => {
    const hex = page.toString('hex', index * 16, index * 16 + 16)
    const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
    return parts.join('-') as ItemId
  })
}
