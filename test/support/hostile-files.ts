import { type Made, makeZip } from './made-zip.ts'

/** Files made to fill a memory or a disk, a piece at a time; `count` says how large. */
export type HostileFile =
  | 'chat'
  | 'packed-chat'
  | 'long-line'
  | 'odd-bytes'
  | 'directory'
  | 'nested'
  | 'many-entries'

/** The pieces of a file of a kind. The same file each time. */
export function* makeHostile(kind: HostileFile, count: number): Generator<Uint8Array> {
  switch (kind) {
    case 'chat':
      yield* inLines(count, lineOfChat)
      return
    case 'packed-chat':
      yield makeZip([{ name: 'WhatsApp Chat with S.txt', data: '13/01/2025, 10:00 - S: \n'.repeat(count) }])
      return
    case 'long-line':
      // One message without an end, of so many megabytes, every word another.
      yield Buffer.from('13/01/2025, 10:00 - S: ')
      for (let megabyte = 0; megabyte < count; megabyte += 1)
        yield Buffer.from(
          Array.from({ length: 131_072 }, (_, index) =>
            (megabyte * 131_072 + index).toString(36).padStart(7, 'w'),
          ).join(' '),
        )
      return
    case 'odd-bytes':
      // Characters that take six times their room in JSON.
      yield Buffer.from('13/01/2025, 10:00 - S: hello, and what else there is to say\n'.repeat(2000))
      for (let megabyte = 0; megabyte < count; megabyte += 1) {
        yield Buffer.from('13/01/2025, 10:00 - S: ')
        yield Buffer.alloc(1_040_000, 1)
        yield Buffer.from('\n')
      }
      return
    case 'directory':
      yield* directoryOf(count)
      return
    case 'nested':
      yield nestedOf(count)
      return
    case 'many-entries':
      yield makeZip(
        Array.from(
          { length: Math.min(count, 60_000) },
          (_, index): Made => ({ name: `${index}.txt`, data: 'x' }),
        ),
      )
      return
  }
}

const pad = (value: number) => String(value).padStart(2, '0')

function lineOfChat(index: number): string {
  const day = 1 + (Math.floor(index / 400) % 28)
  const month = 1 + (Math.floor(index / 11_200) % 12)
  const minute = Math.floor(index / 7) % 1440
  return `${pad(day)}/${pad(month)}/2024, ${pad(Math.floor(minute / 60))}:${pad(minute % 60)} - ${index % 3 ? 'Sam' : 'Alex'}: message number ${index} of a long chat, answer me\n`
}

function* inLines(count: number, line: (index: number) => string): Generator<Uint8Array> {
  for (let from = 0; from < count; from += 1000) {
    const size = Math.min(1000, count - from)
    yield Buffer.from(Array.from({ length: size }, (_, index) => line(from + index)).join(''))
  }
}

/** One entry, and a directory that names it and so many others that are not there. */
function* directoryOf(count: number): Generator<Uint8Array> {
  const whole = makeZip([
    { name: 'WhatsApp Chat with S.txt', data: '13/01/2025, 10:00 - S: hello\n'.repeat(50) },
  ])
  const at = whole.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  const first = whole.subarray(at, whole.length - 22)
  yield whole.subarray(0, at)
  yield first
  let length = first.length
  for (let from = 0; from < count; from += 1000) {
    const lines: Buffer[] = []
    for (let index = from; index < Math.min(count, from + 1000); index += 1) {
      const name = Buffer.from(`f${index}`)
      const line = Buffer.alloc(46 + name.length)
      line.write('PK\x01\x02', 0, 'latin1')
      line.writeUInt16LE(name.length, 28)
      line.writeUInt32LE(at, 42)
      name.copy(line, 46)
      lines.push(line)
    }
    const piece = Buffer.concat(lines)
    length += piece.length
    yield piece
  }
  yield endOfLarge(count + 1, length, at)
}

// APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16: the end of an archive with more than 65 534 entries
function endOfLarge(entries: number, length: number, at: number): Buffer {
  const large = Buffer.alloc(56 + 20)
  large.write('PK\x06\x06', 0, 'latin1')
  large.writeBigUInt64LE(44n, 4)
  large.writeBigUInt64LE(BigInt(entries), 24)
  large.writeBigUInt64LE(BigInt(entries), 32)
  large.writeBigUInt64LE(BigInt(length), 40)
  large.writeBigUInt64LE(BigInt(at), 48)
  large.write('PK\x06\x07', 56, 'latin1')
  large.writeBigUInt64LE(BigInt(at + length), 64)
  large.writeUInt32LE(1, 72)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.fill(0xff, 8, 20)
  return Buffer.concat([large, end])
}

/** An archive of archives, each with a directory that names as many entries as it can; each packs to next to nothing. */
function nestedOf(count: number): Buffer {
  const inner = Buffer.concat([...directoryOf(count)])
  return makeZip(Array.from({ length: 20 }, (_, index): Made => ({ name: `${index}.zip`, data: inner })))
}
