import type { ArchiveBounds } from '../archive.ts'
import type { FlawCode } from './media/flaw.ts'

/**
 * The contract of every importer: bytes in, records and a closing account out. An importer needs no clinic,
 * no database, no clock and no disk; the same bytes and answers always give the same records.
 */
export type Importer = {
  readonly format: ReadFormat
  identify(head: Uint8Array, name: string, siblings: readonly string[]): Identification
  /** Reads the whole input. Steps: one `identified`, any number of `records`, one `account` at the end. */
  /** `within` is what an archive reads its entries with; an importer of single files needs none. */
  read(source: EvidenceSource, answers: Answers, within?: Within): AsyncIterable<ReadStep>
}

/** What something was read as; each has words on every page that shows it. */
export type ReadFormat = 'whatsapp' | 'signal' | 'chat' | 'sms-backup-restore' | 'image' | 'media' | 'zip'

/** What an importer of archives needs: every entry goes through the recogniser that a loose file goes through. */
export type Within = {
  /** How many archives lie around this source. */
  readonly depth: number
  readonly budget: ReadBudget
  /** What a loose file of this content would be taken for, and how surely. */
  identify(source: EvidenceSource): Promise<{ readonly format: string; readonly confidence: number }>
  read(source: EvidenceSource): AsyncIterable<ReadStep>
}

/** What an archive and the archives inside it may unpack to together. */
export type ReadBudget = {
  bounds(): ArchiveBounds
  spend(entries: number, bytes: number): void
}

export type Identification =
  | { readonly kind: 'not mine' }
  | { readonly kind: 'mine'; readonly dialect: string; readonly confidence: number }
  | { readonly kind: 'broken'; readonly reason: string }

/** Bytes that can be read forwards as often as an importer needs to; nobody holds them all in memory. */
export type EvidenceSource = {
  readonly name: string
  readonly size: number
  /** A new stream over the whole input, from its first byte, each time it is called. */
  open(): AsyncIterable<Uint8Array>
  /** Bytes `from` up to but without `to`. Without it, an archive is read by skipping forwards. */
  openRange?(from: number, to: number): AsyncIterable<Uint8Array>
  /** Names that lie beside this input in the same archive. */
  readonly siblings?: readonly string[]
}

/** What a person said when the file alone could not decide. Stored with the custody of the item. */
export type Answers = {
  readonly zone?: string
  readonly dateOrder?: DateOrderAnswer
  /** The client's own name as the export writes it, to tell sent from received. */
  readonly ownName?: string
  /** Which program wrote a chat that several programs write alike. */
  readonly program?: ChatProgram
  /** Which of two importers that claim the file reads it. */
  readonly format?: string
}

export const chatPrograms = ['whatsapp', 'signal', 'another'] as const
export type ChatProgram = (typeof chatPrograms)[number]

export type DateOrderAnswer = 'day-first' | 'month-first'

export type ReadStep =
  | {
      readonly step: 'identified'
      readonly format: string
      readonly dialect: string
      readonly confidence: number
    }
  | { readonly step: 'records'; readonly records: readonly EvidenceRecord[] }
  | { readonly step: 'account'; readonly account: Account }

export type RecordKind =
  | 'message'
  | 'call'
  | 'system'
  | 'media'
  | 'image'
  /** A film or a recording that was looked through to its end. */
  | 'file'
  /** Bytes that no rule of the format explains. */
  | 'unknown'
  /** Bytes that break a bound or a rule of the format: kept apart, with the reason. */
  | 'quarantined'

/** Where a record stands in its source: bytes from `from` up to but without `to`; lines count from 1. */
export type Place = {
  readonly from: number
  readonly to: number
  readonly firstLine: number | null
  readonly lastLine: number | null
  /** The name inside an archive; then the bytes are counted in that entry, unpacked. */
  readonly entry: string | null
  /** The bytes of the entry's name, in hexadecimal, where they are no UTF-8 and `entry` is a guess. */
  readonly entryBytes?: string
}

