import type { AppFact, RecordKind, RecordMark, WrittenByApp } from '../importer.ts'
import { findAttached, mayNameFile } from './attached.ts'
import { findColon, senderOf, withoutEdgeMarks } from './author.ts'
import { decideWriter } from './decide-writer.ts'
import { findNotice, type IsName, mayLeadNotice, type Notice } from './find-notice.ts'
import { findOmittedPart, isOmittedAfterMark, isOmittedInBrackets, withoutEditedMark } from './phrases.ts'

/** What stands behind a header: who is named, what it says, and whose words they are. */
export type MessageBody = {
  readonly kind: Extract<RecordKind, 'message' | 'media' | 'call' | 'system'>
  readonly sender: string | null
  readonly text: string
  readonly attachments: readonly (string | null)[]
  readonly marks: readonly RecordMark[]
  readonly writtenByApp: WrittenByApp
  readonly fact: AppFact | null
}

/** What is known of the file around a body. */
export type AroundBody = {
  /** The export is of the kind in which the app marks its own lines. */
  readonly isMarkedExport: boolean
  readonly isName: IsName
}

const noMarks: readonly RecordMark[] = []
const noFiles: readonly (string | null)[] = []

/**
 * Reads the body of a line and the lines that follow it. The name before a colon and a space is kept as it stands,
 * no matter who wrote the words behind it.
 */
export function readMessageBody(body: string, around: AroundBody): MessageBody {
  const colon = findColon(body)
  const name = colon === -1 ? '' : body.slice(0, colon)
  const sender = colon === -1 ? null : senderOf(name)
  if (sender === null) return ofNobody(body, around)
  // A line of the app's may hold a colon itself: "… added you to a group in the community: Street".
  const leading = mayLeadNotice(name) ? findNotice(body, around.isName) : null
  if (leading && !isNameLikeNotice(name, around)) return ofNobody(body, around)
  const after =
    body.charCodeAt(colon + 1) === 32 || body.charCodeAt(colon + 1) === 0xa0 ? colon + 2 : colon + 1
  const written = body.slice(after)
  const first = written.charCodeAt(0)
  const hasMark = first === 0x200e || first === 0x200f
  return underName(sender, hasMark ? withoutEdgeMarks(written) : written, hasMark, around)
}

/**
 * Whether a whole notice stands before the colon, so that the colon belongs to none: somebody calls themselves like one.
 * In a notice that holds a colon itself, what it quotes is still open there.
 */
function isNameLikeNotice(name: string, around: AroundBody): boolean {
  const quotes = [...name].filter(sign => '"“”„«»「」『』'.includes(sign)).length
  return quotes > 0 && quotes % 2 === 0 && findNotice(name, around.isName) !== null
}

function ofNobody(body: string, around: AroundBody): MessageBody {
  const text = withoutEdgeMarks(body)
  const notice = findNotice(text, around.isName)
  const signs = { hasAuthor: false, hasMark: false, isMarkedExport: around.isMarkedExport }
  return {
    kind: notice && isCall(notice) ? 'call' : 'system',
    sender: null,
    text,
    attachments: noFiles,
    marks: marksOf(notice),
    writtenByApp: decideWriter({ ...signs, phrase: notice?.part ?? null }),
    fact: notice?.fact ?? null,
  }
}

function underName(sender: string, text: string, hasMark: boolean, around: AroundBody): MessageBody {
  if (text.trim() === '') return said(sender, text, ['empty'], hasMark)
  // Most messages are neither short enough nor shaped like anything the app writes.
  if (text.length >= 700 && !mayNameFile(text)) return said(sender, text, noMarks, hasMark)
  const file = findAttached(text)
  if (file) {
    // The file is the person's; so is what stands beside it.
    const writtenByApp = decideWriter({ ...underAName, hasMark: false, phrase: null })
    const { name, caption } = file
    return {
      kind: 'media',
      sender,
      text: caption,
      attachments: [name],
      marks: noMarks,
      writtenByApp,
      fact: null,
    }
  }
  const { isMarkedExport } = around
  const omitted = isOmittedInBrackets(text.trim()) || (hasMark && isOmittedAfterMark(text))
  if (omitted && findOmittedPart(text) !== null) {
    const writtenByApp = decideWriter({
      hasAuthor: true,
      hasMark,
      isMarkedExport,
      phrase: findOmittedPart(text),
    })
    return { kind: 'media', sender, text, attachments: [null], marks: ['omitted'], writtenByApp, fact: null }
  }
  const kept = withoutEditedMark(text)
  if (kept !== null) return said(sender, kept, ['edited'], hasMark)
  const notice = findNotice(text, around.isName)
  if (!notice || !(notice.isTelling || hasMark)) return said(sender, text, noMarks, hasMark)
  const writtenByApp = decideWriter({ hasAuthor: true, hasMark, isMarkedExport, phrase: notice.part })
  const kind = kindOf(notice, writtenByApp)
  const marks = marksOf(notice)
  return { kind, sender, text, attachments: noFiles, marks, writtenByApp, fact: notice.fact }
}

const underAName = { hasAuthor: true, isMarkedExport: false } as const

/** What a person said, as far as anybody can see: no phrase of the app's is in it. */
function said(sender: string, text: string, marks: readonly RecordMark[], hasMark: boolean): MessageBody {
  const writtenByApp = decideWriter({ ...underAName, hasMark, phrase: null })
  return { kind: 'message', sender, text, attachments: noFiles, marks, writtenByApp, fact: null }
}

/** Labels stand for something the person did; anything else is the app's line only when that is decided. */
function kindOf(notice: Notice, { answer }: WrittenByApp): MessageBody['kind'] {
  if (isCall(notice)) return 'call'
  if (notice.fact === 'deleted' || notice.fact === 'undelivered' || notice.fact === 'not-exported')
    return 'message'
  return answer === 'yes' ? 'system' : 'message'
}

const isCall = ({ fact, part }: Notice) => part === 'whole' && (fact === 'call' || fact === 'missed-call')

function marksOf(notice: Notice | null): readonly RecordMark[] {
  if (notice?.part !== 'whole') return noMarks
  switch (notice.fact) {
    case 'deleted':
      return ['deleted']
    case 'undelivered':
      return ['undelivered']
    case 'missed-call':
      return ['missed']
    default:
      return noMarks
  }
}
