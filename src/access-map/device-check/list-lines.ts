/** More than any list of apps or devices has. A larger file is something else. */
export const largestList = 1_048_576
export const mostLines = 20_000
/** No line of such a list is longer. A longer one is shown cut and not read. */
const longestLine = 2_000
/** How much is shown of a line that was not read. Invisible characters take more room once they are made visible. */
const shownOfLine = 300
const longestShown = 400
/** At most one unreadable character in this many is a text. With more it is a picture or a document. */
const oneUnreadableIn = 20

/** Why a line was left aside. */
export const unreadReasons = [
  'not-a-package',
  'not-a-device',
  'control-characters',
  'not-text',
  'too-long',
  'too-many',
] as const
export type UnreadReason = (typeof unreadReasons)[number]

/** A line that could not be understood, kept with its place and shown. */
export type UnreadLine = { readonly line: number; readonly text: string; readonly because: UnreadReason }

export type ListLine = { readonly line: number; readonly text: string }

export type ListRefusal = 'too-large' | 'too-many-lines' | 'empty' | 'not-a-text'

export type ListText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly because: ListRefusal }

/**
 * Reads the bytes of a list as text, in either encoding a computer saves it in: UTF-8, or the UTF-16 that PowerShell
 * writes. Bytes that are no text stay visible as U+FFFD. Refuses what is too large to be such a list, or no text at
 * all.
 */
export function decodeList(bytes: Uint8Array): ListText {
  if (bytes.length > largestList) return { ok: false, because: 'too-large' }
  // The Unicode Standard, section 23.8: the byte order mark
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8'
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.trim() === '') return { ok: false, because: 'empty' }
  let lines = 1
  let unreadable = 0
  for (const character of text) {
    if (character === '\n') lines += 1
    else if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(character)) unreadable += 1
  }
  if (unreadable * oneUnreadableIn > text.length) return { ok: false, because: 'not-a-text' }
  return lines > mostLines ? { ok: false, because: 'too-many-lines' } : { ok: true, text }
}

/**
 * The lines of a list that are not empty, numbered as an editor numbers them; and, apart, the lines that no reader
 * should be given: with characters that control a screen, with bytes that are no text, or too long.
 */
export function splitListLines(text: string): {
  readonly lines: readonly ListLine[]
  readonly unread: readonly UnreadLine[]
} {
  const lines: ListLine[] = []
  const unread: UnreadLine[] = []
  for (const [index, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const trimmed = whole.trim()
    if (trimmed === '') continue
    const line = index + 1
    const because = findReason(trimmed)
    if (because) unread.push(leaveAside(line, trimmed, because))
    else lines.push({ line, text: trimmed })
  }
  return { lines, unread }
}

function findReason(text: string): UnreadReason | null {
  if (text.length > longestLine) return 'too-long'
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text)) return 'control-characters'
  return text.includes('\ufffd') ? 'not-text' : null
}

/** A line that was not read, as it is shown: cut, and with invisible characters made visible. */
export function leaveAside(line: number, text: string, because: UnreadReason): UnreadLine {
  return { line, text: showHidden(text.slice(0, shownOfLine)).slice(0, longestShown), because }
}

/** Makes characters visible that control a screen or change the direction of writing. */
export function showHidden(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    character => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}

/** A name as it is compared and kept: without the marks that change the direction of writing. */
// Unicode Standard Annex 9, section 2: explicit directional embeddings, overrides and isolates
export function dropDirection(text: string): string {
  return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '').trim()
}
