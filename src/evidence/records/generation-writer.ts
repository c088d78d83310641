import { blockRoom, blocksOf, cutIntoBlocks, keepPage, packPage } from '../../foundation/blocks/block.ts'
import { BlockWriter } from '../../foundation/blocks/block-bytes.ts'
import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import type { LeafPlace } from '../../foundation/blocks/leaf-places.ts'
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
import { cutPostings, encodeParts, encodePostings, longestInLeaf } from './postings.ts'
import type { RecordColumns } from './record-columns.ts'
import { encodeSegment } from './segment.ts'

/** What stands under a key: bytes, or records by their places in the order of the timeline, rising. */
export type GenerationEntry = LeafEntry | { readonly key: string; readonly places: ArrayLike<number> }

/**
 * Writes one generation: the segments first, then the entries in the order of their keys, then directories and root, which
 * comes last and lies first.
 */
export class GenerationWriter {
  readonly segments: SegmentPlace[] = []
  readonly #sink: BlockSink
  readonly #pages: PageWriter
  readonly #out = new BlockWriter()
  #records = 0
  #dated = 0
  #leaves: readonly LeafPlace[] = []

  constructor(sink: BlockSink) {
    this.#sink = sink
    this.#pages = new PageWriter(sink)
  }

  /** Adds records, which follow those added before on the timeline, in this order. */
  async addRecords(columns: RecordColumns, order: Uint32Array): Promise<void> {
    let from = 0
    // How many records the next segment is tried with: as many as fitted into the one before.
    let next = Math.min(4096, this.segments.at(-1)?.records ?? 60)
    while (from < order.length) {
      let count = Math.min(next, order.length - from)
      let packed = packPage(encodeSegment(columns, order, from, from + count, this.#out))
      while (packed.length > blockRoom && count > 1) {
        count = Math.max(1, Math.min(count - 1, Math.floor((count * blockRoom * 0.96) / packed.length)))
        packed = packPage(encodeSegment(columns, order, from, from + count, this.#out))
      }
      this.segments.push({
        ...(await this.#pages.add(packed)),
        records: count,
        firstKey: columns.keyAt(order[from] ?? 0),
        lastKey: columns.keyAt(order[from + count - 1] ?? 0),
      })
      from += count
      next = Math.max(1, Math.min(4096, Math.floor((count * blockRoom * 0.97) / packed.length)))
    }
    this.#records += order.length
    for (const local of columns.locals) if (!Number.isNaN(local)) this.#dated += 1
  }

  /** Adds the entries, once all records are there. */
  async addEntries(entries: Iterable<GenerationEntry> | AsyncIterable<GenerationEntry>): Promise<void> {
    this.#leaves = await writeLeaves(this.#toLeafEntries(entries), this.#pages)
  }

  /** Ends the generation, whose records are of these items; answers how many blocks it has. */
  async close(items: Parameters<typeof writeItems>[0]): Promise<number> {
    const root: GenerationRoot = {
      records: this.#records,
      dated: this.#dated,
      items: items.length > 0 ? await this.#pages.add(packPage(writeItems(items))) : null,
      segments: await this.#addSegmentDirectory(),
      leaves: this.#leaves,
    }
    const inline = packFirstBlock(root, null)
    const packed =
      blocksOf(inline) === 1 ? inline : packFirstBlock(root, await this.#pages.add(packPage(writeRoot(root))))
    for (const block of cutIntoBlocks(packed)) await this.#sink(0, block)
    return this.#pages.next
  }

  async *#toLeafEntries(
    entries: Iterable<GenerationEntry> | AsyncIterable<GenerationEntry>,
  ): AsyncGenerator<LeafEntry> {
    for await (const entry of entries)
      yield 'value' in entry ? entry : { key: entry.key, value: await this.#writePostings(entry.places) }
  }

  async #writePostings(places: ArrayLike<number>): Promise<Buffer> {
    const whole = encodePostings(places, this.#records, this.#out)
    if (whole.length <= longestInLeaf) return whole
    const parts = cutPostings(places, this.#records, this.#out)
    const first = this.#pages.next
    for (const { bytes } of parts) if (bytes) await this.#pages.add(keepPage(bytes))
    return encodeParts(parts, first, this.#out)
  }

  async #addSegmentDirectory(): Promise<readonly SegmentsPlace[]> {
    const places: SegmentsPlace[] = []
    // As many as fit into one block once they are packed: most of a place is as in the one before it.
    const atOnce = 200
    let recordsBefore = 0
    for (let from = 0; from < this.segments.length; from += atOnce) {
      const some = this.segments.slice(from, from + atOnce)
      const [first, last] = [some[0], some.at(-1)]
      if (!first || !last) break
      const records = some.reduce((sum, each) => sum + each.records, 0)
      const place = await this.#pages.add(packPage(writeSegmentPlaces(some)))
      const { firstKey } = first
      places.push({ ...place, records, firstKey, lastKey: last.lastKey, segmentsBefore: from, recordsBefore })
      recordsBefore += records
    }
    return places
  }
}
