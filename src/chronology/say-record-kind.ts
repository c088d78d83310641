import type { ReadFormat, RecordKind, RecordMark } from '../evidence/importers/importer.ts'
import { titled } from '../evidence/importers/unknown/titles.ts'
import { sayRecorded } from '../foundation/of-another-version.ts'

/** The last is of earlier versions, and of what was not decided since. */
const kinds = {
  message: 'Message',
  call: 'Call',
  system: 'Written by the app',
  media: 'Message with a file',
  image: 'Picture',
  file: 'Film or recording',
  unknown: 'Kept, not read',
  quarantined: 'Kept apart',
  unsettled: 'Not decided: the app’s words or a person’s',
} as const satisfies Readonly<Record<RecordKind | 'unsettled', string>>

/** What a record is, in a word or two. */
export function sayRecordKind(kind: string): string {
  return sayRecorded(kinds, kind, 'Of a kind that this version of the program has no words for')
}

const marks = {
  edited: 'Says it was edited',
  deleted: 'Says it was deleted',
  missed: 'Missed',
  omitted: 'Says that a file was left out',
  empty: 'Empty',
  undelivered: 'Says it was not delivered',
  draft: 'Draft, never sent',
  'waiting-to-be-sent': 'Waiting to be sent',
  'not-sent': 'Sending failed',
  declined: 'Declined',
  'file-damaged': 'A file in it is damaged',
  'bytes-not-text': 'Some bytes are not text',
  'earlier-than-above': 'Earlier than the line above it in the source',
  'other-dialect': 'Written in another form than most lines of its file',
  'found-in-another-folder': 'The file was found in another folder',
  transcribed: 'Typed off a picture by a person',
  'cut-short': 'Ends early',
  'bytes-behind': 'More stands behind its end',
  'impossible-size': 'Claims an impossible size',
  'end-not-marked': 'Its end is not marked',
  damaged: 'Is damaged',
  'not-looked-through': 'Not all of it was looked through',
} as const satisfies Readonly<Record<RecordMark, string>>

/** What the source says about a record besides its words. */
export function sayRecordMark(mark: string): string {
  return sayRecorded(marks, mark, 'Something that this version of the program has no words for')
}

const platforms = {
  whatsapp: 'WhatsApp',
  signal: 'Signal',
  chat: 'A chat, program not known',
  'sms-backup-restore': 'Texts and calls (SMS Backup & Restore)',
  image: 'Picture',
  media: 'Film or recording',
  zip: 'Archive',
} as const satisfies Readonly<Record<ReadFormat, string>>

/** A format as people call the platform it comes from; a file that is kept and not read, by what it was recognised as. */
export function sayFormat(format: string): string {
  if (format === '') return 'Not known'
  const { title } = titled(format)
  return sayRecorded(platforms, format, `${title.charAt(0).toUpperCase()}${title.slice(1)}`)
}
