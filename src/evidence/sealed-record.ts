import { z } from 'zod'
import { findWords } from '../foundation/find-words.ts'
import type { ItemId } from '../foundation/ids.ts'
import { type AppFact, appFacts, writerAnswers, writerBases } from './importers/importer.ts'

const schema = z.object({
  sender: z.string(),
  body: z.string(),
  /** The raw text as it stood in the source, where it differs from the body. */
  raw: z.string().nullable(),
  sentAsWritten: z.string(),
  place: z.object({
    from: z.number(),
    to: z.number(),
    firstLine: z.number().nullable(),
    lastLine: z.number().nullable(),
    entry: z.string().nullable(),
  }),
  attachments: z.array(z.union([z.string(), z.looseObject({ name: z.string().nullish() })])),
  facts: z.looseObject({
    reason: z.string().nullish(),
    /** Missing where a record was read before this was looked at; null where it holds nobody's words. */
    writtenByApp: z.object({ answer: z.enum(writerAnswers), basis: z.enum(writerBases) }).nullish(),
    fact: z.enum(appFacts).nullish(),
  }),
})

/** All of a record that somebody wrote or a source named: sealed as one, under the key of its case. */
export type SealedRecord = z.output<typeof schema>

/** Reads what was sealed as a record; it was sealed by this program, so anything else is a fault. */
export function parseSealedRecord(text: string): SealedRecord {
  return schema.parse(JSON.parse(text))
}

/** The field a record is sealed as: its content opens as no other record's. */
export function recordField(itemId: ItemId, ordinal: number): string {
  return `record ${itemId} ${ordinal}`
}

/** The field a sender's name is sealed as, by its token. */
export function senderField(token: string): string {
  return `sender ${token}`
}

/** The words by which a record is found: of its sender, its text and its files, and what it reports. */
function findRecordWords({ sender, body, attachments, facts }: SealedRecord): readonly string[] {
  const files = attachments.map(each => (typeof each === 'string' ? each : (each.name ?? '')))
  const words = findWords([sender, body, ...files].join(' '))
  return facts.fact ? [...words, factWord('any'), factWord(facts.fact)] : words
}

/** The word by which a record is found that reports something. Nobody can type it: words have no colon in them. */
export function factWord(fact: AppFact | 'any'): string {
  return `fact:${fact}`
}

/** What is compared to tell whether two texts are the same; null for no text, which is the same as nothing. */
function findComparedText(record: Pick<SealedRecord, 'body'>): string | null {
  return record.body === '' ? null : record.body
}

/** What it takes to seal a record: the seal of its case, as far as records need it. */
type RecordSeal = {
  readonly sealNow: (field: string, text: string) => Buffer
  readonly words: Tokens
  readonly senders: Tokens
  readonly texts: Tokens
}
type Tokens = { readonly tokenOf: (word: string) => string }

/** A record's content as the table keeps it: sealed, and found by tokens that say nothing without the key. */
export function sealRecordContent(content: SealedRecord, itemId: ItemId, ordinal: number, seal: RecordSeal) {
  const text = findComparedText(content)
  return {
    sender: content.sender,
    sender_key: content.sender === '' ? null : seal.senders.tokenOf(content.sender),
    text_key: text === null ? null : seal.texts.tokenOf(text),
    words: `{${findRecordWords(content).map(seal.words.tokenOf).join(',')}}`,
    sealed: seal.sealNow(recordField(itemId, ordinal), JSON.stringify(content)),
  }
}
