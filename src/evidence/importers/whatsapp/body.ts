import type { RecordKind, RecordMark } from '../importer.ts'
import { isInvisible } from './header.ts'
import {
  isAttachedWord,
  isNotice,
  isOmittedAfterMark,
  isOmittedInBrackets,
  labelOf,
  withoutEditedMark,
} from './phrases.ts'

/** What stands behind a header: who, what, and which words are the app's rather than a person's. */
export type Body = {
  readonly kind: Extract<RecordKind, 'message' | 'media' | 'call' | 'system'>
  readonly sender: string | null
  readonly text: string
  readonly attachments: readonly (string | null)[]
  readonly marks: readonly RecordMark[]
}

const noMarks: readonly RecordMark[] = []
const noFiles: readonly (string | null)[] = []

/** Android's own names for files, in every language. */
const phoneFileName = /^(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+\.\w{1,5}$/
/** Only so much of the end of a text can be an attachment; the rest of a long one is never searched. */
const longestAttachment = 400
/** "<attached: 0001-PHOTO.jpg>" at the end of a text, in every language. */
const attachedInBrackets = /[\u200e\u200f]*<[^<>\n:：]{1,40}[:：]\s?([^<>\n]{1,255}\.\w{1,8})>\s*$/u

/**
 * Reads the body of a line and the lines that follow it. A line is a person's only when a colon and a space
 * follow a name; where the app marks a line as its own (U+200E at its start), it is nobody's.
 */
export function readBody(body: string): Body {
  const colon = findColon(body)
  if (colon === -1) return ofTheApp(body)
  const sender = senderOf(body.slice(0, colon))
  if (sender === null) return ofTheApp(body)
  const after =
    body.charCodeAt(colon + 1) === 32 || body.charCodeAt(colon + 1) === 0xa0 ? colon + 2 : colon + 1
  const written = body.slice(after)
  const first = written.charCodeAt(0)
  const marked = first === 0x200e || first === 0x200f
  const text = marked ? withoutEdgeMarks(written) : written
  if (text.trim() === '') return { kind: 'message', sender, text, attachments: noFiles, marks: ['empty'] }
  return marked ? ofMarked(sender, text) : ofPerson(sender, text)
}

function ofTheApp(body: string): Body {
  const text = withoutEdgeMarks(body)
  const label = labelOf(text)
  const marks: readonly RecordMark[] = label === 'missed call' ? ['missed'] : noMarks
  const kind = label === 'missed call' || label === 'call' ? 'call' : 'system'
  return { kind, sender: null, text, attachments: noFiles, marks }
}

/** The app put its mark before the text: one of its own labels for what a person did, or the app speaking. */
function ofMarked(sender: string, text: string): Body {
  const known = labelled(sender, text)
  if (known) return known
  if (isOmittedAfterMark(text))
    return { kind: 'media', sender, text, attachments: [null], marks: ['omitted'] }
  // A place or a poll is something the person sent; everything else the app says of its own accord.
  if (/https?:\/\//.test(text) || /^\p{Lu}{2,20} ?[:：]/u.test(text)) return ofPerson(sender, text)
  const edited = withoutEditedMark(text)
  if (edited !== null)
    return { kind: 'message', sender, text: edited, attachments: noFiles, marks: ['edited'] }
  return { kind: 'system', sender: null, text, attachments: noFiles, marks: noMarks }
}

function ofPerson(sender: string, text: string): Body {
  // Most messages are neither short enough nor shaped like anything the app writes.
  const known = text.length < 600 || text.endsWith('>') ? labelled(sender, text) : null
  if (known) return known
  if (isNotice(text)) return { kind: 'system', sender: null, text, attachments: noFiles, marks: noMarks }
  return { kind: 'message', sender, text, attachments: noFiles, marks: noMarks }
}

function labelled(sender: string, text: string): Body | null {
  const last = text.charCodeAt(text.length - 1)
  if (last === 62 || last === 0x200e || last === 10 || last === 32) {
    const tailAt = Math.max(0, text.length - longestAttachment)
    const attached = attachedInBrackets.exec(text.slice(tailAt))
    if (attached?.[1]) {
      const caption = withoutEdgeMarks(text.slice(0, tailAt + attached.index).trimEnd())
      return { kind: 'media', sender, text: caption, attachments: [attached[1]], marks: noMarks }
    }
    if (isOmittedInBrackets(text.trim()))
      return { kind: 'media', sender, text, attachments: [null], marks: ['omitted'] }
    const kept = withoutEditedMark(text)
    if (kept !== null) return { kind: 'message', sender, text: kept, attachments: noFiles, marks: ['edited'] }
  }
  const file = attachedOnAndroid(text)
  if (file) return { kind: 'media', sender, text: file.caption, attachments: [file.name], marks: noMarks }
  switch (labelOf(text)) {
    case null:
      return null
    case 'deleted':
      return { kind: 'message', sender, text, attachments: noFiles, marks: ['deleted'] }
    case 'undelivered':
      return { kind: 'message', sender, text, attachments: noFiles, marks: ['undelivered'] }
    case 'missed call':
      return { kind: 'call', sender, text, attachments: noFiles, marks: ['missed'] }
    case 'call':
      return { kind: 'call', sender, text, attachments: noFiles, marks: noMarks }
  }
}

/** "IMG-20210303-WA0001.jpg (file attached)", with a caption on the lines below. */
function attachedOnAndroid(text: string): { readonly name: string; readonly caption: string } | null {
  const lineEnd = text.indexOf('\n')
  const line = (lineEnd === -1 ? text : text.slice(0, lineEnd)).trimEnd()
  if (!line.endsWith(')') || line.length > 400) return null
  const open = line.lastIndexOf(' (')
  if (open < 1) return null
  const name = withoutEdgeMarks(line.slice(0, open))
  if (!/\.\w{1,8}$/.test(name)) return null
  if (!phoneFileName.test(name) && !isAttachedWord(line.slice(open + 2, -1))) return null
  return { name, caption: lineEnd === -1 ? '' : text.slice(lineEnd + 1) }
}

/** The colon that ends the sender's name: followed by a space, an invisible mark or the end of the line. */
function findColon(body: string): number {
  let at = body.indexOf(':')
  const lineEnd = body.indexOf('\n')
  while (at !== -1 && (lineEnd === -1 || at < lineEnd)) {
    const next = body.charCodeAt(at + 1)
    if (Number.isNaN(next) || next === 32 || next === 10 || next === 0xa0 || isInvisible(next)) return at
    at = body.indexOf(':', at + 1)
  }
  return -1
}

const senders = new Map<string, string | null>()

/** The name before the colon, or null when it cannot be one. A chat has few names, so they are kept. */
function senderOf(written: string): string | null {
  const known = senders.get(written)
  if (known !== undefined) return known
  const name = withoutEdgeMarks(written)
  const sender = name === '' || hasOpenQuote(name) ? null : name
  if (senders.size > 2000) senders.clear()
  if (written.length < 200) senders.set(written, sender)
  return sender
}

/** 'Anna changed the subject to "Plan' is no name: a quotation opens in it and does not close. */
function hasOpenQuote(name: string): boolean {
  let straight = 0
  let depth = 0
  for (const character of name) {
    if (character === '"') straight += 1
    if ('“„«「『'.includes(character)) depth += 1
    if ('”»」』'.includes(character) || (character === '“' && depth > 1)) depth -= 1
  }
  return straight % 2 === 1 || depth > 0
}

/** Cuts spaces and invisible marks off both ends; what is inside stays as written. */
function withoutEdgeMarks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isEdge(text.charCodeAt(from))) from += 1
  while (to > from && isEdge(text.charCodeAt(to - 1))) to -= 1
  return text.slice(from, to)
}

const isEdge = (code: number) => code === 32 || code === 10 || code === 13 || isInvisible(code)
