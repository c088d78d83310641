import { BlockReader, type BlockWriter, BrokenBlock } from '../../foundation/blocks/block-bytes.ts'

/** Which records of a generation: a bit for each, by its place in the order of the timeline. */
export type Bits = Uint32Array

export const noBits = (count: number): Bits => new Uint32Array(Math.ceil(count / 32))

/** Bits for all of so many records. */
export function allBits(count: number): Bits {
  const bits = noBits(count).fill(0xffff_ffff)
  if (count % 32 !== 0) bits[bits.length - 1] = 2 ** (count % 32) - 1
  return bits
}

/** Leaves only what the other has too. */
export function keepBits(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (other[at] ?? 0)
}

export function addBits(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | (other[at] ?? 0)
}

export function dropBits(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & ~(other[at] ?? 0)
}

/** How many of the records from `from` up to but without `to`. */
export function countBits(bits: Bits, from: number, to: number): number {
  let count = 0
  let at = from
  while (at < to && at % 32 !== 0) count += hasBit(bits, at++) ? 1 : 0
  for (; at + 32 <= to; at += 32) count += countOnes(bits[at / 32] ?? 0)
  while (at < to) count += hasBit(bits, at++) ? 1 : 0
  return count
}

export const hasBit = (bits: Bits, at: number): boolean => ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0

function countOnes(word: number): number {
  let left = word - ((word >>> 1) & 0x5555_5555)
  left = (left & 0x3333_3333) + ((left >>> 2) & 0x3333_3333)
  return Math.imul((left + (left >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}

const asDeltas = 0
const asBits = 1
const inParts = 2

/** A list of postings that is longer lies in blocks of its own: a page reads of it only what it shows. Bytes. */
export const longestInLeaf = 2000

/** So many records are in one part where each has a bit: as many as fit a block. */
const bitsInPart = 30_720

/** A part that holds distances is closed at so many bytes: the next one may take eight more. */
const deltasInPart = 3900

/**
 * A stretch of the records of a generation, and how many of them a list of postings names there. `block` is the one in
 * which they stand; null where none is named, or every one.
 */
export type PostingsPart = {
  readonly from: number
  readonly until: number
  readonly count: number
  readonly block: number | null
}

/** Places in rising order: how far each is from the one before, or a bit for each record where that is shorter. */
export function encodePostings(places: ArrayLike<number>, records: number, out: BlockWriter): Buffer {
  out.number(places.length)
  const bytes = Math.ceil(records / 8)
  // A bitmap has one length; deltas take a byte each at least.
  if (places.length >= bytes) {
    out.number(asBits)
    out.bytes(bitsOfPlaces(places, 0, places.length, 0, bytes))
    return out.take()
  }
  out.number(asDeltas)
  let before = -1
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] ?? 0
    out.number(place - before - 1)
    before = place
  }
  return out.take()
}

function bitsOfPlaces(
  places: ArrayLike<number>,
  first: number,
  last: number,
  from: number,
  bytes: number,
): Buffer {
  const bits = Buffer.alloc(bytes)
  for (let index = first; index < last; index += 1) {
    const place = (places[index] ?? 0) - from
    bits[place >>> 3] = (bits[place >>> 3] ?? 0) | (1 << (place & 7))
  }
  return bits
}

/** A long list of postings as stretches of the records, each with the bytes of its block where it needs one. */
export function cutPostings(
  places: ArrayLike<number>,
  records: number,
  out: BlockWriter,
): readonly (Omit<PostingsPart, 'block'> & { readonly bytes: Buffer | null })[] {
  const parts: (Omit<PostingsPart, 'block'> & { readonly bytes: Buffer | null })[] = []
  const isDense = places.length * 8 >= records
  let from = 0
  let index = 0
  while (from < records) {
    const first = index
    let until = records
    let bytes: Buffer
    if (isDense) {
      until = Math.min(records, from + bitsInPart)
      while (index < places.length && (places[index] ?? 0) < until) index += 1
      out.number(asBits)
      out.bytes(bitsOfPlaces(places, first, index, from, Math.ceil((until - from) / 8)))
      bytes = out.take()
    } else {
      out.number(asDeltas)
      let before = from - 1
      for (; index < places.length && out.length < deltasInPart; index += 1) {
        const place = places[index] ?? 0
        out.number(place - before - 1)
        before = place
      }
      if (index < places.length) until = before + 1
      bytes = out.take()
    }
    const count = index - first
    parts.push({ from, until, count, bytes: count > 0 && count < until - from ? bytes : null })
    from = until
  }
  return parts
}

/** What stands in a leaf for a list that lies in parts; the first of their blocks has this number, and the others follow it. */
export function encodeParts(
  parts: readonly Omit<PostingsPart, 'block'>[],
  first: number,
  out: BlockWriter,
): Buffer {
  out.number(parts.reduce((sum, part) => sum + part.count, 0))
  out.number(inParts)
  out.number(first)
  out.number(parts.length)
  for (const { from, until, count } of parts) {
    out.number(until - from)
    out.number(count)
  }
  return out.take()
}

/** How many records a list of postings names. */
export const countPostings = (bytes: Buffer): number => new BlockReader(bytes).number()

/**
 * The parts in which a list of postings lies; null where it stands in the leaf itself. Throws `BrokenBlock` where they are
 * not all the records there are.
 */
export function partsOfPostings(bytes: Buffer, records: number): readonly PostingsPart[] | null {
  const reader = new BlockReader(bytes)
  reader.number()
  if (reader.number() !== inParts) return null
  let block = reader.number()
  let from = 0
  const parts = Array.from({ length: reader.count(2) }, () => {
    const until = from + reader.number()
    const count = reader.number()
    const isWritten = count > 0 && count < until - from
    const part = { from, until, count, block: isWritten ? block : null }
    if (isWritten) block += 1
    if (until > records || until <= from || count > until - from)
      throw new BrokenBlock('a part holds more records than there are')
    from = until
    return part
  })
  if (from !== records) throw new BrokenBlock('parts end before the records do')
  return parts
}

/** Adds the records that a list of postings in a leaf names. Throws `BrokenBlock` where it names one that is not there. */
export function decodePostings(bytes: Buffer, records: number, into: Bits): void {
  const reader = new BlockReader(bytes)
  const total = reader.number()
  if (total > records) throw new BrokenBlock('more records are named than there are')
  decodeStretch(reader, { from: 0, until: records, count: total }, into)
}

/** Adds the records that a part names; `bytes` is its block where it has one. */
export function decodePart(part: PostingsPart, bytes: Buffer | null, into: Bits): void {
  if (part.block !== null) decodeStretch(new BlockReader(bytes ?? Buffer.alloc(0)), part, into)
  else if (part.count > 0) for (let at = part.from; at < part.until; at += 1) setBit(into, at)
}

const setBit = (bits: Bits, at: number): void => {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31))
}