export type WhyNoInstant =
  | 'zone-unknown'
  | 'date-order-unknown'
  | 'day-period-unknown'
  | 'clock-went-back'
  | 'clock-went-forward'
  | 'not-dated'

/**
 * Whose words a line holds. Only a phrase takes words away from the person they stand under: an invisible mark can be
 * typed, and a header can be pasted. What is not decided counts as a person's words wherever something is counted.
 */
export type WrittenByApp = {
  readonly answer: (typeof writerAnswers)[number]
  readonly basis: (typeof writerBases)[number]
}

export const writerAnswers = ['yes', 'no', 'not decided'] as const

export const writerBases = [
  /** The words, from first to last, are a phrase the app writes. */
  'phrase',
  /** Some of the words are a phrase the app writes; others are not. */
  'phrase-in-part',
  /** The words begin with the mark the app sets before its own, and are no phrase anybody knows. */
  'mark',
  /** Nobody's name stands before the words, and they are no phrase anybody knows. */
  'no-author',
  /** A person's name stands before them, and nothing speaks for the app. */
  'author',
  /** A person typed the words off a picture, and says whose they are. */
  'transcribed',
  /** The source keeps words in a field of their own, where the app writes none; or it is a list of calls, and has none. */
  'field',
] as const

/** What a line reports, when its words are a phrase of the app's: what somebody may need to find later. */
export const appFacts = [
  'blocked',
  'unblocked',
  'privacy-on',
  'privacy-off',
  'number-changed',
  'disappearing-on',
  'disappearing-off',
  'disappearing-timer',
  'security-code-changed',
  'encryption',
  'missed-call',
  'call',
  'deleted',
  'not-exported',
  'undelivered',
  'group-made',
  'group-joined',
  'group-left',
  'group-changed',
  'pinned',
  'notice',
] as const
export type AppFact = (typeof appFacts)[number]

export type RecordMark =
  | 'edited'
  | 'deleted'
  | 'missed'
  | 'omitted'
  | 'empty'
  | 'undelivered'
  /** Written and never sent. */
  | 'draft'
  | 'waiting-to-be-sent'
  /** Sending it failed. */
  | 'not-sent'
  /** A call that was turned away, by hand or by a list of numbers. */
  | 'declined'
  /** A file inside it is damaged or cut short. */
  | 'file-damaged'
  | 'bytes-not-text'
  /** Its time is earlier than that of the line above it. */
  | 'earlier-than-above'
  /** Its header is written in another form than most of the file. */
  | 'other-dialect'
  /** A file it names lies in another folder of the archive, and was found by its name alone. */
  | 'found-in-another-folder'
  /** A person typed it off a picture: no program read it. */
  | 'transcribed'
  | FlawCode

export type Attachment = {
  /** The file's name as the record writes it; null when the export left the file out. */
  readonly name: string | null
  /** The entry of the same archive that holds it, when it is there. */
  readonly entry: string | null
  /** There where the file lies inside the record itself. */
  readonly inside?: InsideFile
}

/** A file that lies inside a record as text: what it is, and how far it was looked into. */
export type InsideFile = {
  /** The media type as the source writes it. */
  readonly type: string
  /** What it is by its content; null where nobody knows. */
  readonly kind: string | null
  /** Where its text stands in the source, in bytes. */
  readonly from: number
  readonly to: number
  /** Bytes and digest of the file itself; null where its text is damaged. */
  readonly size: number | null
  readonly sha256: string | null
  readonly position: ImageFacts['position']
  /** Why it was not looked into, or not to its end; empty where it was. */
  readonly notLooked: readonly string[]
  /** The words that a camera or a program wrote beside the pixels. */
  readonly words: string
}

/** Whom a source names beside the sender. */
export type Parties = {
  /** What the phone called the other side; null where it had no name for them. */
  readonly nameInPhone: string | null
  /** The numbers it was sent to, as exported. */
  readonly to: readonly string[]
}

