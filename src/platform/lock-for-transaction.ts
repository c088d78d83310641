import { sql } from 'kysely'
import type { Transaction } from './database.ts'

/**
 * Waits for anyone else who is doing the same kind of work on the same thing, until the transaction ends: of two at once, the
 * second begins when the first is through. Everybody who takes two locks takes them in the same order.
 *
 * @param work what is done, in kebab-case, as no other work is called
 * @param on the id of what it is done to
 */
export async function lockForTransaction(transaction: Transaction, work: string, on: string): Promise<void> {
  const key = `${work} ${transaction.actor.clinicId} ${on}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(transaction.tables())
}
