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
