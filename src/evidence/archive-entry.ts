import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import type { EntryPlan, OpenedEntry, RangeOf } from './archive.ts'

/** Why the content of an entry cannot be relied on: the archive is not what it claims to be. */
export class EntryFault extends Error {}

/** How the content of an entry is opened, unpacked and compared with what the archive promised. */
export function openContent(range: RangeOf, plan: EntryPlan): Pick<OpenedEntry, 'open' | 'openRange'> {
  const findStart = async (): Promise<number> => {
    if (plan.from < 0)
      throw new EntryFault('The archive names it, and its bytes are missing at the beginning.')
    const head = await range.bytes(plan.from, plan.from + 30)
    if (head.length < 30) throw new EntryFault('The archive names it, and ends before it.')
    if (head.readUInt32LE(0) !== 0x04034b50)
      throw new EntryFault('The archive names it, and it is not where the archive says.')
    return plan.from + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  }
  return {
    async *open() {
      const from = await findStart()
      const packed = range.stream(from, from + plan.compressedSize)
      let size = 0
      for await (const piece of plan.method === 0 ? packed : unpack(packed, plan.compressedSize)) {
        size += piece.length
        if (size > plan.size) throw new EntryFault('Its size is not what the archive says.')
        yield piece
      }
      if (size !== plan.size)
        throw new EntryFault(
          from + plan.compressedSize > range.size
            ? 'The archive ends in the middle of it.'
            : 'Its size is not what the archive says.',
        )
    },
    openRange:
      plan.method === 0
        ? async function* (from, to) {
            const start = await findStart()
            yield* range.stream(start + from, start + Math.min(to, plan.size))
          }
        : null,
  }
}

async function* unpack(packed: AsyncGenerator<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw()
  pipeline(Readable.from(packed, { objectMode: false }), inflate, () => {})
  try {
    for await (const piece of inflate) yield piece
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && String(fault.code).startsWith('Z_'))
      throw new EntryFault(
        fault.code === 'Z_BUF_ERROR'
          ? 'It is cut short and cannot be unpacked to its end.'
          : 'It is damaged and cannot be unpacked.',
      )
    throw fault
  }
  if (inflate.bytesWritten !== length)
    throw new EntryFault(
      `${(length - inflate.bytesWritten).toLocaleString('en-GB')} bytes stand behind the end of its content.`,
    )
}

export type CheckedEntry =
  | { readonly ok: true; readonly sha256: string; readonly head: Buffer }
  | { readonly ok: false; readonly reason: string }

const headLength = 65_536

/** Reads an entry to its end and compares it with what the archive promised: size and checksum. */
export async function checkEntry(opened: OpenedEntry): Promise<CheckedEntry> {
  const hash = createHash('sha256')
  const pieces: Uint8Array[] = []
  let kept = 0
  let sum = 0
  try {
    for await (const bytes of opened.open()) {
      hash.update(bytes)
      sum = crc32(bytes, sum)
      if (kept < headLength) {
        const piece = bytes.subarray(0, headLength - kept)
        pieces.push(Buffer.from(piece))
        kept += piece.length
      }
    }
  } catch (fault) {
    if (fault instanceof EntryFault) return { ok: false, reason: fault.message }
    throw fault
  }
  if (sum !== opened.sum) return { ok: false, reason: 'Its checksum is not what the archive says.' }
  return { ok: true, sha256: hash.digest('hex'), head: Buffer.concat(pieces) }
}
