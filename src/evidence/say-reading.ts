import type { Account } from './importers/importer.ts'
import type { Reading } from './item.ts'
import { sayAccount, sayCount, sayPlace } from './say-account.ts'

/** How far a reading has come, in a word for a tag and a line beneath it. */
export type ReadingWords = {
  readonly tag: string
  readonly mood: 'quiet' | 'waiting' | 'question' | 'good' | 'trouble'
  readonly line: string
}

/** Says what became of an item's content. What could not be read is always part of the answer. */
export function sayReading(reading: Reading | null): ReadingWords {
  if (!reading) return { tag: 'Kept', mood: 'quiet', line: '' }
  const { account } = reading
  switch (reading.state) {
    case 'waiting':
    case 'reading':
      return { tag: 'Being read', mood: 'waiting', line: 'Reload this page to see how far it has come.' }
    case 'asking': {
      const line = account ? sayAccount(account) : ''
      return { tag: 'Has a question', mood: 'question', line }
    }
    case 'failed':
      return { tag: 'Could not be read', mood: 'trouble', line: sayFailure(reading.failure) }
    case 'done':
      if (!account) return { tag: 'Read', mood: 'good', line: '' }
      if (!account.readable) return { tag: 'Cannot be read', mood: 'trouble', line: sayAccount(account) }
      if (account.records === 0) return { tag: 'Kept, not read', mood: 'quiet', line: sayWhyNot(account) }
      return account.unknown + account.quarantined > 0
        ? { tag: 'Read in part', mood: 'question', line: `${sayAccount(account)}${sayFirstPlace(reading)}` }
        : { tag: 'Read', mood: 'good', line: sayAccount(account) }
  }
}

function sayWhyNot(account: Account): string {
  const why = account.problems[0]?.message
  return why === undefined ? sayAccount(account) : `${sayAccount(account)}. ${why}`
}

function sayFirstPlace(reading: Reading): string {
  const placed = reading.account?.problems.find(problem => problem.place !== null)
  return placed?.place ? `: ${sayPlace(placed.place)}` : ''
}

function sayFailure(code: string | null): string {
  if (code === 'original-altered')
    return 'What is stored is not what arrived. Tell the administrator at once, and do not rely on this item.'
  return `The program will try again (reference ${code ?? 'unknown'}). The original is kept as it arrived.`
}

/** "2 arrivals", and nothing for a single one. */
export function sayArrivals(arrivals: number): string {
  return arrivals < 2 ? '' : sayCount(arrivals, 'arrival', 'arrivals')
}
