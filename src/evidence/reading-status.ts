import type { Account } from './importers/importer.ts'
import type { Reading } from './item.ts'

/**
 * How an item stands with regard to being read, worst first. This is the only count there is of what is read: every
 * page that shows such a number, and the command line, takes it from here.
 */
export const readingStatuses = ['failed', 'unread', 'asking', 'in-doubt', 'being-read', 'read'] as const
export type ReadingStatus = (typeof readingStatuses)[number]

/** What became of the content of a source that was read to its end. */
export function findAccountStatus(account: Account): Exclude<ReadingStatus, 'being-read'> {
  if (!account.readable) return 'failed'
  if (account.questions.some(question => question.holdsUp !== false)) return 'asking'
  if (account.records === 0) return 'unread'
  return account.unknown + account.quarantined + account.problemCount > 0 ? 'in-doubt' : 'read'
}

/** How one item stands. What nobody asked to be read, and what was read without an account, is not read. */
export function findReadingStatus(reading: Reading | null): ReadingStatus {
  switch (reading?.state) {
    case undefined:
      return 'unread'
    case 'waiting':
    case 'reading':
      return 'being-read'
    case 'failed':
      return 'failed'
    case 'asking':
      return 'asking'
    case 'done':
      return reading?.account ? findAccountStatus(reading.account) : 'unread'
  }
}

/** True when a person could still say which program a chat is from; nothing waits for it. */
export function mayNameProgram(reading: Reading | null): boolean {
  return reading?.state === 'done' && reading.questions.some(question => question.holdsUp === false)
}

/**
 * Nobody's words were read from a picture, a film or a recording: it is whole as a file, and a person looks at it or
 * listens to it.
 */
export const isOnlySearched = ({ byKind, records }: Account): boolean =>
  records > 0 && records === byKind.image + byKind.file

export type ReadingCounts = Readonly<Record<ReadingStatus, number>> & { readonly items: number }

/** Counts items by how they stand. */
export function countReadingStatuses(items: readonly { readonly reading: Reading | null }[]): ReadingCounts {
  const counts = { failed: 0, unread: 0, asking: 0, 'in-doubt': 0, 'being-read': 0, read: 0 }
  for (const { reading } of items) counts[findReadingStatus(reading)] += 1
  return { ...counts, items: items.length }
}

const words: Readonly<Record<ReadingStatus, string>> = {
  failed: 'could not be read',
  unread: 'kept, not read',
  asking: 'waiting for an answer',
  'in-doubt': 'read in part or in doubt',
  'being-read': 'being read',
  read: 'read or looked through',
}

/** A status as a choice on a page. */
export function sayReadingStatus(status: ReadingStatus): string {
  const said = words[status]
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`
}

/** "2 kept, not read, 5 read": worst first, and only what there is. */
export function sayReadingCounts(counts: ReadingCounts): string {
  return readingStatuses
    .filter(status => counts[status] > 0)
    .map(status => `${counts[status].toLocaleString('en-GB')} ${words[status]}`)
    .join('; ')
}

/** A person said that nothing is to be read of it. */
export function isSetAside(reading: Reading | null): boolean {
  return reading?.account?.part?.because === 'set-aside'
}
