import type { Answers, Attachment, EvidenceRecord, Place, RecordMark } from '../importer.ts'
import type { Token } from './cut-tokens.ts'
import { type OpenedFile, openInside } from './inside-file.ts'
import { readCall } from './read-call.ts'
import { readReferences, readTagValues, type TagValues } from './read-tag-values.ts'
import { readTime } from './read-time.ts'

/** A record, and what is wrong with the message it stands for. */
export type Made = { readonly record: EvidenceRecord; readonly problems: readonly MadeProblem[] }
export type MadeProblem = { readonly code: string; readonly message: string }

/** How the text of the source becomes words: its characters are units of the encoding. */
export type SourceText = { readonly decode: (units: string) => string; readonly unit: 1 | 2 }

type Whole = {
  readonly name: string
  readonly tokens: readonly Token[]
  readonly place: Place
  readonly raw: string
}

/** The record of one whole message or call. */
export async function recordOf(whole: Whole, answers: Answers, wording: SourceText): Promise<Made> {
  const { tokens, place, raw } = whole
  const attributes = readTagValues(tokens[0]?.text ?? '')
  const value = readValues(attributes, wording)
  const made =
    whole.name === 'call'
      ? callOf(value)
      : whole.name === 'sms'
        ? smsOf(value)
        : await mmsOf(value, tokens, wording)
  const times = readTime(value('date') ?? '', value('readable_date'), answers)
  const isBroken = raw.includes('\uFFFD')
  const problems = [...made.problems]
  if (times.sentAt === null)
    problems.push({ code: 'no-date', message: 'Its date is no date, so it stands without a time.' })
  else if (times.sentAt < '1992')
    problems.push({
      code: 'odd-date',
      message: 'Its date is before the first text message that was ever sent. It is kept as it is written.',
    })
  if (isBroken)
    problems.push({ code: 'bytes-not-text', message: 'Some bytes are not text in the encoding of the file.' })
  const name = value('contact_name')
  const known = name === null || name === '' || name === '(Unknown)' ? null : name
  return {
    problems,
    record: {
      kind: made.kind,
      place,
      raw,
      ...times,
      possibleInstants: [],
      sender: made.sender,
      writtenByApp: { answer: made.kind === 'call' ? 'yes' : 'no', basis: 'field' },
      fact: null,
      direction: made.direction,
      text: made.text,
      attachments: made.attachments,
      marks: [...made.marks, ...(isBroken ? (['bytes-not-text'] as const) : [])],
      reason: null,
      image: null,
      sha256: null,
      ...(known === null && made.to.length === 0 ? {} : { parties: { nameInPhone: known, to: made.to } }),
    },
  }
}

type Value = (name: string, nothing?: 'as written') => string | null

/**
 * A value in words; null where it is not there, or is the word "null" that the app writes for nothing. What somebody
 * wrote stays as it is written: that word is one that anybody can send.
 */
function readValues(attributes: TagValues, { decode }: SourceText): Value {
  return (name, nothing) => {
    const written = attributes.get(name)?.written
    if (written === undefined || (written === 'null' && nothing !== 'as written')) return null
    return readReferences(decode(written))
  }
}

type Content = {
  readonly kind: 'message' | 'media' | 'call'
  readonly sender: string | null
  readonly to: readonly string[]
  readonly direction: EvidenceRecord['direction']
  readonly text: string
  readonly attachments: readonly Attachment[]
  readonly marks: readonly RecordMark[]
  readonly problems: readonly MadeProblem[]
}

// Android Telephony.TextBasedSmsColumns, MESSAGE_TYPE; BaseMmsColumns, MESSAGE_BOX
const boxes: Readonly<Record<string, readonly ['in' | 'out', RecordMark?]>> = {
  '1': ['in'],
  '2': ['out'],
  '3': ['out', 'draft'],
  '4': ['out', 'waiting-to-be-sent'],
  '5': ['out', 'not-sent'],
  '6': ['out', 'waiting-to-be-sent'],
}

const noBox: MadeProblem = {
  code: 'no-box',
  message: 'It does not say whether it was sent or received.',
}

const whoOf = (direction: Content['direction'], numbers: readonly string[]) => ({
  sender: direction === 'out' ? null : (numbers[0] ?? null),
  to: direction === 'out' ? numbers : [],
})

function callOf(value: Value): Content {
  const number = value('number') ?? ''
  const call = readCall(value('type') ?? '', value('duration') ?? '', value('presentation') ?? '')
  const who = whoOf(call.direction, number === '' ? [] : [number])
  return { kind: 'call', ...who, ...call, attachments: [], problems: [] }
}

function smsOf(value: Value): Content {
  const box = boxes[value('type') ?? '']
  const direction = box?.[0] ?? 'unknown'
  // Android writes 64 where the network said that it was not delivered.
  const isLost = direction === 'out' && value('status') === '64'
  const body = value('body', 'as written') ?? ''
  const words = [value('subject') ?? '', body].filter(part => part !== '').join('\n')
  return {
    kind: 'message',
    ...whoOf(direction, splitAddress(value('address'))),
    direction,
    text: words,
    attachments: [],
    marks: [
      ...(box?.[1] ? [box[1]] : []),
      ...(isLost ? (['undelivered'] as const) : []),
      ...(words === '' ? (['empty'] as const) : []),
    ],
    problems: box ? [] : [noBox],
  }
}

