import { sayCount } from '../../say-account.ts'
import { blankRecord } from '../blank-record.ts'
import type {
  Answers,
  EvidenceRecord,
  EvidenceSource,
  Identification,
  Importer,
  ReadStep,
} from '../importer.ts'
import { type AccountKeeper, keepAccount } from '../keep-account.ts'
import { readHead } from '../read-head.ts'
import { encodingOf, guessEncoding, type TextEncoding } from '../split-lines.ts'
import { type BackupPiece, cutPieces, type Frame, isBlank } from './cut-pieces.ts'
import { cutTokens, type Token } from './cut-tokens.ts'
import { readReferences, readTagValues } from './read-tag-values.ts'
import { recordOf, type SourceText } from './record-of.ts'

/** A backup of texts or of calls in the form that SMS Backup & Restore writes, also where it is not XML. */
export const smsBackup: Importer = {
  format: 'sms-backup-restore',
  identify: identifySmsBackup,
  read: readSmsBackup,
}

/** A value that is longer is not repeated in what the source says: it is a file, and stays in the original. */
const longestRepeated = 1024

/** No message is longer than this many characters. */
const longestText = 1_048_576

function identifySmsBackup(head: Uint8Array): Identification {
  const encoding = guessEncoding(head)
  const cutter = cutTokens(wordings[encoding].unit)
  const tokens = [...cutter.push(textOf(head, encoding).slice(0, longestSearched)), ...cutter.end()]
  const first = tokens.find(
    token => !(token.kind === 'aside' || (token.kind === 'text' && isBlank(token.text))),
  )
  if (!first) return { kind: 'not mine' }
  const isCount = /\scount\s*=/.test(first.text)
  // "calls" alone is a word that any program may use for a list.
  const isOwn = first.name === 'smses' || (first.name === 'calls' && isCount) || isRecord(first)
  const isInside = first.name === 'calls' && tokens.some(isRecord)
  if (first.kind === 'end' || (!isOwn && !isInside)) return { kind: 'not mine' }
  return { kind: 'mine', dialect: sayDialect(first.name), confidence: 0.95 }
}

/** So much of the beginning is looked at, in characters. */
const longestSearched = 32_768

const isRecord = ({ name, text }: Token): boolean =>
  ['sms', 'mms', 'call'].includes(name) && /\s(?:address|number)\s*=/.test(text) && /\sdate\s*=/.test(text)

const sayDialect = (list: string): string =>
  list.startsWith('call') ? 'SMS Backup & Restore, calls' : 'SMS Backup & Restore, texts'

/** A character for each unit of the encoding, so that its number tells its byte. */
function textOf(bytes: Uint8Array, encoding: TextEncoding): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (encoding === 'utf-8') return view.toString('latin1')
  const even = view.subarray(0, view.length - (view.length % 2))
  return encoding === 'utf-16le' ? even.toString('utf16le') : Buffer.from(even).swap16().toString('utf16le')
}

const wordings: Readonly<Record<TextEncoding, SourceText>> = {
  'utf-8': { decode: units => Buffer.from(units, 'latin1').toString('utf8'), unit: 1 },
  'utf-16le': { decode: units => units, unit: 2 },
  'utf-16be': { decode: units => units, unit: 2 },
}

