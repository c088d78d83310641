import type { EntryPlan } from './archive.ts'

/** Where the directory of a zip lies and what it says of itself. */
export type DirectoryPlace = {
  readonly from: number
  readonly to: number
  /** The first byte behind the end record and its comment. */
  readonly end: number
  /** How far everything is shifted: bytes that stand before the archive, or, below zero, that are missing there. */
  readonly shift: number
  readonly entries: number
  readonly comment: Buffer
}

// APPNOTE.TXT 6.3.10, section 4.3.16: the end record with the longest comment
export const longestTail = 22 + 65_535

/**
 * Finds the end record of a zip in the last bytes of a file, whatever stands behind it. `at` is where `tail` begins in
 * the file. Null when there is none that points to a directory of the size it states.
 */
// APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16
export function findDirectory(tail: Buffer, at: number, size: number): DirectoryPlace | null {
  for (let index = tail.length - 22; index >= 0; index -= 1) {
    if (tail.readUInt32LE(index) !== 0x06054b50) continue
    const place = readEnd(tail, index, at, size)
    if (place) return place
  }
  return null
}

function readEnd(tail: Buffer, index: number, at: number, size: number): DirectoryPlace | null {
  const commentLength = tail.readUInt16LE(index + 20)
  const end = at + index + 22 + commentLength
  if (end > size) return null
  let entries = tail.readUInt16LE(index + 10)
  let length = tail.readUInt32LE(index + 12)
  let stated = tail.readUInt32LE(index + 16)
  let to = at + index
  if (entries === 0xffff || length === 0xffffffff || stated === 0xffffffff) {
    const large = index - 76
    if (large >= 0 && tail.readUInt32LE(large) === 0x06064b50) {
      entries = Number(tail.readBigUInt64LE(large + 32))
      length = Number(tail.readBigUInt64LE(large + 40))
      stated = Number(tail.readBigUInt64LE(large + 48))
      to = at + large
    }
  }
  const from = to - length
  if (from < 0 || (entries === 0) !== (length === 0)) return null
  const comment = tail.subarray(index + 22, index + 22 + commentLength)
  return { from, to, end, shift: from - stated, entries, comment }
}

/** A line of a directory, and how many bytes of the directory end with it. */
export type DirectoryLine = { readonly plan: EntryPlan; readonly to: number }

/**
 * Reads the lines of a directory one after another, as far as they are whole; what follows a broken one is not read.
 * Only the line that is being read is held: a directory may be as long as its archive.
 */
// APPNOTE.TXT 6.3.10, section 4.3.12
export async function* readDirectory(
  pieces: AsyncIterable<Uint8Array>,
  shift: number,
): AsyncGenerator<DirectoryLine> {
  let held: Buffer = Buffer.alloc(0)
  let to = 0
  for await (const piece of pieces) {
    held = held.length === 0 ? Buffer.from(piece) : Buffer.concat([held, piece])
    let at = 0
    for (;;) {
      if (held.length - at < 46) break
      if (held.readUInt32LE(at) !== 0x02014b50) return
      const length = lengthOf(held, at)
      if (held.length - at < length) break
      at += length
      to += length
      yield { plan: readLine(held.subarray(at - length, at), shift), to }
    }
    held = held.subarray(at)
  }
}

const lengthOf = (bytes: Buffer, at: number): number =>
  46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)

function readLine(line: Buffer, shift: number): EntryPlan {
  const nameLength = line.readUInt16LE(28)
  const extra = line.subarray(46 + nameLength, 46 + nameLength + line.readUInt16LE(30))
  const sizes = largeSizes(extra, [line.readUInt32LE(24), line.readUInt32LE(20), line.readUInt32LE(42)])
  const onUnix = line[5] === 3
  return {
    nameBytes: Buffer.from(line.subarray(46, 46 + nameLength)),
    size: sizes[0] ?? 0,
    compressedSize: sizes[1] ?? 0,
    from: (sizes[2] ?? 0) + shift,
    method: line.readUInt16LE(10),
    encrypted: (line.readUInt16LE(8) & 1) !== 0,
    described: (line.readUInt16LE(8) & 8) !== 0,
    mode: onUnix ? line.readUInt32LE(38) >>> 16 : 0,
    sum: line.readUInt32LE(16),
  }
}

/** Sizes that do not fit into 32 bits stand in an extra field, in a fixed order, each only where it is needed. */
// APPNOTE.TXT 6.3.10, section 4.5.3
export function largeSizes(extra: Buffer, small: readonly number[]): readonly number[] {
  let at = 0
  while (at + 4 <= extra.length) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1) {
      let next = at + 4
      return small.map(value => {
        if (value !== 0xffffffff || next + 8 > Math.min(extra.length, at + 4 + length)) return value
        next += 8
        return Number(extra.readBigUInt64LE(next - 8))
      })
    }
    at += 4 + length
  }
  return small
}
