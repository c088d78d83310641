import { blankRecord } from './importers/blank-record.ts'
import type { Account, AccountPart, Answers, EvidenceRecord, EvidenceSource } from './importers/importer.ts'
import { keepAccount } from './importers/keep-account.ts'
import { readEvidence } from './importers/read-evidence.ts'
import { isInPart, type ReadAsked, sayAsked } from './read-part.ts'
import { findReached, nothingDerived, type ReadingBound, TooLong, textSizeOf } from './reading-bounds.ts'

/** A record with its number among all records of its source, the same whichever part is read. */
export type NumberedRecord = {
  readonly ordinal: number
  readonly record: EvidenceRecord
  /** Bytes of text kept of it. */
  readonly size: number
}

export type BoundedStep =
  | { readonly step: 'identified'; readonly format: string; readonly dialect: string }
  | { readonly step: 'record'; readonly numbered: NumberedRecord }
  | { readonly step: 'account'; readonly account: Account }

/** The number of the line that says what was not read: no record of a source has it. */
export const leftOutOrdinal = 999_999_999

/** More records than this are not even passed over to reach a part. */
export const mostPassedOver = 20_000_000

/**
 * Reads what was asked for of a source, and no more than there is room for. What is left out stands in one line of its
 * own, kept apart with the reason, so that the account still says what became of every byte. Throws `TooLong` at the
 * first record that a bound has no room for.
 */
export async function* readBounded(
  source: EvidenceSource,
  answers: Answers,
  asked: ReadAsked,
  room: readonly ReadingBound[],
): AsyncGenerator<BoundedStep> {
  if (asked.kind === 'nothing') {
    yield* leaveOutRecord(source.size, { because: 'set-aside', words: saySetAside(asked.reason), left: null })
    return
  }
  const total = asked.kind === 'last' ? await countRecords(source, answers) : 0
  const kept = keepAccount()
  let derived = nothingDerived
  let place = 0
  let left = 0
  for await (const step of readEvidence(source, answers)) {
    switch (step.step) {
      case 'identified':
        yield { step: 'identified', format: step.format, dialect: step.dialect }
        break
      case 'records':
        for (const record of step.records) {
          const ordinal = place
          place += 1
          if (place > mostPassedOver)
            throw new TooLong({ name: 'file', by: 'records', whole: mostPassedOver })
          if (!isInPart(asked, record, ordinal, total)) {
            left += 1
            continue
          }
          const size = textSizeOf(record)
          derived = { records: derived.records + 1, bytes: derived.bytes + size }
          const reached = findReached(derived, room)
          if (reached) throw new TooLong(reached)
          kept.count(record)
          yield { step: 'record', numbered: { ordinal, record, size } }
        }
        break
      case 'account': {
        if (left === 0) {
          yield step
          break
        }
        const words = sayLeft(asked, derived.records, left)
        const record = leftOut(source.size, words)
        kept.count(record)
        yield { step: 'record', numbered: { ordinal: leftOutOrdinal, record, size: textSizeOf(record) } }
        const { notes, questions, problems, problemCount, readable, bytes } = step.account
        yield {
          step: 'account',
          account: {
            ...kept.close(bytes, readable),
            notes,
            questions,
            problems,
            problemCount,
            part: { because: 'asked', words, left },
          },
        }
      }
    }
  }
}

/** What is kept of a source that is not read: one line over all of it, which says why. */
export async function* leaveOutRecord(size: number, part: AccountPart): AsyncGenerator<BoundedStep> {
  const account = keepAccount()
  const record = leftOut(size, part.words)
  account.count(record)
  yield { step: 'record', numbered: { ordinal: leftOutOrdinal, record, size: textSizeOf(record) } }
  yield { step: 'account', account: { ...account.close(size), part } }
}

async function countRecords(source: EvidenceSource, answers: Answers): Promise<number> {
  let total = 0
  for await (const step of readEvidence(source, answers)) {
    if (step.step === 'records') total += step.records.length
    if (total > mostPassedOver) throw new TooLong({ name: 'file', by: 'records', whole: mostPassedOver })
  }
  return total
}

function leftOut(size: number, words: string): EvidenceRecord {
  const place = { from: 0, to: size, firstLine: null, lastLine: null, entry: null }
  return { ...blankRecord('quarantined', place), reason: words }
}

const saySetAside = (reason: string): string =>
  reason === '' ? 'Set aside by a person, and not read.' : `Set aside by a person, and not read: ${reason}`

function sayLeft(asked: ReadAsked, records: number, left: number): string {
  const isSaid = (asked.kind === 'first' || asked.kind === 'last') && asked.records === records
  const read = isSaid ? sayAsked(asked) : `${sayAsked(asked)}: ${count(records, 'record', 'records')}`
  const undated = asked.kind === 'days' ? ' What has no known day is among them.' : ''
  return `Read in part: ${read}. ${count(left, 'other record of this file was', 'other records of this file were')} not read.${undated}`
}

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`
