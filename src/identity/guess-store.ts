import { sql } from 'kysely'
import type { Sha256 } from '../foundation/digest.ts'
import type { Transaction } from '../platform/database.ts'
import type { Tables } from '../platform/schema.ts'
import type { GuessSubjects } from './guess-subject.ts'
import { type GuessLanes, rememberedHours, type WrongGuesses } from './slow-down.ts'

type GuessTables = Pick<Tables, 'wrong_guess'>

const lanes = ['pair', 'name', 'address'] as const

/**
 * Holds back every other try at this name until the transaction ends, so that tries sent at once are counted one by
 * one.
 */
export async function lockGuesses(transaction: Transaction, subjects: GuessSubjects): Promise<void> {
  const key = `${transaction.actor.clinicId}${subjects.name}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(transaction.tables())
}

export async function loadGuesses(transaction: Transaction, subjects: GuessSubjects): Promise<GuessLanes> {
  const rows = await transaction
    .tables<GuessTables>()
    .selectFrom('wrong_guess')
    .select(({ fn }) => ['subject', fn.countAll<number>().as('count'), fn.max('at').as('last')])
    .where(
      'subject',
      'in',
      lanes.map(lane => subjects[lane]),
    )
    .where('at', '>', new Date(transaction.now.getTime() - rememberedHours * 3_600_000))
    .groupBy('subject')
    .execute()
  const lane = (subject: Sha256): WrongGuesses => {
    const row = rows.find(one => one.subject === subject)
    return { count: row?.count ?? 0, lastAt: row?.last ?? null }
  }
  return { pair: lane(subjects.pair), name: lane(subjects.name), address: lane(subjects.address) }
}

/** Wrong codes with the right password at this name. */
export async function loadCodeGuesses(transaction: Transaction, subject: Sha256): Promise<WrongGuesses> {
  const row = await transaction
    .tables<GuessTables>()
    .selectFrom('wrong_guess')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('at').as('last')])
    .where('subject', '=', subject)
    .where('at', '>', new Date(transaction.now.getTime() - rememberedHours * 3_600_000))
    .executeTakeFirst()
  return { count: row?.count ?? 0, lastAt: row?.last ?? null }
}

export async function insertCodeGuess(transaction: Transaction, subject: Sha256): Promise<void> {
  await transaction
    .tables<GuessTables>()
    .insertInto('wrong_guess')
    .values({ clinic_id: transaction.actor.clinicId, subject, at: transaction.now })
    .execute()
}

/**
 * Notes a try that was refused during a wait, and returns whether it completes so many: then they are forgotten, to be
 * recorded in one line.
 */
export async function countUnheard(
  transaction: Transaction,
  subject: Sha256,
  atOnce: number,
): Promise<boolean> {
  await insertCodeGuess(transaction, subject)
  const { count } = await loadCodeGuesses(transaction, subject)
  if (count < atOnce) return false
  await transaction.tables<GuessTables>().deleteFrom('wrong_guess').where('subject', '=', subject).execute()
  return true
}

/** Counts a try as wrong in its lanes; returns the ids, so that a right one can be forgiven. */
export async function insertGuess(
  transaction: Transaction,
  subjects: GuessSubjects,
  counted: readonly (typeof lanes)[number][] = lanes,
): Promise<readonly number[]> {
  const rows = await transaction
    .tables<GuessTables>()
    .insertInto('wrong_guess')
    .values(
      counted.map(lane => ({
        clinic_id: transaction.actor.clinicId,
        subject: subjects[lane],
        at: transaction.now,
      })),
    )
    .returning('guess_id')
    .execute()
  return rows.map(row => row.guess_id)
}

/** Takes back a try that was right, and whatever its owner mistyped before from the same address. */
export async function forgiveGuess(
  transaction: Transaction,
  subjects: GuessSubjects,
  guessIds: readonly number[],
): Promise<void> {
  await transaction
    .tables<GuessTables>()
    .deleteFrom('wrong_guess')
    .where(({ eb, or }) =>
      or([
        ...(guessIds.length > 0 ? [eb('guess_id', 'in', guessIds)] : []),
        eb('subject', 'in', [subjects.pair, ...(subjects.codes ? [subjects.codes] : [])]),
      ]),
    )
    .execute()
}

/** Forgets guesses older than anything that is still counted. */
export async function forgetOldGuesses(transaction: Transaction): Promise<void> {
  await transaction
    .tables<GuessTables>()
    .deleteFrom('wrong_guess')
    .where('at', '<', new Date(transaction.now.getTime() - rememberedHours * 3_600_000))
    .execute()
}
