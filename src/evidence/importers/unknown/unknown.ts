import { blankRecord } from '../blank-record.ts'
import type { EvidenceSource, ReadStep } from '../importer.ts'
import { keepAccount } from '../keep-account.ts'
import { searchMedia } from '../media/search-media.ts'
import { findLie } from './lying-name.ts'
import { sayUnknownNotRead } from './say-recognised.ts'
import type { Recognised } from './titles.ts'

/**
 * A file that no importer reads: kept, not read. The whole of it is one range, with what it is, and is never passed
 * over. `because` takes the place of what its content would say.
 */
export async function* readUnknown(
  source: EvidenceSource,
  recognised: Recognised,
  because: string | null = null,
): AsyncGenerator<ReadStep> {
  const account = keepAccount()
  yield { step: 'identified', format: recognised.format, dialect: recognised.title, confidence: 0 }
  const place = { from: 0, to: source.size, firstLine: null, lastLine: null, entry: null }
  const lie = findLie(source.name, recognised.format)
  const reason = because ?? sayUnknownNotRead(recognised, lie)
  const flaws = recognised.format === 'pdf' ? (await searchMedia(source, 'pdf')).flaws : []
  for (const flaw of flaws) account.problem(flaw.code, flaw.message, place)
  const record = {
    ...blankRecord('unknown', place),
    reason: [reason, ...flaws.map(flaw => flaw.message)].join(' '),
    marks: flaws.map(flaw => flaw.code),
  }
  account.count(record)
  yield { step: 'records', records: [record] }
  yield { step: 'account', account: account.close(source.size) }
}
