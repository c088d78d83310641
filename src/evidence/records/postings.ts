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

/** Places in rising order: how far each is from the one before, or a bit for each record where that is shorter. */
export function encodePostings(places: readonly number[], records: number, out: BlockWriter): Buffer {
  out.number(places.length)
  const bytes = Math.ceil(records / 8)
  // A bitmap has one length; deltas take a byte each at least.
  if (places.length >= bytes) {
    const bits = Buffer.alloc(bytes)
    for (const place of places) bits[place >>> 3] = (bits[place >>> 3] ?? 0) | (1 << (place & 7))
    out.number(asBits)
    out.bytes(bits)
    return out.take()
  }
  out.number(asDeltas)
  let before = -1
  for (const place of places) {
    out.number(place - before - 1)
    before = place
  }
  return out.take()
}

/** How many records a list of postings names. */
export const countPostings = (bytes: Buffer): number => new BlockReader(bytes).number()

/** Adds the records that a list of postings names. Throws `BrokenBlock` where it names one that is not there. */
export function decodePostings(bytes: Buffer, records: number, into: Bits): void {
  const reader = new BlockReader(bytes)
  const total = reader.number()
  if (total > records) throw new BrokenBlock('more records are named than there are')
  const kind = reader.number()
  if (kind === asBits) {
    const bits = reader.bytes(Math.ceil(records / 8))
    for (let at = 0; at < bits.length; at += 1) {
      const word = at >>> 2
      into[word] = (into[word] ?? 0) | ((bits[at] ?? 0) << ((at & 3) * 8))
    }
    return
  }
  if (kind !== asDeltas) throw new BrokenBlock('postings of an unknown kind')
  let place = -1
  for (let count = 0; count < total; count += 1) {
    place += reader.number() + 1
    if (place >= records) throw new BrokenBlock('a record is named that is not there')
    into[place >>> 5] = (into[place >>> 5] ?? 0) | (1 << (place & 31))
  }
}
