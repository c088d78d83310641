import { countBlocks, joinBlocks, type PagePlace } from '../../foundation/blocks/block.ts'
import { BrokenBlock } from '../../foundation/blocks/block-bytes.ts'
import { type LeafEntry, readLeaf } from '../../foundation/blocks/leaf.ts'
import { type LeafPlace, readLeafPlaces } from '../../foundation/blocks/leaf-places.ts'
import { type FetchBlocks, LeafReader, type Lookup } from '../../foundation/blocks/leaf-reader.ts'
import type { ItemId } from '../../foundation/ids.ts'
import { type ClockOffsets, readOffsets } from './clock-offsets.ts'
import {
  type GenerationRoot,
  readFirstBlock,
  readItems,
  readRoot,
  readSegmentPlaces,
  type SegmentPlace,
} from './directory.ts'
import { entryKeys } from './entry-keys.ts'
import { decodeSegment, type Segment } from './segment.ts'

/** A generation whose root was read. */
export type OpenGeneration = { readonly id: string; readonly root: GenerationRoot }

/** Blocks of directories that are fetched before it is known which of them are needed: one is for some 12 000 records. */
const mostDirectoriesAhead = 8

/** Reads the pages of generations, many at a time, each once. */
export class PageReader {
  readonly #pages: LeafReader

  constructor(fetch: FetchBlocks) {
    this.#pages = new LeafReader(fetch)
  }

  /** Opens generations by their first blocks. */
  async open(
    firsts: readonly { readonly id: string; readonly block: Buffer }[],
  ): Promise<readonly OpenGeneration[]> {
    const opened = firsts.map(({ id, block }) => {
      if (countBlocks(block) !== 1) throw new BrokenBlock('a first block that is longer than one')
      return { id, first: readFirstBlock(joinBlocks([block])) }
    })
    const elsewhere = opened.flatMap(({ id, first }) =>
      'blocks' in first ? [{ generation: id, place: first }] : [],
    )
    const pages = await this.#pages.get(elsewhere)
    return opened.map(({ id, first }) => {
      if (!('blocks' in first)) return { id, root: first }
      const index = elsewhere.findIndex(each => each.generation === id)
      return { id, root: readRoot(pages[index] ?? Buffer.alloc(0)) }
    })
  }

  /**
   * Fetches the directories of segments where they are few, so that they are at hand once it is known which segments are
   * needed: fetched beside something else, they take no step of their own.
   */
  async fetchDirectories(generations: readonly OpenGeneration[]): Promise<void> {
    const pages = generations.flatMap(({ id, root }) =>
      root.segments.map(place => ({ generation: id, place })),
    )
    const blocks = pages.reduce((sum, { place }) => sum + place.blocks, 0)
    if (blocks <= mostDirectoriesAhead) await this.#pages.get(pages)
  }

  /** What stands in the leaves of each generation under what is looked up there, in the order of the keys. */
  async lookUp(
    wanted: readonly { readonly generation: OpenGeneration; readonly lookups: readonly Lookup[] }[],
  ): Promise<readonly (readonly LeafEntry[])[]> {
    return this.#pages.lookUp(
      wanted.map(({ generation: { id, root }, lookups }) => ({
        generation: id,
        leaves: root.leaves,
        lookups,
      })),
    )
  }

  /** The items that the records of each generation are of. */
  async itemsOf(generations: readonly OpenGeneration[]): Promise<readonly (readonly ItemId[])[]> {
    const pages = await this.#pages.get(
      generations.flatMap(({ id, root }) => (root.items ? [{ generation: id, place: root.items }] : [])),
    )
    let at = 0
    return generations.map(({ root }) =>
      root.items ? this.#pages.once(pages[at++] ?? Buffer.alloc(0), readItems) : [],
    )
  }

  /** By how much the clocks of each generation differ from their instants, in milliseconds; null where by too many. */
  async offsetsOf(generations: readonly OpenGeneration[]): Promise<readonly ClockOffsets[]> {
    const lookups = [{ by: 'key', key: entryKeys.offsets }] as const
    const found = await this.lookUp(generations.map(generation => ({ generation, lookups })))
    return found.map(([entry]) => (entry ? readOffsets(entry) : null))
  }

  /** Where the segments of these pages of a directory lie. */
  async segmentPlaces(
    wanted: readonly { readonly generation: OpenGeneration; readonly place: PagePlace }[],
  ): Promise<readonly (readonly SegmentPlace[])[]> {
    const pages = await this.#pages.get(
      wanted.map(each => ({ generation: each.generation.id, place: each.place })),
    )
    return pages.map(page => this.#pages.once(page, readSegmentPlaces))
  }

  /** Segments, opened, with the items of their generations. */
  async segments(
    wanted: readonly { readonly generation: OpenGeneration; readonly place: PagePlace }[],
  ): Promise<readonly Segment[]> {
    const own = new Map(wanted.map(({ generation }) => [generation.id, generation]))
    const items = [...own.values()].flatMap(({ id, root }) =>
      root.items ? [{ generation: id, place: root.items }] : [],
    )
    const pages = await this.#pages.get([
      ...items,
      ...wanted.map(each => ({ generation: each.generation.id, place: each.place })),
    ])
    const itemsOf = new Map(items.map(({ generation }, index) => [generation, pages[index]]))
    return wanted.map(({ generation }, index) => {
      const named = itemsOf.get(generation.id)
      const page = pages[items.length + index] ?? Buffer.alloc(0)
      return this.#pages.once(page, bytes =>
        decodeSegment(bytes, named ? this.#pages.once(named, readItems) : []),
      )
    })
  }

  /** Where the leaves lie that a page of their directory names. */
  async leafPlaces(generation: OpenGeneration, directory: PagePlace): Promise<readonly LeafPlace[]> {
    return readLeafPlaces((await this.pages(generation, [directory]))[0] ?? Buffer.alloc(0))
  }

  /** The entries of each of these leaves. */
  async leaves(
    generation: OpenGeneration,
    places: readonly PagePlace[],
  ): Promise<readonly (readonly LeafEntry[])[]> {
    return (await this.pages(generation, places)).map(readLeaf)
  }

  /** Pages as they lie, in the order asked for. */
  async pages(generation: OpenGeneration, places: readonly PagePlace[]): Promise<readonly Buffer[]> {
    return this.#pages.get(places.map(place => ({ generation: generation.id, place })))
  }
}