function decodeStretch(
  reader: BlockReader,
  { from, until, count }: Omit<PostingsPart, 'block'>,
  into: Bits,
): void {
  const kind = reader.number()
  if (kind === asBits) {
    if (from % 32 !== 0) throw new BrokenBlock('bits begin in the middle of a word')
    const bits = reader.bytes(Math.ceil((until - from) / 8))
    for (let at = 0; at < bits.length; at += 1) {
      const word = (from >>> 5) + (at >>> 2)
      into[word] = (into[word] ?? 0) | ((bits[at] ?? 0) << ((at & 3) * 8))
    }
    return
  }
  if (kind !== asDeltas) throw new BrokenBlock('postings of an unknown kind')
  let place = from - 1
  for (let index = 0; index < count; index += 1) {
    place += reader.number() + 1
    if (place >= until) throw new BrokenBlock('a record is named that is not there')
    setBit(into, place)
  }
}

/** The records that a list of postings names, in rising order; `blocks` are those of its parts that have one. */
export function listPostings(
  bytes: Buffer,
  records: number,
  blocks: ReadonlyMap<number, Buffer>,
): Uint32Array {
  const total = countPostings(bytes)
  if (total > records) throw new BrokenBlock('more records are named than there are')
  const places = new Uint32Array(total)
  let next = 0
  const parts = partsOfPostings(bytes, records)
  if (!parts) {
    const reader = new BlockReader(bytes)
    reader.number()
    next = listStretch(reader, { from: 0, until: records, count: total }, places, next)
  }
  for (const part of parts ?? []) {
    const block = part.block === null ? null : (blocks.get(part.block) ?? Buffer.alloc(0))
    if (block) next = listStretch(new BlockReader(block), part, places, next)
    else if (part.count > 0) for (let at = part.from; at < part.until; at += 1) places[next++] = at
  }
  if (next !== total) throw new BrokenBlock('fewer records are named than are counted')
  return places
}

function listStretch(
  reader: BlockReader,
  { from, until, count }: Omit<PostingsPart, 'block'>,
  places: Uint32Array,
  first: number,
): number {
  let next = first
  if (reader.number() === asDeltas) {
    let place = from - 1
    for (let index = 0; index < count; index += 1) {
      place += reader.number() + 1
      if (place >= until) throw new BrokenBlock('a record is named that is not there')
      places[next++] = place
    }
    return next
  }
  const bits = reader.bytes(Math.ceil((until - from) / 8))
  for (const [at, byte] of bits.entries())
    for (let left = byte; left !== 0; left &= left - 1)
      places[next++] = from + at * 8 + 31 - Math.clz32(left & -left)
  return next
}
