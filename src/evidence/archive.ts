import type { EntryName } from './archive-name.ts'

/** An entry as the directory of an archive describes it; nothing in it is believed until it has been read. */
export type ArchiveEntry = {
  readonly name: string
  readonly compressedSize: number
  readonly size: number
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly encrypted: boolean
  /** Unix file mode, or 0 where the archive was made on another system. */
  readonly mode: number
  /** Where the entry starts in the archive, and the first byte that can no longer belong to it. */
  readonly from: number
  readonly to: number
}

/** An entry as the directory, or the header before its content, plans it. */
export type EntryPlan = {
  readonly nameBytes: Buffer
  readonly size: number
  readonly compressedSize: number
  readonly from: number
  readonly method: number
  readonly encrypted: boolean
  /** Its sizes stand behind its content, not before it. */
  readonly described: boolean
  readonly mode: number
  /** The checksum of its content, unpacked. */
  readonly sum: number
}

/** Reads any part of an archive; fewer bytes than asked for where it ends. */
export type RangeOf = {
  readonly size: number
  bytes(from: number, to: number): Promise<Buffer>
  stream(from: number, to: number): AsyncGenerator<Uint8Array>
}

/** An entry with its verdict, which can be opened where the verdict allows it. */
export type OpenedEntry = {
  readonly entry: ArchiveEntry
  readonly name: EntryName
  readonly verdict: EntryVerdict
  readonly sum: number
  /** The unpacked content. Throws an `EntryFault` where the archive is not what it claims to be. */
  open(): AsyncGenerator<Uint8Array>
  /** A part of the content of an entry that is not packed; null when it is packed. */
  readonly openRange: ((from: number, to: number) => AsyncGenerator<Uint8Array>) | null
}

export type ArchiveBounds = {
  readonly entries: number
  /** Of all entries together, unpacked. */
  readonly totalSize: number
  /** Unpacked bytes for one packed byte; only asked of entries larger than `ratioFrom`. */
  readonly ratio: number
  readonly ratioFrom: number
  readonly nameLength: number
}

export const archiveBounds: ArchiveBounds = {
  entries: 20_000,
  totalSize: 17_179_869_184,
  ratio: 200,
  ratioFrom: 16_777_216,
  nameLength: 1024,
}

export type EntryVerdict =
  | { readonly kind: 'open' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'quarantine'; readonly code: string; readonly reason: string }

// APPNOTE.TXT 6.3.10 (zip) and the file types of POSIX sys/stat.h
const typeMask = 0o170000
const regular = 0o100000
const folder = 0o040000
const link = 0o120000

/** What may hold words comes before pictures and sound where a bound lets only so many entries through. */
const soundOrPicture = /\.(?:jpe?g|png|gif|webp|heic|avif|mp4|mov|m4a|3gp|opus|ogg|amr|mp3|wav|aac|thumb)$/i

/**
 * The order in which entries are judged and read: the same whatever the order in which the archive lists them, so that
 * nobody decides by the order of a directory what is read.
 */
export function compareEntries(one: ArchiveEntry, other: ArchiveEntry): number {
  const ranks = Number(soundOrPicture.test(one.name)) - Number(soundOrPicture.test(other.name))
  if (ranks !== 0) return ranks
  if (one.name !== other.name) return one.name < other.name ? -1 : 1
  return one.size - other.size || one.compressedSize - other.compressedSize || one.from - other.from
}

/**
 * Decides for each entry, in the order given, whether it may be opened. What breaks a bound is quarantined with its
 * reason; the others go on.
 */
export function judgeEntries(
  entries: readonly ArchiveEntry[],
  bounds: ArchiveBounds = archiveBounds,
): readonly EntryVerdict[] {
  const overlapping = findOverlaps(entries)
  let total = 0
  return entries.map((entry, index) => {
    const quarantine = (code: string, reason: string): EntryVerdict => ({ kind: 'quarantine', code, reason })
    if (index >= bounds.entries)
      return quarantine(
        'too-many-entries',
        `The archive has more than ${bounds.entries.toLocaleString('en-GB')} entries, the most that are looked at.`,
      )
    const badName = findNameFault(entry.name, bounds)
    if (badName) return quarantine('unsafe-name', badName)
    const type = entry.mode & typeMask
    if (type === link) return quarantine('link', 'The entry is a link to another file.')
    if (type !== 0 && type !== regular && type !== folder)
      return quarantine('special-file', 'The entry is a device or another special file.')
    if (entry.name.endsWith('/')) {
      return entry.size === 0
        ? { kind: 'folder' }
        : quarantine('folder-with-content', 'A folder cannot have content.')
    }
    if (entry.encrypted) return quarantine('encrypted', 'The entry is locked with a password.')
    if (entry.method !== 0 && entry.method !== 8)
      return quarantine(
        'packing-method',
        `The entry is packed in a form we cannot open (method ${entry.method}).`,
      )
    if (overlapping.has(index))
      return quarantine('overlap', 'The entry uses the same bytes as another entry.')
    if (entry.size > bounds.ratioFrom && entry.size > entry.compressedSize * bounds.ratio)
      return quarantine('ratio', `The entry would unpack to more than ${bounds.ratio} times its size.`)
    if (total + entry.size > bounds.totalSize)
      return quarantine(
        'total-size',
        `The archive would unpack to more than the ${bounds.totalSize.toLocaleString('en-GB')} bytes that are opened at once.`,
      )
    total += entry.size
    return { kind: 'open' }
  })
}

/** Says why a name is not safe to keep as a path, or null. The name itself stays data whatever it is. */
export function findNameFault(name: string, bounds: ArchiveBounds = archiveBounds): string | null {
  if (name === '') return 'The entry has no name.'
  if (name.length > bounds.nameLength) return 'The name is longer than any file system allows.'
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'The name contains control characters.'
  if (name.includes('\\')) return 'The name contains a backslash.'
  if (name.startsWith('/')) return 'The name starts at the root of the disk.'
  if (/^[A-Za-z]:/.test(name)) return 'The name starts with a drive letter.'
  if (name.split('/').some(part => part === '..' || part === '.')) return 'The name leads out of the archive.'
  return null
}

/** Entries that begin inside another: one block of bytes served many times is how small bombs grow large. */
function findOverlaps(entries: readonly ArchiveEntry[]): ReadonlySet<number> {
  const inOrder = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.from - b.entry.from)
  const found = new Set<number>()
  let end = -1
  for (const { entry, index } of inOrder) {
    if (entry.from < end) found.add(index)
    end = Math.max(end, entry.to)
  }
  return found
}
