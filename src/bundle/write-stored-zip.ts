import { crc32 } from 'node:zlib'

/** A file of a zip. It is opened when it is its turn. */
export type ZippedFile = { readonly name: string; readonly open: () => AsyncIterable<Uint8Array> }

/**
 * Writes files into a zip as they are, one after another; memory does not grow with them. Same files, same bytes: the
 * time of every file is the first that a zip can hold, and nothing of the machine shows.
 */
// .ZIP File Format Specification 6.3
export async function* writeStoredZip(files: readonly ZippedFile[]): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let at = 0
  for (const { name, open } of files) {
    const head = localHead(Buffer.from(name))
    yield head
    let size = 0
    let checksum = 0
    for await (const part of open()) {
      checksum = crc32(part, checksum)
      size += part.length
      yield part
    }
    const file = { name: Buffer.from(name), at, size, checksum }
    const end = sizesBehind(file)
    yield end
    at += head.length + size + end.length
    written.push(file)
  }
  let directory = 0
  for (const file of written) {
    const entry = directoryEntry(file)
    directory += entry.length
    yield entry
  }
  yield endOfZip(written.length, directory, at)
}

type Written = {
  readonly name: Buffer
  /** Where it begins in the zip. */
  readonly at: number
  readonly size: number
  readonly checksum: number
}

/** What four bytes can say. The highest of them means that eight bytes say it elsewhere. */
const mostInFour = 0xffffffff
const isLong = ({ at, size }: Pick<Written, 'at' | 'size'>): boolean => size >= mostInFour || at >= mostInFour

const plainVersion = 20
const longVersion = 45
/** Made on a Unix, by version 6.3 of the format. */
const madeBy = (3 << 8) | 63
/** Sizes and checksum stand behind the file (bit 3), and names are UTF-8 (bit 11). */
const flags = (1 << 3) | (1 << 11)
/** 1 January 1980, midnight. */
const firstTime = [0, 0x21] as const
/** A file that its owner may change and everybody read. */
const mode = 0o100644

// Section 4.3.7
function localHead(name: Buffer): Buffer {
  return Buffer.concat([
    ...[four(0x04034b50), two(plainVersion, flags, 0, ...firstTime), four(0, 0, 0), two(name.length, 0)],
    name,
  ])
}

// Section 4.3.9
function sizesBehind(file: Written): Buffer {
  const { size, checksum } = file
  return Buffer.concat([four(0x08074b50, checksum), isLong(file) ? eight(size, size) : four(size, size)])
}

// Section 4.3.12; for what is long, section 4.5.3
function directoryEntry(file: Written): Buffer {
  const { name, at, size, checksum } = file
  const long = isLong(file)
  const extra = long ? Buffer.concat([two(0x0001, 24), eight(size, size, at)]) : Buffer.alloc(0)
  const said = long ? [mostInFour, mostInFour] : [size, size]
  return Buffer.concat([
    ...[four(0x02014b50), two(madeBy, long ? longVersion : plainVersion, flags, 0, ...firstTime)],
    ...[four(checksum, ...said), two(name.length, extra.length, 0, 0, 0)],
    ...[four((mode << 16) >>> 0, long ? mostInFour : at), name, extra],
  ])
}

// Section 4.3.16; for what is long, sections 4.3.14 and 4.3.15
function endOfZip(files: number, directory: number, at: number): Buffer {
  const isMany = files >= 0xffff
  const long = isMany || directory >= mostInFour || at >= mostInFour
  const count = isMany ? 0xffff : files
  const end = Buffer.concat([
    ...[four(0x06054b50), two(0, 0, count, count)],
    ...[four(Math.min(directory, mostInFour), Math.min(at, mostInFour)), two(0)],
  ])
  if (!long) return end
  return Buffer.concat([
    ...[
      four(0x06064b50),
      eight(44),
      two(madeBy, longVersion),
      four(0, 0),
      eight(files, files, directory, at),
    ],
    ...[four(0x07064b50, 0), eight(at + directory), four(1)],
    end,
  ])
}

function two(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * numbers.length)
  for (const [place, number] of numbers.entries()) bytes.writeUInt16LE(number, 2 * place)
  return bytes
}

function four(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length)
  for (const [place, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * place)
  return bytes
}

function eight(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * numbers.length)
  for (const [place, number] of numbers.entries()) bytes.writeBigUInt64LE(BigInt(number), 8 * place)
  return bytes
}
