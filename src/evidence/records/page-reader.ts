import type { ItemId } from '../../foundation/ids.ts'
import { countBlocks, joinBlocks, type PagePlace } from './block.ts'
import { BrokenBlock } from './block-bytes.ts'
import {
  type GenerationRoot,
  type LeafPlace,
  readFirstBlock,
  readItems,
  readLeafPlaces,
  readRoot,
  readSegmentPlaces,
  type SegmentPlace,
} from './directory.ts'
import { entryKeys } from './entry-keys.ts'
import { type LeafEntry, readLeaf } from './leaf.ts'
import { decodeSegment, type Segment } from './segment.ts'

/** Which block of which generation. */
export type BlockPlace = { readonly generation: string; readonly number: number }

/** Fetches blocks and opens them, in the order asked for. */
export type FetchBlocks = (wanted: readonly BlockPlace[]) => Promise<readonly Buffer[]>

/** A generation whose root was read. */
export type OpenGeneration = { readonly id: string; readonly root: GenerationRoot }

type Wanted = { readonly generation: string; readonly place: PagePlace }

/** What is looked up in the leaves: under a key, under all keys that begin so, or under the last key up to one. */
export type Lookup = { readonly by: 'key' | 'beginning' | 'last-up-to'; readonly key: string }

/** Blocks of directories that are fetched before it is known which of them are needed: one is for some 12 000 records. */
const mostDirectoriesAhead = 8

/** Reads the pages of generations, many at a time, each once. */
export class PageReader {
  readonly #fetch: FetchBlocks
  readonly #pages = new Map<string, Buffer>()
  readonly #read = new Map<Buffer, unknown>()

  constructor(fetch: FetchBlocks) {
    this.#fetch = fetch
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
    const pages = await this.#get(elsewhere)
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
    if (blocks <= mostDirectoriesAhead) await this.#get(pages)
  }

  /** What stands in the leaves of each generation under what is looked up there, in the order of the keys. */
  async lookUp(
    wanted: readonly { readonly generation: OpenGeneration; readonly lookups: readonly Lookup[] }[],
  ): Promise<readonly (readonly LeafEntry[])[]> {
    const inDirectory = wanted.map(({ generation, lookups }) => findPlaces(generation.root.leaves, lookups))
    const directories = await this.#readAll(wanted, inDirectory, readLeafPlaces)
    const inLeaves = wanted.map(({ lookups }, index) => findPlaces(directories[index]?.flat() ?? [], lookups))
    const leaves = await this.#readAll(wanted, inLeaves, readLeaf)
    return wanted.map(({ lookups }, index) => chooseEntries(leaves[index]?.flat() ?? [], lookups))
  }

