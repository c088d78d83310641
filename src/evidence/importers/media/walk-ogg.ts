import type { ByteWalk } from './byte-walk.ts'
import { cutShort, damaged, type Flaw } from './flaw.ts'

/** Walks the pages of an Ogg recording (voice notes are these) and compares each with its checksum. */
// RFC 3533, section 6
export async function walkOgg(walk: ByteWalk): Promise<readonly Flaw[]> {
  const early = [cutShort('the recording')]
  let ended = false
  while ((await walk.peek(4)).toString('latin1') === 'OggS') {
    const at = walk.at()
    const taken = await walk.take(27)
    if (!taken) return early
    const head = Buffer.from(taken)
    const lacing = await walk.take(head[26] ?? 0)
    if (!lacing) return early
    const table = Buffer.from(lacing)
    const body = await walk.take(table.reduce((sum, size) => sum + size, 0))
    if (!body) return early
    const kept = head.readUInt32LE(22)
    head.writeUInt32LE(0, 22)
    if (oggSum([head, table, body]) !== kept)
      return [damaged(at, 'the checksum of a page of the recording is wrong')]
    ended = ((head[5] ?? 0) & 4) !== 0
  }
  const left = await walk.peek(4)
  if (left.length > 0 && !ended && 'OggS'.startsWith(left.toString('latin1'))) return early
  if (ended) return []
  return left.length > 0
    ? [damaged(walk.at(), 'a page of the recording does not begin where it should')]
    : [
        {
          code: 'end-not-marked',
          message:
            'The recording does not say where it ends: it may have been cut short between two of its pages.',
        },
      ]
}

// RFC 3533, section 6: polynomial 0x04c11db7, not reflected, beginning with zero
const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24
  for (let bit = 0; bit < 8; bit += 1) value = (value << 1) ^ (value & 0x80000000 ? 0x04c11db7 : 0)
  return value >>> 0
})

export function oggSum(pieces: readonly Uint8Array[]): number {
  let sum = 0
  for (const piece of pieces)
    for (const byte of piece) sum = ((sum << 8) ^ (table[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0
  return sum
}
