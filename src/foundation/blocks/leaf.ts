import { pageRoom } from './block.ts'
import { BlockReader, BlockWriter, sharedLength } from './block-bytes.ts'

/** One entry of a generation: what is looked up, and what is kept under it. */
export type LeafEntry = { readonly key: string; readonly value: Buffer }

/**
 * Entries in their order, cut into leaves that fit a block each; one that is longer than a block has a leaf of its own.
 * What a key begins with as the one before it does is left out.
 */
export function* packLeaves(
  entries: Iterable<LeafEntry>,
): Generator<{ readonly first: string; readonly page: Buffer }> {
  const body = new BlockWriter()
  let first = ''
  let before = ''
  let count = 0
  const close = (): { readonly first: string; readonly page: Buffer } => {
    const head = new BlockWriter()
    head.number(count)
    return { first, page: Buffer.concat([head.take(), body.take()]) }
  }
  for (const { key, value } of entries) {
    // Three bytes for each length, and three for the number of entries, are more than a leaf ever needs.
    const most = body.length + Buffer.byteLength(key, 'utf8') + value.length + 12
    if (count > 0 && most > pageRoom) {
      yield close()
      count = 0
    }
    if (count === 0) {
      first = key
      before = ''
    }
    const same = sharedLength(before, key)
    body.number(same)
    body.text(key.slice(same))
    body.number(value.length)
    body.bytes(value)
    before = key
    count += 1
  }
  if (count > 0) yield close()
}

/** What `packLeaves` made a page of. Throws `BrokenBlock` where it is none. */
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
 * What stands under one key in what `packLeaves` made a page of, or null: most keys of the page are passed over unread. Throws
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