/** A group is written as its numbers with a "~" between them. */
const splitAddress = (address: string | null): readonly string[] =>
  (address ?? '')
    .split('~')
    .map(each => each.trim())
    .filter(each => each !== '')

async function mmsOf(value: Value, tokens: readonly Token[], wording: SourceText): Promise<Content> {
  const inside = tokens.filter(({ kind }) => kind === 'empty' || kind === 'start')
  const parts = inside.filter(({ name }) => name === 'part')
  const addresses = inside.flatMap(token => {
    if (token.name !== 'addr') return []
    const read = readValues(readTagValues(token.text), wording)
    return [{ address: read('address') ?? '', type: read('type') ?? '' }]
  })
  const type = value('m_type')
  const box =
    boxes[value('msg_box') ?? ''] ?? (type === '128' ? boxes['2'] : type === '132' ? boxes['1'] : undefined)
  const direction = box?.[0] ?? 'unknown'
  const { sender, to, problem } = partiesOf(direction, addresses, splitAddress(value('address')))
  const { texts, attachments, marks, problems } = await readParts(parts, wording)
  const text = [value('sub') ?? '', ...texts].filter(part => part !== '').join('\n')
  // 130: the network announced it and the phone never fetched it.
  const isLeftOut = type === '130' && parts.length === 0
  return {
    kind: attachments.length > 0 ? 'media' : 'message',
    sender,
    to,
    direction,
    text,
    attachments,
    marks: [
      ...(box?.[1] ? [box[1]] : []),
      ...marks,
      ...(isLeftOut
        ? (['omitted'] as const)
        : text === '' && attachments.length === 0
          ? (['empty'] as const)
          : []),
    ],
    problems: [...problems, ...(box ? [] : [noBox]), ...(problem ? [problem] : [])],
  }
}

/**
 * Who sent a picture message, and to whom. Which way it went is said by the box it lies in: where the phone sent it,
 * apps write every recipient as a sender too (137), and believing that would put the client's words into somebody
 * else's mouth.
 */
// OMA MMS encapsulation: 137 From, 151 To, 130 Cc, 129 Bcc
function partiesOf(
  direction: Content['direction'],
  addresses: readonly { readonly address: string; readonly type: string }[],
  thread: readonly string[],
): { readonly sender: string | null; readonly to: readonly string[]; readonly problem: MadeProblem | null } {
  const real = addresses.filter(({ address }) => address !== '' && address !== 'insert-address-token')
  const numbers = (of: readonly string[]): readonly string[] => [
    ...new Set(real.filter(({ type }) => of.includes(type)).map(({ address }) => address)),
  ]
  if (direction === 'out')
    return {
      sender: null,
      to: thread.length > 0 ? thread : numbers(['151', '130', '129', '137']),
      problem: null,
    }
  const from = numbers(['137'])
  const others = numbers(['151', '130', '129'])
  const [first] = from
  if (first !== undefined && from.length === 1) return { sender: first, to: others, problem: null }
  const [only] = thread
  if (only !== undefined && thread.length === 1 && (from.length === 0 || from.includes(only)))
    return { sender: only, to: others.filter(each => each !== only), problem: null }
  const message = 'It is a message of a group, and does not say which of its members sent it.'
  return { sender: null, to: others, problem: { code: 'sender-not-said', message } }
}

type Parts = Pick<Content, 'attachments' | 'marks' | 'problems'> & { readonly texts: readonly string[] }

async function readParts(parts: readonly Token[], wording: SourceText): Promise<Parts> {
  const texts: string[] = []
  const attachments: Attachment[] = []
  const problems: MadeProblem[] = []
  for (const [index, token] of parts.entries()) {
    const attributes = readTagValues(token.text)
    const value = readValues(attributes, wording)
    const type = (value('ct') ?? '').toLowerCase()
    // How the parts stand on the screen: nobody's words and no file.
    if (type === 'application/smil') continue
    const data = attributes.get('data')
    const isFilled = data !== undefined && data.written !== '' && data.written !== 'null'
    if (type === 'text/plain' && !isFilled) {
      texts.push(value('text', 'as written') ?? '')
      continue
    }
    const name =
      value('cl') ?? value('fn') ?? value('name') ?? `part ${index + 1}${type === '' ? '' : `, ${type}`}`
    if (!data || !isFilled) {
      const text = value('text')
      if (text !== null && text !== '') texts.push(text)
      attachments.push({ name, entry: null })
      continue
    }
    const from = token.from + data.from * wording.unit
    const to = token.from + data.to * wording.unit
    const opened = await openInside(data.written, { type, from, to })
    problems.push(...opened.flaws.map(flaw => sayFlaw(name, flaw.message)))
    attachments.push({ name, entry: null, inside: opened.file })
  }
  const isLeftOut = attachments.some(each => each.inside === undefined)
  return {
    texts,
    attachments,
    problems,
    marks: [
      ...(problems.length > 0 ? (['file-damaged'] as const) : []),
      ...(isLeftOut ? (['omitted'] as const) : []),
    ],
  }
}

function sayFlaw(name: string, message: OpenedFile['flaws'][number]['message']): MadeProblem {
  const short = name.length > 80 ? `${name.slice(0, 77)}…` : name
  return { code: 'file-damaged', message: `The file ${short} in this message: ${message}` }
}
