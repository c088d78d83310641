import { blankRecord } from '../blank-record.ts'
import type { EvidenceSource, ReadStep } from '../importer.ts'
import { keepAccount } from '../keep-account.ts'
import type { Recognised } from './recognise.ts'

/** A file that no importer reads: the whole of it is one range, with the reason, and is never passed over. */
export async function* readUnknown(
  source: EvidenceSource,
  recognised: Recognised,
  reason: string,
): AsyncGenerator<ReadStep> {
  const account = keepAccount()
  yield { step: 'identified', format: recognised.format, dialect: recognised.title, confidence: 0 }
  const place = { from: 0, to: source.size, firstLine: null, lastLine: null, entry: null }
  const record = { ...blankRecord('unknown', place), reason }
  account.count(record)
  account.problem('no-importer', reason, place)
  yield { step: 'records', records: [record] }
  yield { step: 'account', account: account.close(source.size) }
}
