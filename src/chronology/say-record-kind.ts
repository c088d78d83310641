/** What a record is, in a word or two. */
export function sayRecordKind(kind: string): string {
  switch (kind) {
    case 'message':
      return 'Message'
    case 'call':
      return 'Call'
    case 'system':
      return 'Line written by the app'
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
  edited: 'Edited by the sender',
  deleted: 'Deleted by the sender',
  missed: 'Missed',
  omitted: 'The export left the file out',
  empty: 'Empty',
  undelivered: 'Not delivered',
  'bytes-not-text': 'Some bytes are not text',
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