async function* readSmsBackup(source: EvidenceSource, answers: Answers): AsyncGenerator<ReadStep> {
  const account = keepAccount()
  const head = await readHead(source)
  const encoding = guessEncoding(head)
  const found = identifySmsBackup(head)
  const dialect = found.kind === 'mine' ? found.dialect : sayDialect('smses')
  yield { step: 'identified', format: 'sms-backup-restore', dialect, confidence: 0.95 }
  const wording = wordings[encoding]
  const cutter = cutTokens(wording.unit)
  const pieces = cutPieces()
  const watch = watchBackup()
  let last: EvidenceRecord | null = null
  async function* hand(found: readonly BackupPiece[]): AsyncGenerator<EvidenceRecord> {
    for (const piece of found) {
      const { record, problems } = await madeOf(piece, answers, wording)
      for (const { code, message } of problems) account.problem(code, message, record.place)
      watch.see(piece, record)
      if (last) yield last
      last = record
    }
  }
  const take = async (found: readonly BackupPiece[]): Promise<readonly EvidenceRecord[]> => {
    const records: EvidenceRecord[] = []
    for await (const record of hand(found)) {
      account.count(record)
      records.push(record)
    }
    return records
  }
  let odd: Buffer = Buffer.alloc(0)
  for await (const chunk of source.open()) {
    const bytes = odd.length > 0 ? Buffer.concat([odd, chunk]) : chunk
    const rest = bytes.length % wording.unit
    odd = Buffer.from(bytes.subarray(bytes.length - rest))
    const records = await take(pieces.take(cutter.push(textOf(bytes, encoding))))
    if (records.length > 0) yield { step: 'records', records }
  }
  const rest = await take(pieces.take(cutter.end()))
  const ending = pieces.end()
  const records = [...rest, ...(await take(ending.pieces))]
  const closing = endOf(last, ending.tail, source.size, wording)
  if (closing) account.count(closing)
  yield { step: 'records', records: closing ? [...records, closing] : records }
  if (encoding !== 'utf-8' && encodingOf(head) !== encoding)
    account.note(
      `The text is ${encoding.toUpperCase()} without the mark that says so; it was told from its bytes.`,
    )
  explain(pieces.frame(), watch.seen(), wording, account)
  yield { step: 'account', account: account.close(source.size) }
}

/** The last record takes what stands behind it; a backup without records is one line that says so. */
function endOf(
  last: EvidenceRecord | null,
  tail: readonly Token[],
  size: number,
  wording: SourceText,
): EvidenceRecord | null {
  if (!last && tail.length === 0) return null
  const raw = rawOf(tail, wording)
  const [first] = tail
  const end = tail.at(-1)
  if (last)
    return {
      ...last,
      place: { ...last.place, to: size, lastLine: end?.lastLine ?? last.place.lastLine },
      raw: `${last.raw}${raw}`,
    }
  const place = {
    from: 0,
    to: size,
    firstLine: first?.firstLine ?? 1,
    lastLine: end?.lastLine ?? 1,
    entry: null,
  }
  return { ...blankRecord('system', place, raw), reason: 'The backup holds no messages and no calls.' }
}

async function madeOf(
  piece: BackupPiece,
  answers: Answers,
  wording: SourceText,
): ReturnType<typeof recordOf> {
  const all = [...piece.lead, ...piece.tokens]
  const [first] = all
  const end = all.at(-1)
  const place = {
    from: first?.from ?? 0,
    to: end?.to ?? 0,
    firstLine: first?.firstLine ?? 1,
    lastLine: end?.lastLine ?? 1,
    entry: null,
  }
  const raw = rawOf(all, wording)
  const text = raw.length > longestText ? raw.slice(0, longestText) : raw
  const apart = (kind: 'unknown' | 'quarantined', code: string, reason: string) => ({
    record: { ...blankRecord(kind, place, text), text, reason },
    problems: [{ code, message: reason }],
  })
  if (piece.kind === 'overlong' || raw.length > longestText)
    return apart('quarantined', 'too-long', 'This goes on for longer than any message can be.')
  switch (piece.kind) {
    case 'whole': {
      const { name, tokens } = piece
      return recordOf({ name, tokens, place, raw }, answers, wording)
    }
    case 'broken':
      return apart(
        'quarantined',
        'cut-short',
        `${piece.name === 'call' ? 'A call' : 'A message'} begins here and does not end as the format has it: it was cut short or damaged.`,
      )
    case 'stray':
      return apart('unknown', 'stray', 'Nothing that this format has looks like this.')
  }
}

/** The text as it stands in the source, but for files: those stay in the original, and are counted here. */
function rawOf(tokens: readonly Token[], { decode }: SourceText): string {
  return tokens
    .map(({ kind, name, text }) => {
      if (name !== 'part' || text.length <= longestRepeated || kind === 'end') return decode(text)
      const data = readTagValues(text).get('data')
      if (!data || data.written.length <= longestRepeated) return decode(text)
      const said = `[${sayCount(data.written.length, 'character', 'characters')} of a file, in the original]`
      return `${decode(text.slice(0, data.from))}${said}${decode(text.slice(data.to))}`
    })
    .join('')
}

