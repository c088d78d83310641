import type { EvidenceRecord } from './importers/importer.ts'

/** How much was made of a source: its records, and the bytes of text in them as UTF-8. */
export type Derived = { readonly records: number; readonly bytes: number }

export const nothingDerived: Derived = { records: 0, bytes: 0 }

/** How many records may be kept; the operator sets the first three. The text they may hold follows from their number. */
export type ReadingBounds = {
  /** From one file. */
  readonly file: number
  readonly case: number
  readonly clinic: number
  /** What a file of any size may hold: a chat of forty thousand messages, packed as small as it will go, is below it. */
  readonly floor: number
}

export const usualBounds: ReadingBounds = {
  file: 500_000,
  case: 2_000_000,
  clinic: 20_000_000,
  floor: 50_000,
}

/** What a message comes to on average at the very most, its sender and its line as written counted too. */
const textPerRecord = 512

/** A packed chat takes more than a byte for each message, and text packs to a fiftieth where it says little else. */
const recordsPerByte = 1
const textPerByte = 100

export const boundNames = ['packed', 'file', 'case', 'clinic'] as const
export type BoundName = (typeof boundNames)[number]

/** A bound as it stands for one reading: what may be kept, and what is said of it when it is reached. */
export type ReadingBound = {
  readonly name: BoundName
  readonly atMost: Derived
  /** The bound itself; less is left of it where a case or a clinic holds records already. */
  readonly whole: number
}

/** What is kept of a file, its case and its clinic before it is read. The file's own is part of the other two. */
export type KeptBounds = { readonly own: Derived; readonly case: Derived; readonly clinic: Derived }

/**
 * How much one reading may keep. What an earlier reading of the same file kept may be kept again: a bound that came or
 * was lowered later takes nothing away that is there.
 *
 * @param size of the file as it arrived, in bytes
 */
export function findRoom(bounds: ReadingBounds, size: number, kept: KeptBounds): readonly ReadingBound[] {
  const { own } = kept
  const bound = (name: BoundName, records: number, bytes: number, whole: number): ReadingBound => ({
    name,
    atMost: { records: Math.max(own.records, records), bytes: Math.max(own.bytes, bytes) },
    whole,
  })
  const left = (name: 'case' | 'clinic', among: Derived): ReadingBound =>
    bound(
      name,
      bounds[name] - (among.records - own.records),
      bounds[name] * textPerRecord - (among.bytes - own.bytes),
      bounds[name],
    )
  const fromSize = bounds.floor + size * recordsPerByte
  return [
    bound('packed', fromSize, bounds.floor * textPerRecord + size * textPerByte, fromSize),
    bound('file', bounds.file, bounds.file * textPerRecord, bounds.file),
    left('case', kept.case),
    left('clinic', kept.clinic),
  ]
}

/** The first bound that this goes beyond, and by what; null while all of them hold. */
export function findReached(derived: Derived, room: readonly ReadingBound[]): ReachedBound | null {
  for (const { name, atMost, whole } of room) {
    if (derived.records > atMost.records) return { name, by: 'records', whole }
    if (derived.bytes > atMost.bytes) return { name, by: 'text', whole: whole * textPerRecord }
  }
  return null
}

export type ReachedBound = {
  readonly name: BoundName
  readonly by: 'records' | 'text'
  /** Records, or bytes of text. */
  readonly whole: number
}

/** Thrown while a file is read, when more would be kept than may be: nothing of this reading is kept. */
export class TooLong extends Error {
  readonly reached: ReachedBound
  constructor(reached: ReachedBound) {
    super('A reading reached a bound.')
    this.reached = reached
  }
}

/** What was reached, and what a person can do. */
export function sayReached({ name, by, whole }: ReachedBound): string {
  const most =
    by === 'records'
      ? `${whole.toLocaleString('en-GB')} records`
      : `${Math.round(whole / 1_000_000).toLocaleString('en-GB')} MB of text`
  switch (name) {
    case 'packed':
      return `Not read: too long. Far more comes out of it than a file of its size holds, as from an archive that is made to fill a computer. Read a part of it, set it aside, or bring a smaller export.`
    case 'file':
      return `Not read: too long. It holds more than the ${most} that are read from one file. Read a part of it, or bring a smaller export.`
    case 'case':
      return `Not read: too long. With it the case would hold more than ${most}, the most one case may. Read a part of it, set aside what is not needed, or ask the person who runs the computer.`
    case 'clinic':
      return `Not read: too long. With it the clinic would hold more than ${most}, the most it may. Ask the person who runs the computer, or read a part of it.`
  }
}

/** The bytes of text that are kept of a record. What is the same twice is kept once. */
export function textSizeOf(record: EvidenceRecord): number {
  const { raw, text, sender, place, reason, attachments, image, parties } = record
  let size = Buffer.byteLength(text)
  if (raw !== text) size += Buffer.byteLength(raw)
  for (const each of [sender, place.entry, place.entryBytes, reason, image?.words])
    if (each) size += Buffer.byteLength(each)
  for (const { name, entry } of attachments)
    size += Buffer.byteLength(name ?? '') + Buffer.byteLength(entry ?? '')
  for (const each of [parties?.nameInPhone, ...(parties?.to ?? [])]) size += Buffer.byteLength(each ?? '')
  return size
}
