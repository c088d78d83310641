import { blankRecord } from '../blank-record.ts'
import type { Answers, Attachment, EvidenceRecord, Place, RecordMark } from '../importer.ts'
import type { AccountKeeper } from '../keep-account.ts'
import type { Line } from '../split-lines.ts'
import { readMessageBody } from './body.ts'
import { type Header, parseHeader, writtenTime } from './header.ts'
import { type Noticed, notice } from './noticed.ts'
import type { Survey } from './survey.ts'
import { type HeaderTime, readTimes } from './time-of.ts'

/** No message is longer than this many bytes; what follows is kept apart until the next header. */
const longestMessage = 1_048_576

const impossibleDate =
  'The line begins like a message but names a day no calendar has; it is kept as text of the message above.'

/** Lines that belong together: a header and what follows it, or lines that no header explains. */
type Open = {
  readonly kind: 'message' | 'unknown' | 'quarantined'
  readonly header: Header | null
  readonly from: number
  readonly firstLine: number
  to: number
  lastLine: number
  text: string
  lastBreak: string
  broken: boolean
}

/**
 * Puts lines together into records. Every line ends up in exactly one record, in order: a header opens one,
 * and everything up to the next header belongs to it.
 */
export function assembleRecords(
  survey: Survey,
  answers: Answers,
  account: AccountKeeper,
): { take(lines: readonly Line[]): EvidenceRecord[]; end(): EvidenceRecord[]; noticed(): Noticed } {
  const times = new Map([...survey.dialects].map(([shape, dialect]) => [shape, readTimes(dialect, answers)]))
  const seen = notice()
  let open: Open | null = null

  const close = (into: EvidenceRecord[]) => {
    if (!open) return
    const { header } = open
    const time = header && times.get(header.writing.shape)?.timeOf(header)
    const record =
      header && time ? messageOf(open, header, time, survey, answers, seen.marksFor(time)) : apartOf(open)
    if (open.broken)
      account.problem('bytes-not-text', 'Some bytes are not text in the encoding of the file.', record.place)
    account.count(record)
    seen.see(record)
    into.push(record)
    open = null
  }

  const start = (line: Line, kind: Open['kind'], header: Header | null) => {
    open = {
      kind,
      header,
      from: line.from,
      firstLine: line.number,
      to: line.to,
      lastLine: line.number,
      text: line.text,
      lastBreak: line.lineBreak,
      broken: line.text.includes('\uFFFD'),
    }
  }

  return {
    take(lines) {
      const records: EvidenceRecord[] = []
      for (const line of lines) {
        const header = line.startsLine ? parseHeader(line.text) : null
        const dated = header && times.get(header.writing.shape)
        if (header && dated && !dated.isPossible(header)) {
          const { from, to, number } = line
          const place = { from, to, firstLine: number, lastLine: number, entry: null }
          account.problem('impossible-date', impossibleDate, place)
        } else if (header && dated) {
          const lead: Open | null = open
          const blank = lead !== null && lead.kind === 'unknown' && !hasInk(lead.text)
          const from = blank && lead ? lead.from : line.from
          if (blank) open = null
          close(records)
          start({ ...line, from }, 'message', header)
          continue
        }
        if (open && line.to - open.from > longestMessage) {
          const kind = open.kind === 'unknown' ? 'unknown' : 'quarantined'
          close(records)
          start(line, kind, null)
        } else if (open) append(open, line)
        else start(line, 'unknown', null)
      }
      return records
    },
    end() {
      const records: EvidenceRecord[] = []
      close(records)
      return records
    },
    noticed: seen.all,
  }
}

function append(open: Open, line: Line): void {
  open.text += open.lastBreak + line.text
  open.lastBreak = line.lineBreak
  open.to = line.to
  open.lastLine = line.number
  if (line.text.includes('\uFFFD')) open.broken = true
}

function placeOf(open: Open): Place {
  return { from: open.from, to: open.to, firstLine: open.firstLine, lastLine: open.lastLine, entry: null }
}

function apartOf(open: Open): EvidenceRecord {
  const kind = open.kind === 'unknown' ? 'unknown' : 'quarantined'
  const reason =
    kind === 'unknown'
      ? 'These lines stand before the first line that begins with a date and a time.'
      : 'This text goes on for longer than any message can be.'
  return { ...blankRecord(kind, placeOf(open), open.text), text: open.text, reason }
}

function messageOf(
  open: Open,
  header: Header,
  time: HeaderTime,
  survey: Survey,
  answers: Answers,
  timeMarks: readonly RecordMark[],
): EvidenceRecord {
  const raw = open.text
  const written = raw.slice(header.bodyAt)
  const body = readMessageBody(written.includes('\r') ? written.replaceAll('\r\n', '\n') : written, {
    isMarkedExport: header.writing.bracketed,
    isName: survey.isName,
  })
  const isOther = header.writing.shape !== survey.main.shape
  const marks =
    timeMarks.length === 0 && !isOther && !open.broken
      ? body.marks
      : [
          ...body.marks,
          ...timeMarks,
          ...(isOther ? otherDialect : noMarks),
          ...(open.broken ? broken : noMarks),
        ]
  return {
    kind: body.kind,
    place: placeOf(open),
    raw,
    sentAt: time.sentAt,
    sentLocal: time.sentLocal,
    sentAsWritten: writtenTime(raw, header.bodyAt),
    whyNoInstant: time.why,
    possibleInstants: time.possible,
    zone: answers.zone ?? null,
    zoneHow: answers.zone === undefined ? 'unknown' : 'asked',
    precision: header.second === null ? 'minute' : 'second',
    sender: body.sender,
    writtenByApp: body.writtenByApp,
    fact: body.fact,
    // Sent or received is said of a person's words, and of nothing that may be the app's.
    direction:
      answers.ownName === undefined || body.sender === null || body.writtenByApp.answer !== 'no'
        ? 'unknown'
        : body.sender === answers.ownName
          ? 'out'
          : 'in',
    text: body.text,
    attachments:
      body.attachments.length === 0 ? noFiles : body.attachments.map(name => ({ name, entry: null })),
    marks,
    reason: null,
    image: null,
    sha256: null,
  }
}

const noFiles: readonly Attachment[] = []
const noMarks: readonly RecordMark[] = []
const otherDialect: readonly RecordMark[] = ['other-dialect']
const broken: readonly RecordMark[] = ['bytes-not-text']

const hasInk = (text: string) => text.replace(/[\s\p{Cf}]/gu, '') !== ''