type Seen = {
  readonly whole: number
  readonly broken: number
  readonly files: number
  readonly opened: number
  readonly misnamed: number
  readonly byPhone: number
  readonly byUtc: number
}

/** What is said of the whole backup, counted while its records pass. */
function watchBackup(): { see(piece: BackupPiece, record: EvidenceRecord): void; seen(): Seen } {
  const seen = { whole: 0, broken: 0, files: 0, opened: 0, misnamed: 0, byPhone: 0, byUtc: 0 }
  return {
    see(piece, record) {
      if (record.kind === 'quarantined') seen.broken += 1
      else if (piece.kind === 'whole') seen.whole += 1
      if (record.zone === 'UTC') seen.byUtc += 1
      else if (record.zone !== null && record.zoneHow === 'stated') seen.byPhone += 1
      for (const { inside } of record.attachments) {
        if (!inside) continue
        seen.files += 1
        if (inside.kind !== null && inside.notLooked.length === 0) seen.opened += 1
        const [family, named] = inside.type.split('/')
        if (family === 'image' && inside.sha256 !== null && named?.replace('jpg', 'jpeg') !== inside.kind)
          seen.misnamed += 1
      }
    },
    seen: () => ({ ...seen }),
  }
}

function explain(frame: Frame, seen: Seen, { decode }: SourceText, account: AccountKeeper): void {
  const counts = frame.openings.flatMap(opening => {
    const count = readTagValues(opening).get('count')?.written ?? ''
    return /^\d{1,9}$/.test(count) ? [Number(count)] : []
  })
  const said = counts.reduce((sum, count) => sum + count, 0)
  const found = seen.whole
  const wholly = sayCount(found, 'whole record was', 'whole records were')
  if (counts.length > 0 && said > found)
    account.problem(
      'fewer-than-counted',
      `The file says that it holds ${said.toLocaleString('en-GB')}, and ${wholly} found: ${sayCount(said - found, 'is', 'are')} missing or damaged.`,
    )
  else if (counts.length > 0 && said < found)
    account.note(
      `The file says that it holds ${said.toLocaleString('en-GB')}, and ${wholly} found. All of them were read.`,
    )
  if (frame.lists.length > 0 && !frame.isClosed)
    account.problem(
      'cut-short',
      'The file ends before its list does: it was cut short, and what stood behind is not in it.',
    )
  if (frame.lists.length > 1)
    account.note(
      `${sayCount(frame.lists.length, 'list stands', 'lists stand')} in the file, one behind the other.`,
    )
  if (frame.commentCount > 0)
    account.note(
      `${sayCount(frame.commentCount, 'comment stands', 'comments stand')} beside the records: ${frame.comments.map(text => `“${readReferences(decode(text)).trim()}”`).join(', ')}.`,
    )
  if (seen.byPhone > 0)
    account.note(
      `Of ${sayCount(seen.byPhone, 'record', 'records')} the moment is known, and the clock is the phone’s own, which the backup writes beside it.`,
    )
  if (seen.byUtc > 0)
    account.note(
      `Of ${sayCount(seen.byUtc, 'record', 'records')} the moment is known, and the clock is UTC, an hour behind the British clock in summer: the backup does not write the phone’s own so that it can be told. Say which zone the phone was set to, and they are shown by its clock.`,
    )
  if (seen.files > 0)
    account.note(
      `${sayCount(seen.files, 'file lies', 'files lie')} inside the messages. ${seen.opened.toLocaleString('en-GB')} of them ${seen.opened === 1 ? 'was' : 'were'} looked through for a position; of the others only size and digest are known. They are not shown here.`,
    )
  if (seen.misnamed > 0)
    account.note(
      `${sayCount(seen.misnamed, 'picture', 'pictures')} inside the messages ${seen.misnamed === 1 ? 'is' : 'are'} called one kind and by the content another.`,
    )
}
