import type { AppFact, WrittenByApp } from '../evidence/importers/importer.ts'
import type { TimelineRecord } from './record.ts'
import { sayRecordKind, sayRecordMark } from './say-record-kind.ts'

/** What is read of a record to say whose words it holds. */
type Written = Pick<
  TimelineRecord,
  'kind' | 'sender' | 'direction' | 'parties' | 'writtenByApp' | 'fact' | 'marks'
> &
  Partial<Pick<TimelineRecord, 'reason'>>

/** Whose words they are, and why that is thought: a whole sentence for a person to weigh. Empty where there are none. */
export function sayWriter({ writtenByApp, sender }: Pick<Written, 'writtenByApp' | 'sender'>): string {
  if (!writtenByApp) return ''
  const { answer, basis } = writtenByApp
  if (basis === 'transcribed') return transcribedWriter[answer]
  if (basis === 'field' && answer !== 'not decided')
    return answer === 'yes'
      ? 'Yes: nobody’s words, the phone’s list of calls is told in words by this program'
      : 'No: the source keeps a message’s words in a field of their own'
  if (answer === 'yes')
    return sender === ''
      ? 'Yes: the words are a phrase of the app’s, and no name stands before them'
      : 'Yes: the words are a phrase of the app’s behind its own mark. The name is the one they stand under'
  if (answer === 'no') return 'No: the words stand under a name, and nothing speaks for the app'
  switch (basis) {
    case 'phrase':
      return 'Not decided: the words are a phrase of the app’s, and anybody can type them'
    case 'phrase-in-part':
      return 'Not decided: some of the words are a phrase of the app’s, and some are not'
    case 'mark':
      return 'Not decided: the words begin with the invisible mark that the app sets before its own, and anybody can set it'
    case 'no-author':
      return 'Not decided: no name stands before the words, and they are no phrase of the app’s that we know. A line that somebody pasted looks the same'
    case 'author':
    case 'field':
    case 'not-recorded':
      return 'Not decided: the record was read before this was looked at'
  }
}

const transcribedWriter: Readonly<Record<WrittenByApp['answer'], string>> = {
  yes: 'Yes: so says the person who typed it off a picture',
  no: 'No: so says the person who typed it off a picture',
  'not decided': 'Not decided: the person who typed it off a picture could not say',
}

/** Who sent it, as the source has it: a name or a number, or the phone that the source comes from. */
export function saySender({ sender, direction }: Pick<TimelineRecord, 'sender' | 'direction'>): string {
  if (sender !== '') return sender
  return direction === 'out' ? 'The phone that the file comes from' : 'Nobody is named'
}

/** Who stands beside a record: the sender as exported, or to whom it was sent; empty where neither is known. */
export function sayFromOrTo({
  sender,
  direction,
  parties,
}: Pick<TimelineRecord, 'sender' | 'direction' | 'parties'>): string {
  if (sender !== '' || direction !== 'out') return sender
  const to = parties?.to ?? []
  return to.length > 0 ? `Sent to ${to.join(', ')}` : 'Sent from the phone that the file comes from'
}

export const factNames: Readonly<Record<AppFact, string>> = {
  blocked: 'Contact blocked',
  unblocked: 'Contact unblocked',
  'privacy-on': 'Advanced chat privacy switched on',
  'privacy-off': 'Advanced chat privacy switched off',
  'number-changed': 'Number changed',
  'disappearing-on': 'Disappearing messages switched on',
  'disappearing-off': 'Disappearing messages switched off',
  'disappearing-timer': 'Time for disappearing messages changed',
  'security-code-changed': 'Security code changed',
  encryption: 'Notice of encryption',
  'missed-call': 'Missed call',
  call: 'Call',
  deleted: 'Message deleted',
  'not-exported': 'Null, which the app writes in place of something it does not export',
  undelivered: 'Message not delivered yet',
  'group-made': 'Group made',
  'group-joined': 'Somebody joined or was added to a group',
  'group-left': 'Somebody left or was taken out of a group',
  'group-changed': 'Group changed',
  pinned: 'Message pinned',
  notice: 'Another notice of the app',
}

/** What a record reports: as a fact when the app wrote it, and as what the words read when that is not decided. */
export function sayFact({ fact, writtenByApp }: Pick<Written, 'fact' | 'writtenByApp'>): string {
  if (fact === null) return ''
  const name = factNames[fact]
  return writtenByApp?.answer === 'yes' ? name : `Reads: ${name.charAt(0).toLowerCase()}${name.slice(1)}`
}

/** The labels of a record, beside its words: what it is, whose words, what it reports, and what its source says of it. */
export function labelsOf(record: Written): readonly string[] {
  const { kind, writtenByApp, fact, marks } = record
  const isOpenCall = kind === 'call' && writtenByApp?.answer === 'not decided'
  const told: readonly string[] =
    fact === 'deleted' || fact === 'undelivered' ? [fact] : fact === 'missed-call' ? ['missed'] : []
  return [
    ...(kind === 'message' ? [] : [sayRecordKind(kind)]),
    ...(isOpenCall ? [sayRecordKind('unsettled')] : []),
    ...(fact === null || fact === 'call' ? [] : [sayFact(record)]),
    // Who typed it stands with it wherever it goes.
    ...marks
      .filter(mark => !told.includes(mark))
      .map(mark => (mark === 'transcribed' && record.reason ? record.reason : sayRecordMark(mark))),
  ]
}

/** Who a text is put down to where it is quoted: never a person for words that may be the app's. */
export function sayQuotedFrom(record: Written): string {
  const { kind, sender, writtenByApp } = record
  if (kind === 'system' && writtenByApp?.answer === 'yes')
    return sender === '' ? '[Written by the app]' : `[Written by the app, under the name ${sender}]`
  if (kind === 'unsettled' || (kind === 'call' && writtenByApp?.answer === 'not decided'))
    return `${sender === '' ? 'A person' : sender} or the app, not decided which:`
  const who = sayFromOrTo(record)
  return who === '' ? '' : `${who}:`
}

/** A text with who it is put down to. */
export function quoteRecord(record: Written, body: string): string {
  return [sayQuotedFrom(record), body].filter(part => part !== '').join(' ')
}
