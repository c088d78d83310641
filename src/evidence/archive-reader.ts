import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { type ArchiveEntry, archiveBounds, type EntryVerdict, judgeEntries } from './archive.ts'
import { readForward } from './archive-forward.ts'
import type { EvidenceSource } from './importers/importer.ts'

export type OpenedEntry = {
  readonly entry: ArchiveEntry
  readonly verdict: EntryVerdict
  open(): Promise<Readable>
}

export type Archive = {
  readonly entries: readonly OpenedEntry[]
  /** How many entries the archive says it has beyond those that were looked at. */
  readonly beyond: number
  close(): Promise<void>
}

export type CheckedEntry =
  | {
      readonly ok: true
      readonly sha256: string
      readonly head: Uint8Array
      readonly bytes: Uint8Array | null
    }
  | { readonly ok: false; readonly reason: string }

const headLength = 65_536

/** Opens the directory of a zip (zip64 too). Throws when there is none that can be read. */
export async function openArchive(source: EvidenceSource): Promise<Archive> {
  const forward = readForward(source)
  const reader = new RangeReader((start, end) =>
    Readable.from(forward.range(start, end), { objectMode: false }),
  )
  const zip = await fromRandomAccessReaderPromise(reader, source.size, {
    // Names are decoded here: the library would refuse the whole archive for one bad name.
    decodeStrings: false,
    validateEntrySizes: true,
    autoClose: false,
  })
  const found: { readonly entry: ArchiveEntry; readonly handle: Entry }[] = []
  for await (const handle of zip.eachEntry()) {
    found.push({ entry: describe(handle), handle })
    if (found.length > archiveBounds.entries) break
  }
  const verdicts = judgeEntries(found.map(({ entry }) => entry))
  return {
    entries: found.map(({ entry, handle }, index) => ({
      entry,
      verdict: verdicts[index] ?? { kind: 'folder' },
      open: () => openEntry(zip, handle),
    })),
    beyond: Math.max(0, zip.entryCount - found.length),
    close: () => forward.close(),
  }
}

/** The library asks for ranges through a class of its own. */
class RangeReader extends RandomAccessReader {
  readonly #range: (start: number, end: number) => Readable
  constructor(range: (start: number, end: number) => Readable) {
    super()
    this.#range = range
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return this.#range(start, end)
  }
}

/**
 * Reads an entry to its end and compares it with what the directory promised: size and checksum. Holds its
 * first 64 KiB, and all of it when it is no larger than `keepUpTo` and the head is wanted whole.
 */
export async function checkEntry(
  opened: OpenedEntry,
  keepUpTo: number,
  wanted: (head: Uint8Array) => boolean,
): Promise<CheckedEntry> {
  const hash = createHash('sha256')
  const pieces: Uint8Array[] = []
  let kept = 0
  let limit = headLength
  let sum = 0
  let size = 0
  try {
    for await (const chunk of await opened.open()) {
      const bytes: Uint8Array = chunk
      size += bytes.length
      hash.update(bytes)
      sum = crc32(bytes, sum)
      if (kept < limit) {
        const piece = bytes.subarray(0, limit - kept)
        pieces.push(piece)
        kept += piece.length
        if (size === bytes.length && wanted(bytes)) {
          limit = keepUpTo
          const rest = bytes.subarray(piece.length, limit)
          pieces.push(rest)
          kept += rest.length
        }
      }
    }
  } catch (fault) {
    return { ok: false, reason: `It cannot be unpacked (${messageOf(fault)}).` }
  }
  if (size !== opened.entry.size) return { ok: false, reason: 'Its size is not what the archive says.' }
  if (sum !== checksums.get(opened.entry))
    return { ok: false, reason: 'Its checksum is not what the archive says.' }
  const bytes = Buffer.concat(pieces)
  return { ok: true, sha256: hash.digest('hex'), head: bytes.subarray(0, headLength), bytes }
}

const checksums = new WeakMap<ArchiveEntry, number>()

function describe(handle: Entry): ArchiveEntry {
  const madeOnUnix = handle.versionMadeBy >>> 8 === 3
  const entry: ArchiveEntry = {
    name: nameOf(handle),
    compressedSize: handle.compressedSize,
    size: handle.uncompressedSize,
    method: handle.compressionMethod,
    encrypted: (handle.generalPurposeBitFlag & 1) !== 0,
    mode: madeOnUnix ? handle.externalFileAttributes >>> 16 : 0,
    from: handle.relativeOffsetOfLocalHeader,
    // The local header has at least thirty bytes and the name before the data.
    to: handle.relativeOffsetOfLocalHeader + 30 + handle.fileNameRaw.length + handle.compressedSize,
  }
  checksums.set(entry, handle.crc32)
  return entry
}

/** The name as UTF-8 where it is UTF-8, whatever the flag says: phones forget the flag. Otherwise byte by byte. */
// APPNOTE.TXT 6.3.10, appendix D
function nameOf(handle: Entry): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(handle.fileNameRaw)
  } catch {
    return handle.fileNameRaw.toString('latin1')
  }
}

async function openEntry(zip: ZipFile, handle: Entry): Promise<Readable> {
  const stream = await zip.openReadStreamPromise(handle)
  return stream
}

const messageOf = (fault: unknown) => (fault instanceof Error ? fault.message : String(fault))