/** What the camera wrote into a picture: two clocks that need not agree, and never the position itself. */
export type ImageFacts = {
  readonly type: string
  readonly width: number | null
  readonly height: number | null
  readonly cameraClock: string | null
  readonly cameraOffset: string | null
  readonly gpsTime: string | null
  /** Whether a position is written into it; "not known" where not all of it could be looked through, and why not. */
  readonly position: 'written' | 'not-found' | 'not-known'
  readonly positionNotKnown: readonly string[]
  /** The words that a camera or a program wrote beside the pixels. */
  readonly words: string
  readonly make: string | null
  readonly model: string | null
  readonly software: string | null
}

export type EvidenceRecord = {
  readonly kind: RecordKind
  readonly place: Place
  /** The text as it stands in the source, without its last line break. Empty for pictures and files. */
  readonly raw: string
  /** The moment in UTC ("2021-12-30T22:01:00Z"), or null: then `whyNoInstant` says why. */
  readonly sentAt: string | null
  /** The wall clock as interpreted ("2021-12-30T22:01:00"), or null when even that is open. */
  readonly sentLocal: string | null
  readonly sentAsWritten: string | null
  readonly whyNoInstant: WhyNoInstant | null
  /** The two moments an hour that came twice may mean. */
  readonly possibleInstants: readonly string[]
  readonly zone: string | null
  readonly zoneHow: 'stated' | 'inferred' | 'asked' | 'unknown'
  readonly precision: 'second' | 'minute' | 'none'
  /** As the source writes it, no matter who wrote the words; null where the source names nobody. */
  readonly sender: string | null
  /** Null where nobody wrote words: pictures, files, bytes that were not understood. */
  readonly writtenByApp: WrittenByApp | null
  readonly fact: AppFact | null
  readonly direction: 'in' | 'out' | 'unknown'
  readonly text: string
  readonly attachments: readonly Attachment[]
  readonly marks: readonly RecordMark[]
  /** Why the record is unknown or quarantined, or what kind of file it is. */
  readonly reason: string | null
  readonly image: ImageFacts | null
  /** SHA-256 of an entry of an archive, unpacked. */
  readonly sha256: string | null
  /** Where in a picture it stands, in hundredths of its height from the top; there only for what was typed off one. */
  readonly region?: { readonly top: number; readonly bottom: number } | null
  /** There only where the source names somebody beside the sender. */
  readonly parties?: Parties
}

export type Problem = { readonly code: string; readonly message: string; readonly place: Place | null }

/** A part of the source that is kept and was not read, and why. */
export type NotRead = { readonly place: Place; readonly reason: string }

export type Question = {
  readonly id: 'date-order' | 'format' | 'program'
  readonly text: string
  /** False when everything was read without the answer, and only a name waits for it. */
  readonly holdsUp?: false
  readonly choices: readonly { readonly value: string; readonly text: string }[]
}

/** What became of every byte: `records + unknown + quarantined` is the number of records in the source. */
export type Account = {
  readonly bytes: number
  readonly records: number
  readonly unknown: number
  readonly quarantined: number
  readonly byKind: Readonly<Record<RecordKind, number>>
  /** The first and the last wall clock in the source, in time order. */
  readonly earliest: string | null
  readonly latest: string | null
  /** What was not understood and what was set aside, each with its reason; at most 200 are listed. */
  readonly notRead: readonly NotRead[]
  /** At most 200 are listed; `problemCount` counts them all. */
  readonly problems: readonly Problem[]
  readonly problemCount: number
  /** How the source was understood: what was inferred over the whole file, and from what. */
  readonly notes: readonly string[]
  readonly questions: readonly Question[]
  /** False when the source cannot be read at all; then a problem says why. */
  readonly readable: boolean
  /** There only where less than the whole source was kept. */
  readonly part?: AccountPart
}

/** Why less than the whole of a source was kept, in words, and how many of its records were not; null where nobody counted. */
export type AccountPart = {
  readonly because: 'asked' | 'bound' | 'set-aside'
  readonly words: string
  readonly left: number | null
  /** Of an archive that was not read: entries that may be asked for, at most a hundred. */
  readonly entries?: readonly { readonly name: string; readonly size: number }[]
}
