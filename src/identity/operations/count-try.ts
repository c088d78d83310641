import type { Transaction } from '../../platform/database.ts'
import { insertGuess, loadGuesses, lockGuesses } from '../guess-store.ts'
import type { GuessSubjects } from '../guess-subject.ts'
import { decideWait } from '../slow-down.ts'

/**
 * Counts a try as wrong before it is judged, so that tries sent at once are counted one by one; whoever was right has it
 * forgiven. Answers the seconds to wait instead, when it is too soon for another.
 */
export async function countTry(
  transaction: Transaction,
  subjects: GuessSubjects,
): Promise<{ readonly wait: number; readonly guessIds: readonly number[] }> {
  await lockGuesses(transaction, subjects)
  const wait = decideWait(await loadGuesses(transaction, subjects), transaction.now)
  return { wait, guessIds: wait > 0 ? [] : await insertGuess(transaction, subjects) }
}