  /** The items that the records of each generation are of. */
  async itemsOf(generations: readonly OpenGeneration[]): Promise<readonly (readonly ItemId[])[]> {
    const pages = await this.#get(
      generations.flatMap(({ id, root }) => (root.items ? [{ generation: id, place: root.items }] : [])),
    )
    let at = 0
    return generations.map(({ root }) =>
      root.items ? this.#once(pages[at++] ?? Buffer.alloc(0), readItems) : [],
    )
  }

  /** By how much the clocks of each generation differ from their instants, in milliseconds; null where by too many. */
  async offsetsOf(generations: readonly OpenGeneration[]): Promise<readonly (readonly number[] | null)[]> {
    const lookups = [{ by: 'key', key: entryKeys.offsets }] as const
    const found = await this.lookUp(generations.map(generation => ({ generation, lookups })))
    return found.map(([entry]) => (entry ? JSON.parse(entry.value.toString('utf8')) : null))
  }

  /** Where the segments of these pages of a directory lie. */
  async segmentPlaces(
    wanted: readonly { readonly generation: OpenGeneration; readonly place: PagePlace }[],
  ): Promise<readonly (readonly SegmentPlace[])[]> {
    const pages = await this.#get(wanted.map(each => ({ generation: each.generation.id, place: each.place })))
    return pages.map(page => this.#once(page, readSegmentPlaces))
  }

  /** Segments, opened, with the items of their generations. */
  async segments(
    wanted: readonly { readonly generation: OpenGeneration; readonly place: PagePlace }[],
  ): Promise<readonly Segment[]> {
    const own = new Map(wanted.map(({ generation }) => [generation.id, generation]))
    const items = [...own.values()].flatMap(({ id, root }) =>
      root.items ? [{ generation: id, place: root.items }] : [],
    )
    const pages = await this.#get([
      ...items,
      ...wanted.map(each => ({ generation: each.generation.id, place: each.place })),
    ])
    const itemsOf = new Map(items.map(({ generation }, index) => [generation, pages[index]]))
    return wanted.map(({ generation }, index) => {
      const named = itemsOf.get(generation.id)
      const page = pages[items.length + index] ?? Buffer.alloc(0)
      return this.#once(page, bytes => decodeSegment(bytes, named ? this.#once(named, readItems) : []))
    })
  }

  async #readAll<Read>(
    wanted: readonly { readonly generation: OpenGeneration }[],
    places: readonly (readonly PagePlace[])[],
    read: (page: Buffer) => Read,
  ): Promise<readonly (readonly Read[])[]> {
    const all = places.flatMap((some, index) =>
      some.map(place => ({ generation: wanted[index]?.generation.id ?? '', place })),
    )
    const pages = await this.#get(all)
    let at = 0
    return places.map(some => some.map(() => this.#once(pages[at++] ?? Buffer.alloc(0), read)))
  }

  /** A page is read once, however often it is asked for. */
  #once<Read>(page: Buffer, read: (page: Buffer) => Read): Read {
    const known = this.#read.get(page)
    if (known !== undefined) return known as Read
    const now = read(page)
    this.#read.set(page, now)
    return now
  }

  async #get(wanted: readonly Wanted[]): Promise<readonly Buffer[]> {
    const nameOf = ({ generation, place }: Wanted): string => `${generation} ${place.first}`
    const missing = new Map(
      wanted.filter(each => !this.#pages.has(nameOf(each))).map(each => [nameOf(each), each]),
    )
    const numbers = [...missing.values()].flatMap(({ generation, place }) =>
      Array.from({ length: place.blocks }, (_, index) => ({ generation, number: place.first + index })),
    )
    const blocks = numbers.length > 0 ? await this.#fetch(numbers) : []
    let at = 0
    for (const [name, { place }] of missing) {
      this.#pages.set(name, joinBlocks(blocks.slice(at, at + place.blocks)))
      at += place.blocks
    }
    return wanted.map(each => this.#pages.get(nameOf(each)) ?? Buffer.alloc(0))
  }
}

/** The last of a list in order whose key is not beyond this one; -1 where all are. */
function lastUpTo(places: readonly { readonly key: string }[], key: string): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((places[middle]?.key ?? '') <= key) low = middle + 1
    else high = middle
  }
  return low - 1
}

function findPlaces(places: readonly LeafPlace[], lookups: readonly Lookup[]): readonly LeafPlace[] {
  const found = new Set<LeafPlace>()
  for (const { by, key } of lookups) {
    let at = Math.max(0, lastUpTo(places, key))
    const [first] = places.slice(at, at + 1)
    if (first) found.add(first)
    if (by !== 'beginning') continue
    for (at += 1; at < places.length && places[at]?.key.startsWith(key); at += 1) {
      const next = places[at]
      if (next) found.add(next)
    }
  }
  return places.filter(place => found.has(place))
}

function chooseEntries(entries: readonly LeafEntry[], lookups: readonly Lookup[]): readonly LeafEntry[] {
  const found = new Set<LeafEntry>()
  for (const { by, key } of lookups) {
    const at = lastUpTo(entries, key)
    const last = entries[at]
    if (by === 'key' && last?.key === key) found.add(last)
    if (by === 'last-up-to' && last) found.add(last)
    if (by !== 'beginning') continue
    for (let next = last?.key === key ? at : at + 1; next < entries.length; next += 1) {
      const entry = entries[next]
      if (!entry?.key.startsWith(key)) break
      found.add(entry)
    }
  }
  return [...found]
}
