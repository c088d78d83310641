import { createInflateRaw } from 'node:zlib'
import type { EntryPlan, RangeOf } from './archive.ts'
import { largeSizes } from './archive-directory.ts'

export type Rescued = {
  readonly entries: readonly EntryPlan[]
  /** True when the search cost more than an archive of this size may cost; more entries may lie behind. */
  readonly gaveUp: boolean
  /** The name of the entry that the end of the file cuts in two. */
  readonly cut: Buffer | null
}

/** No more is unpacked to find where an entry without stated sizes ends. */
const longestSearched = 4_294_967_296
const most = 20_001

/**
 * Finds the entries of an archive that has lost its directory, from the header that stands before each. An entry that
 * states its size only behind its content is unpacked to find its end.
 */
// APPNOTE.TXT 6.3.10, sections 4.3.7 and 4.3.9
export async function rescueEntries(source: RangeOf): Promise<Rescued> {
  const { range, isSpent } = boundSearch(source)
  const entries: EntryPlan[] = []
  let cut: Buffer | null = null
  let at = 0
  while (at < range.size && entries.length < most && !isSpent()) {
    const head = await range.bytes(at, at + 30)
    const signature = head.length < 4 ? 0 : head.readUInt32LE(0)
    if (signature === 0x02014b50) break
    if (signature !== 0x04034b50) {
      at = await findHeader(range, at + 1)
      continue
    }
    if (head.length < 30) break
    const nameLength = head.readUInt16LE(26)
    const extraLength = head.readUInt16LE(28)
    const more = await range.bytes(at + 30, at + 30 + nameLength + extraLength)
    const start = at + 30 + nameLength + extraLength
    const nameBytes = more.subarray(0, nameLength)
    if (more.length < nameLength + extraLength) {
      cut = nameBytes
      break
    }
    const found = await findEnd(range, head, more.subarray(nameLength), start)
    if (!found) {
      cut ??= nameBytes
      at = await findHeader(range, at + 4)
      continue
    }
    const flags = head.readUInt16LE(6)
    entries.push({
      nameBytes: Buffer.from(nameBytes),
      from: at,
      method: head.readUInt16LE(8),
      encrypted: (flags & 1) !== 0,
      described: (flags & 8) !== 0,
      mode: 0,
      ...found,
    })
    at = start + found.compressedSize
  }
  return { entries, cut, gaveUp: isSpent() || entries.length === most }
}

/** Headers without an end could make every search run to the end of the file: together they read it four times. */
function boundSearch(source: RangeOf): { readonly range: RangeOf; isSpent(): boolean } {
  let left = source.size * 4 + 16_777_216
  const range: RangeOf = {
    ...source,
    async *stream(from, to) {
      for await (const piece of source.stream(from, to)) {
        left -= piece.length
        if (left < 0) return
        yield piece
      }
    },
  }
  return { range, isSpent: () => left < 0 }
}

type Found = Pick<EntryPlan, 'size' | 'compressedSize' | 'sum'>

async function findEnd(range: RangeOf, head: Buffer, extra: Buffer, start: number): Promise<Found | null> {
  const described = (head.readUInt16LE(6) & 8) !== 0
  const sizes = largeSizes(extra, [head.readUInt32LE(22), head.readUInt32LE(18)])
  const [size = 0, compressedSize = 0] = sizes
  if (!described || compressedSize > 0)
    return start + compressedSize > range.size ? null : { size, compressedSize, sum: head.readUInt32LE(14) }
  return head.readUInt16LE(8) === 8 ? endOfPacked(range, start) : endOfStored(range, start)
}

/** Packed content says itself where it ends. */
async function endOfPacked(range: RangeOf, start: number): Promise<Found | null> {
  const inflate = createInflateRaw()
  let size = 0
  const done = new Promise<boolean>(resolve => {
    inflate.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > longestSearched) resolve(false)
    })
    inflate.on('end', () => resolve(true))
    inflate.on('error', () => resolve(false))
  })
  let over = false
  void done.then(() => {
    over = true
  })
  for await (const piece of range.stream(start, range.size)) {
    if (!over && !inflate.write(piece))
      await Promise.race([done, new Promise(resolve => inflate.once('drain', resolve))])
    if (over) break
  }
  inflate.end()
  const whole = await done
  const compressedSize = inflate.bytesWritten
  inflate.destroy()
  if (!whole) return null
  const label = await range.bytes(start + compressedSize, start + compressedSize + 24)
  const from = label.length >= 4 && label.readUInt32LE(0) === 0x08074b50 ? 4 : 0
  return label.length < from + 12 ? null : { size, compressedSize, sum: label.readUInt32LE(from) }
}

/** Content that is not packed ends where a label behind it states exactly its length. */
async function endOfStored(range: RangeOf, start: number): Promise<Found | null> {
  for (let at = start; ; ) {
    const found = await findMark(range, at, [0x50, 0x4b, 0x07, 0x08])
    if (found === -1) return null
    const label = await range.bytes(found, found + 16)
    if (label.length === 16 && label.readUInt32LE(8) === found - start) {
      const size = found - start
      return { size, compressedSize: size, sum: label.readUInt32LE(4) }
    }
    at = found + 4
  }
}

const findHeader = async (range: RangeOf, from: number): Promise<number> => {
  const found = await findMark(range, from, [0x50, 0x4b, 0x03, 0x04])
  return found === -1 ? range.size : found
}

async function findMark(range: RangeOf, from: number, mark: readonly number[]): Promise<number> {
  const sought = Buffer.from(mark)
  let carried: Buffer = Buffer.alloc(0)
  let at = from
  for await (const piece of range.stream(from, range.size)) {
    const bytes = Buffer.concat([carried, piece])
    const found = bytes.indexOf(sought)
    if (found !== -1) return at - carried.length + found
    at += piece.length
    carried = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 3)))
  }
  return -1
}
