import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import { BrokenBlock } from './block-bytes.ts'

/** Every sealed block has so many bytes, whatever it holds: two rows of the table fill a page of the database. */
export const blockBytes = 4000

/** What sealing adds to a block: the layout, the nonce and the tag. */
const sealedOverhead = 29

/** So many bytes of a block before it is sealed. */
export const blockRoom = blockBytes - sealedOverhead

/** The byte that says how a page is kept, and its length. */
const headBytes = 5

/** So many bytes of a page fit into one block. */
export const pageRoom = blockRoom - headBytes

/** No page is longer, packed or not: a record of the longest message is below it. */
const longestPage = 256 * 1024 * 1024

/** A page: something that is read as one. It lies in as many blocks as it needs, one behind the other. */
export type PagePlace = { readonly first: number; readonly blocks: number }

const plain = 0
const deflated = 1

/** Packs a page, so that it takes less room; one that would not become shorter stays as it is. */
export function packPage(page: Buffer): Buffer {
  const packed = deflateRawSync(page, { level: 1 })
  return packed.length < page.length ? withHead(deflated, packed) : withHead(plain, page)
}

/** A page as it is, for what packing makes no shorter. */
export function keepPage(page: Buffer): Buffer {
  return withHead(plain, page)
}

function withHead(kind: number, bytes: Buffer): Buffer {
  const page = Buffer.allocUnsafe(headBytes + bytes.length)
  page[0] = kind
  page.writeUInt32LE(bytes.length, 1)
  bytes.copy(page, headBytes)
  return page
}

/** How many blocks a packed page takes. */
export const blocksOf = (packed: Buffer): number => Math.max(1, Math.ceil(packed.length / blockRoom))

/** A packed page as blocks, each filled up to the same length. */
export function cutIntoBlocks(packed: Buffer): readonly Buffer[] {
  return Array.from({ length: blocksOf(packed) }, (_, index) => {
    const part = packed.subarray(index * blockRoom, (index + 1) * blockRoom)
    if (part.length === blockRoom) return part
    const block = Buffer.alloc(blockRoom)
    part.copy(block)
    return block
  })
}

/** How many blocks the page that begins with this one takes. */
export function countBlocks(first: Buffer): number {
  return Math.max(1, Math.ceil((headBytes + lengthOf(first)) / blockRoom))
}

/** The page that lies in these blocks. Throws `BrokenBlock` where they do not hold one whole page. */
export function joinBlocks(blocks: readonly Buffer[]): Buffer {
  const [first] = blocks
  if (!first) throw new BrokenBlock('a page without blocks')
  const length = lengthOf(first)
  const whole = blocks.length === 1 ? first : Buffer.concat(blocks)
  if (headBytes + length > whole.length) throw new BrokenBlock('a page is longer than its blocks')
  const bytes = whole.subarray(headBytes, headBytes + length)
  if (first[0] === plain) return bytes
  if (first[0] !== deflated) throw new BrokenBlock('a page of an unknown kind')
  try {
    return inflateRawSync(bytes, { maxOutputLength: longestPage, finishFlush: constants.Z_FINISH })
  } catch {
    throw new BrokenBlock('a page does not unpack')
  }
}

function lengthOf(first: Buffer): number {
  if (first.length < headBytes) throw new BrokenBlock('a block is cut short')
  const length = first.readUInt32LE(1)
  if (length > longestPage) throw new BrokenBlock('a page is too long')
  return length
}

/** The length of a generation: the next power of two of blocks, and never fewer than these. */
export function roundedBlocks(blocks: number): number {
  let rounded = 16
  while (rounded < blocks) rounded *= 2
  return rounded
}
