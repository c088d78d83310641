import type { Account, AccountPart } from './importers/importer.ts'
import type { Reading } from './item.ts'
import { findReadingStatus, isOnlySearched, mayNameProgram } from './reading-status.ts'
import { sayAccount, sayAccountPlace, sayCount } from './say-account.ts'

/** How far a reading has come, in a word for a tag and a line beneath it. */
export type ReadingWords = {
  readonly tag: string
  readonly mood: 'settled' | 'waiting' | 'question' | 'good' | 'trouble'
  readonly line: string
}

/** Says what became of an item's content. What could not be read is always part of the answer. */
export function sayReading(reading: Reading | null): ReadingWords {
  const account = reading?.account ?? null
  const part = reading?.state === 'done' || reading?.state === 'asking' ? account?.part : undefined
  if (part && account) return sayPart(part, account)
  switch (findReadingStatus(reading)) {
    case 'being-read':
      return { tag: 'Being read', mood: 'waiting', line: 'Reload this page to see how far it has come.' }
    case 'asking':
      return { tag: 'Has a question', mood: 'question', line: account ? sayAccount(account) : '' }
    case 'failed':
      return reading?.state === 'failed' || !account
        ? { tag: 'Could not be read', mood: 'trouble', line: sayFailure(reading?.failure ?? null) }
        : { tag: 'Cannot be read', mood: 'trouble', line: sayWhyNot(account) }
    case 'unread':
      return { tag: 'Kept, not read', mood: 'settled', line: account ? sayWhyNot(account) : '' }
    case 'in-doubt':
      return account && account.unknown + account.quarantined > 0
        ? { tag: 'Read in part', mood: 'question', line: `${sayAccount(account)}${sayFirstPlace(account)}` }
        : {
            tag: `${account && isOnlySearched(account) ? 'Looked through' : 'Read'}, in doubt`,
            mood: 'question',
            line: account ? sayDoubt(account) : '',
          }
    case 'read':
      return account && isOnlySearched(account)
        ? { tag: 'Looked through', mood: 'good', line: sayAccount(account) }
        : { tag: 'Read', mood: 'good', line: account ? `${sayAccount(account)}${sayProgram(reading)}` : '' }
  }
}

/** A part is never said as the whole: why it is one comes first, and what is in it follows. */
function sayPart(part: AccountPart, account: Account): ReadingWords {
  switch (part.because) {
    case 'bound':
      return {
        tag: 'Not read: too long',
        mood: 'trouble',
        line: part.words.replace('Not read: too long. ', ''),
      }
    case 'set-aside':
      return { tag: 'Set aside, not read', mood: 'settled', line: part.words }
    case 'asked':
      return { tag: 'Read in part', mood: 'question', line: `${part.words} ${sayAccount(account)}` }
  }
}

/** What of an item's content was not read, for somebody who has only the item; null where all of it was. */
export function sayNotRead(
  reading: Reading | null,
): { readonly how: 'not-read' | 'in-part'; readonly words: string } | null {
  const account = reading?.account ?? null
  const part = reading?.state === 'done' || reading?.state === 'asking' ? account?.part : undefined
  if (part) return { how: part.because === 'asked' ? 'in-part' : 'not-read', words: part.words }
  const earlier = 'What the chronology has of it is what an earlier reading found, if there was one.'
  switch (findReadingStatus(reading)) {
    case 'read':
      return null
    case 'being-read':
      return { how: 'not-read', words: `It was not read to its end when this was made. ${earlier}` }
    case 'asking':
      return {
        how: 'in-part',
        words: `What it holds depends on a question that nobody has answered. ${account ? sayAccount(account) : ''}`,
      }
    case 'failed':
      return reading?.state === 'failed' || !account
        ? { how: 'not-read', words: `Reading it did not come to its end. ${earlier}` }
        : { how: 'not-read', words: sayWhyNot(account) }
    case 'unread':
      return { how: 'not-read', words: account ? sayWhyNot(account) : 'Nobody asked for it to be read.' }
    case 'in-doubt':
      return {
        how: 'in-part',
        words:
          account && account.unknown + account.quarantined > 0
            ? `${sayAccount(account)}${sayFirstPlace(account)}`
            : account
              ? sayDoubt(account)
              : '',
      }
  }
}

const sayProgram = (reading: Reading | null) =>
  mayNameProgram(reading) ? '. It could be from several programs: say which' : ''

function sayWhyNot(account: Account): string {
  const why = account.notRead[0]?.reason ?? account.problems[0]?.message
  return why === undefined ? sayAccount(account) : `${sayAccount(account)}. ${why}${sayMore(account)}`
}

function sayMore({ unknown, quarantined }: Account): string {
  const more = unknown + quarantined - 1
  return more > 0 ? ` And ${sayCount(more, 'more that was', 'more that were')} not read.` : ''
}

function sayDoubt(account: Account): string {
  const [first] = account.problems
  return first === undefined ? sayAccount(account) : `${sayAccount(account)}. ${first.message}`
}

function sayFirstPlace(account: Account): string {
  const [first] = account.notRead
  if (first) {
    const where = first.place.firstLine === null ? first.place.entry : null
    return `. ${where ?? sayAccountPlace(first.place)}: ${first.reason}${sayMore(account)}`
  }
  const place = account.problems.find(problem => problem.place !== null)?.place
  return place ? `: ${sayAccountPlace(place)}` : ''
}

function sayFailure(code: string | null): string {
  if (code === 'original-altered')
    return 'What is stored is not what arrived. Tell the administrator at once, and do not rely on this item.'
  if (code === 'reading-stopped')
    return 'Reading this file ended the program’s work twice, so it is not tried again by itself. The administrator can try it again or cancel it. What is shown of it is what an earlier reading found, if there was one. The original is kept as it arrived.'
  if (code === 'reading-cancelled')
    return 'Not read: reading this file was cancelled by the administrator. What is shown of it is what an earlier reading found, if there was one. The original is kept as it arrived.'
  return `The program will try again (reference ${code ?? 'unknown'}). The original is kept as it arrived.`
}

/** "2 arrivals", and nothing for a single one. */
export function sayArrivals(arrivals: number): string {
  return arrivals < 2 ? '' : sayCount(arrivals, 'arrival', 'arrivals')
}
