import { pageRoom } from './block.ts'
import { BlockReader, BlockWriter, sharedLength } from './block-bytes.ts'

/** One entry of a generation: what is looked up, and what is kept under it. */
export type LeafEntry = { readonly key: string; readonly value: Buffer }

/**
 * Cuts entries, added in their order, into leaves that fit a block each; one that is longer than a block has a leaf of its
 * own. What a key begins with as the one before it does is left out.
 */
export class LeafPacker {
  readonly #body = new BlockWriter()
  #first = ''
  #before = ''
  #count = 0

  /** Answers the leaf before it where that is full. */
  add({ key, value }: LeafEntry): PackedLeaf | null {
    // Three bytes for each length, and three for the number of entries, are more than a leaf ever needs.
    const most = this.#body.length + Buffer.byteLength(key, 'utf8') + value.length + 12
    const full = this.#count > 0 && most > pageRoom ? this.close() : null
    if (this.#count === 0) {
      this.#first = key
      this.#before = ''
    }
    const same = sharedLength(this.#before, key)
    this.#body.number(same)
    this.#body.text(key.slice(same))
    this.#body.number(value.length)
    this.#body.bytes(value)
    this.#before = key
    this.#count += 1
    return full
  }

  /** The last leaf; null where nothing was added since the one before. */
  close(): PackedLeaf | null {
    if (this.#count === 0) return null
    const head = new BlockWriter()
    head.number(this.#count)
    this.#count = 0
    return { first: this.#first, page: Buffer.concat([head.take(), this.#body.take()]) }
  }
}

/** A leaf, and the first key in it. */
export type PackedLeaf = { readonly first: string; readonly page: Buffer }

/** What `LeafPacker` made a page of. Throws `BrokenBlock` where it is none. */
export function readLeaf(page: Buffer): readonly LeafEntry[] {
  const reader = new BlockReader(page)
  let key = ''
  return Array.from({ length: reader.count(3) }, () => {
    const same = reader.number()
    key = key.slice(0, same) + reader.text()
    return { key, value: reader.bytes(reader.number()) }
  })
}

/**
 * What stands under one key in what `LeafPacker` made a page of, or null: most keys of the page are passed over unread. Throws
 * `BrokenBlock` where it is no such page.
 */
export function findInLeaf(page: Buffer, key: string): Buffer | null {
  const reader = new BlockReader(page)
  const entries = reader.count(3)
  // How far the last key and this one begin alike. A next key that has more in common with the last one differs from this one
  // where the last one did; one that has less in common is beyond it.
  let alike = 0
  for (let entry = 0; entry < entries; entry += 1) {
    const same = reader.number()
    if (same < alike) return null
    if (same > alike) {
      reader.skip()
      reader.skip()
      continue
    }
    const rest = reader.text()
    const sought = key.slice(alike)
    if (rest === sought) return reader.bytes(reader.number())
    if (rest > sought) return null
    alike += sharedLength(rest, sought)
    reader.skip()
  }
  return null
}
