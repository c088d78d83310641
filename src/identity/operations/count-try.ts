import type { Transaction } from '../../platform/database.ts'
import { insertCodeGuess, insertGuess, loadCodeGuesses, loadGuesses, lockGuesses } from '../guess-store.ts'
import type { GuessSubjects } from '../guess-subject.ts'
import { decideCodeWait, decideWait } from '../slow-down.ts'

/**
 * Counts a try as wrong before it is judged, so that tries sent at once are counted one by one; a right one is
 * forgiven. Returns the seconds to wait instead, when it is too soon for another.
 */
export async function countTry(
  transaction: Transaction,
  subjects: GuessSubjects,
): Promise<{ readonly wait: number; readonly guessIds: readonly number[] }> {
  await lockGuesses(transaction, subjects)
  const { codes } = subjects
  const wait = Math.max(
    decideWait(await loadGuesses(transaction, subjects), transaction.now),
    codes ? decideCodeWait(await loadCodeGuesses(transaction, codes), transaction.now) : 0,
  )
  if (wait > 0) return { wait, guessIds: [] }
  if (codes) await insertCodeGuess(transaction, codes)
  return { wait, guessIds: await insertGuess(transaction, subjects) }
}
