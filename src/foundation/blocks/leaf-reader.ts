import { joinBlocks, type PagePlace } from './block.ts'
import { findInLeaf, type LeafEntry, readLeaf } from './leaf.ts'
import { type LeafPlace, readLeafPlaces } from './leaf-places.ts'

/** Which block of which generation. */
export type BlockPlace = { readonly generation: string; readonly number: number }

/** Fetches blocks and opens them, in the order asked for. */
export type FetchBlocks = (wanted: readonly BlockPlace[]) => Promise<readonly Buffer[]>

/** A page of a generation. */
export type WantedPage = { readonly generation: string; readonly place: PagePlace }

/** What is looked up in the leaves: under a key, under all keys that begin so, or under the last key up to one. */
export type Lookup = { readonly by: 'key' | 'beginning' | 'last-up-to'; readonly key: string }

/** Reads the pages of generations, many at a time, each once, and looks up what stands in their leaves. */
export class LeafReader {
  readonly #fetch: FetchBlocks
  readonly #pages = new Map<string, Buffer>()
  readonly #read = new Map<Buffer, unknown>()

  constructor(fetch: FetchBlocks) {
    this.#fetch = fetch
  }

  /**
   * What stands in the leaves of each generation under what is looked up there, in the order of the keys.
   *
   * `leaves` is where the directory of its leaves lies.
   */
  async lookUp(
    wanted: readonly {
      readonly generation: string
      readonly leaves: readonly LeafPlace[]
      readonly lookups: readonly Lookup[]
    }[],
  ): Promise<readonly (readonly LeafEntry[])[]> {
    const inDirectory = wanted.map(({ leaves, lookups }) => findPlaces(leaves, lookups))
    const directories = await this.#readAll(wanted, inDirectory, readLeafPlaces)
    const inLeaves = wanted.map(({ lookups }, index) => findPlaces(directories[index]?.flat() ?? [], lookups))
    const leaves = await this.#readAll(wanted, inLeaves, readLeaf)
    return wanted.map(({ lookups }, index) => chooseEntries(leaves[index]?.flat() ?? [], lookups))
  }

  /** What stands under these keys in each generation: the same as by `lookUp`, without reading what else is in the leaves. */
  async lookUpKeys(
    generations: readonly { readonly generation: string; readonly leaves: readonly LeafPlace[] }[],
    keys: readonly string[],
  ): Promise<readonly LeafEntry[]> {
    const lookups = keys.map((key): Lookup => ({ by: 'key', key }))
    const inDirectory = generations.map(({ leaves }) => findPlaces(leaves, lookups))
    const directories = await this.#readAll(generations, inDirectory, readLeafPlaces)
    const wanted = generations.flatMap(({ generation }, index) => {
      const places = directories[index]?.flat() ?? []
      return keys.flatMap(key => {
        const place = places[lastUpTo(places, key)]
        return place ? [{ generation, place, key }] : []
      })
    })
    const pages = await this.get(wanted)
    return wanted.flatMap(({ key }, index) => {
      const value = findInLeaf(pages[index] ?? Buffer.alloc(0), key)
      return value ? [{ key, value }] : []
    })
  }

  /** A page is read once, however often it is asked for. */
  once<Read>(page: Buffer, read: (page: Buffer) => Read): Read {
    const known = this.#read.get(page)
    if (known !== undefined) return known as Read
    const now = read(page)
    this.#read.set(page, now)
    return now
  }

  /** Pages as they were before they were packed, in the order asked for. */
  async get(wanted: readonly WantedPage[]): Promise<readonly Buffer[]> {
    const nameOf = ({ generation, place }: WantedPage): string => `${generation} ${place.first}`
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

  async #readAll<Read>(
    wanted: readonly { readonly generation: string }[],
    places: readonly (readonly PagePlace[])[],
    read: (page: Buffer) => Read,
  ): Promise<readonly (readonly Read[])[]> {
    const all = places.flatMap((some, index) =>
      some.map(place => ({ generation: wanted[index]?.generation ?? '', place })),
    )
    const pages = await this.get(all)
    let at = 0
    return places.map(some => some.map(() => this.once(pages[at++] ?? Buffer.alloc(0), read)))
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
