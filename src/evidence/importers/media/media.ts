import { blankRecord } from '../blank-record.ts'
import type { Answers, EvidenceSource, Identification, Importer, ReadStep } from '../importer.ts'
import { keepAccount } from '../keep-account.ts'
import { readHead } from '../read-head.ts'
import { titled } from '../unknown/titles.ts'
import { findMediaKind } from './media-kind.ts'
import { searchMedia } from './search-media.ts'

/** A film or a recording: one record, looked through to its end. Nobody's words are taken from it. */
export const media: Importer = { format: 'media', identify: identifyMedia, read: readMedia }

function identifyMedia(head: Uint8Array): Identification {
  const kind = findMediaKind(head)
  // Pictures have an importer of their own; the words of a document are not read here.
  return kind === null || pictures.has(kind) || kind === 'pdf'
    ? { kind: 'not mine' }
    : { kind: 'mine', dialect: kind, confidence: 1 }
}

const pictures: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'webp', 'heic', 'avif'])

async function* readMedia(source: EvidenceSource, _answers: Answers): AsyncGenerator<ReadStep> {
  const account = keepAccount()
  const kind = findMediaKind(await readHead(source))
  if (kind === null) {
    account.problem('not-media', 'The file does not begin like a film or a recording.')
    yield { step: 'account', account: account.close(source.size, false) }
    return
  }
  yield { step: 'identified', format: 'media', dialect: kind, confidence: 1 }
  const { flaws, notes } = await searchMedia(source, kind)
  const place = { from: 0, to: source.size, firstLine: null, lastLine: null, entry: null }
  const record = {
    ...blankRecord('file', place),
    reason: titled(kind).title,
    marks: [...new Set(flaws.map(flaw => flaw.code))],
  }
  for (const flaw of flaws) account.problem(flaw.code, flaw.message, place)
  for (const note of notes) account.note(note)
  account.note(
    'A film or a recording was looked through to its end as a file. What is seen and said in it was not read: a person does that.',
  )
  account.count(record)
  yield { step: 'records', records: [record] }
  yield { step: 'account', account: account.close(source.size) }
}
