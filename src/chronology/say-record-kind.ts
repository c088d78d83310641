/** What a record is, in a word or two. */
export function sayRecordKind(kind: string): string {
  switch (kind) {
    case 'message':
      return 'Message'
    case 'call':
      return 'Call'
    case 'system':
      return 'Written by the app'
    case 'unsettled':
      return 'Not decided: the app’s words or a person’s'
    case 'media':
      return 'Message with a file'
    case 'image':
      return 'Picture'
    case 'file':
      return 'Film or recording'
    case 'unknown':
      return 'Kept, not read'
    case 'quarantined':
      return 'Kept apart'
    default:
      return kind
  }
}

const marks: Readonly<Record<string, string>> = {
  edited: 'Says it was edited',
  deleted: 'Says it was deleted',
  missed: 'Missed',
  omitted: 'Says that a file was left out',
  empty: 'Empty',
  undelivered: 'Says it was not delivered',
  'bytes-not-text': 'Some bytes are not text',
  'earlier-than-above': 'Earlier than the line above it in the source',
  'other-dialect': 'Written in another way than most lines of its file',
  'found-in-another-folder': 'The file was found in another folder',
  'cut-short': 'Ends early',
  'bytes-behind': 'More stands behind its end',
  'impossible-size': 'Claims an impossible size',
  'end-not-marked': 'Its end is not marked',
}

/** What the source says about a record besides its words. */
export function sayRecordMark(mark: string): string {
  return marks[mark] ?? mark.replaceAll('-', ' ')
}

const platforms: Readonly<Record<string, string>> = {
  whatsapp: 'WhatsApp',
  signal: 'Signal',
  chat: 'A chat, program not known',
  image: 'Picture',
  media: 'Film or recording',
  zip: 'Archive',
}

/** A format as people call the platform it comes from. */
export function sayFormat(format: string): string {
  return format === '' ? 'Not known' : (platforms[format] ?? format)
}
