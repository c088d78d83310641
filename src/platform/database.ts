import { Kysely, type Transaction as KyselyTransaction, type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import type { CasePart } from '../foundation/case-part.ts'
import type { CaseId, ClinicId, PersonId } from '../foundation/ids.ts'
import type { TaskName } from '../foundation/task-name.ts'
import { findTrouble } from './database-trouble.ts'
import { Fault } from './fault.ts'
import type { ClinicKey } from './keys.ts'
import { pipelinedDialect } from './pipelined-dialect.ts'
import type { Row } from './schema.ts'
import { type Watch, WatchedPool } from './watched-pool.ts'

/**
 * Who is acting in a transaction. A person of a clinic; a client, signed in to their own case; or the program itself at
 * a named task. With none, every clinic table reads as empty.
 */
export type Actor =
  | { readonly kind: 'person'; readonly clinicId: ClinicId; readonly personId: PersonId }
  | { readonly kind: 'client'; readonly clinicId: ClinicId; readonly caseId: CaseId }
  | { readonly kind: 'task'; readonly clinicId: ClinicId; readonly task: TaskName }

/** The task under which an act is recorded; none for a person, who is recorded by name. */
export function taskOf(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return ''
    case 'client':
      return 'client'
    case 'task':
      return actor.task
  }
}

/** What the statement that began a visit has read already: nothing of it changes while the visit lasts. */
export type ReadAtEntry = {
  /** Another one whenever what the clinic says of itself was changed. */
  readonly profileRevision: string
  /** Of the case that was opened, if one was. */
  readonly opened: {
    readonly caseId: CaseId
    /** The parts that were opened for reading, what the page shows beside what was asked for among them. */
    readonly parts: ReadonlySet<CasePart>
    /** Every part and mode that is in sight, as `evidence read`; null where that was not asked for. */
    readonly sees: ReadonlySet<string> | null
    readonly wrappedKey: Buffer | null
    /** The row of the case; null where the overview is not in sight. */
    readonly file: Row<'case_file'> | null
  } | null
}

/** One transaction: its actor, its one instant, and typed access to the tables a store knows. */
export type Transaction = {
  readonly actor: Actor
  readonly now: Date
  /** Null in a transaction that no visit began. */
  readonly atEntry: ReadAtEntry | null
  /** The clinic's key, for what lies sealed in the tables; a fault where a database was opened without one. */
  readonly clinicKey: () => ClinicKey
  /** A query builder over the tables a store declares. */
  readonly tables: <Tables>() => KyselyTransaction<Tables>
}

export type Database = {
  /** Runs `work` in one transaction as `actor`; commits when it answers, rolls back when it throws. */
  readonly transaction: <Answer>(
    actor: Actor,
    work: (transaction: Transaction) => Promise<Answer>,
  ) => Promise<Answer>
  /**
   * Begins a transaction with a statement that finds out by itself who acts. Both go out in one write. Answers its rows,
   * and what the rest of the transaction is done by; it must be ended by one of the two.
   */
  readonly begin: <Found>(entry: (now: Date) => RawBuilder<Found>) => Promise<Begun<Found>>
  /** Sends such a statement by itself: a transaction of its own. */
  readonly ask: <Found>(entry: (now: Date) => RawBuilder<Found>) => Promise<readonly Found[]>
  /** Resolves when the server answers. */
  readonly ping: () => Promise<void>
  /** When the server last found no room for something, in milliseconds as `performance.now` counts; -∞ for never. */
  readonly fullAt: () => number
  readonly pool: pg.Pool
  readonly close: () => Promise<void>
}

/** A transaction that has found out who acts in it, and waits for its work. */
export type Begun<Found> = {
  readonly found: readonly Found[]
  /** The transaction, as the actor that was found. */
  readonly as: (actor: Actor, atEntry: ReadAtEntry) => Transaction
  /** Does the rest of the work and commits; rolls back when it throws. */
  readonly end: <Answer>(work: () => Promise<Answer>) => Promise<Answer>
  readonly rollBack: () => Promise<void>
}

// Timestamps arrive as Date; dates and local timestamps as the text they are, since a host time zone must not touch them.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.TIMESTAMP, text => text.replace(' ', 'T'))
types.setTypeParser(pg.types.builtins.DATE, text => text)
types.setTypeParser(pg.types.builtins.INT8, text => Number(text))

/** How long anything is waited for, in milliseconds. A server that stops answering altogether: `watched-pool.ts`. */
export const waits = {
  /** For a connection of the pool to be free, and for a new one to be made. */
  connectionTimeoutMillis: 10_000,
  idleTimeoutMillis: 60_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  statement_timeout: 120_000,
  // Longer than a mail that is being sent may hold the lock of its case (mail.ts).
  lock_timeout: 75_000,
  idle_in_transaction_session_timeout: 300_000,
} as const

/**
 * A save is answered once it is on the disk, whatever the server is set to, and the marks that tell whether rows are
 * kept are set at once, by their writer's own reading, and not later, at somebody's look.
 * Source: PostgreSQL 15 documentation, 20.5 Write Ahead Log, synchronous_commit; `src/backend/access/heap/heapam_visibility.c`,
 * SetHintBits, which sets no mark before the commit is flushed.
 */
export const endsOnDisk = { options: '-c synchronous_commit=on' } as const

/**
 * Connects as the role that owns nothing. `now` gives each transaction its instant, which the row policies judge by too.
 */
export function openDatabase(
  programUrl: string,
  options: {
    readonly now: () => Date
    readonly key?: ClinicKey
    readonly connections?: number
    readonly onLost?: (code: string) => void
    /** Told when the server takes questions and does not answer, and since when; and when it answers again. */
    readonly onSilence?: (since: Date) => void
    readonly onAnswer?: () => void
    /** Told each time the server found no room for something. */
    readonly onFull?: () => void
    readonly watch?: Watch
    /** The last work of every transaction that somebody did by `transaction`; it is kept with the rest of it, or not at all. */
    readonly beforeCommit?: (transaction: Transaction) => Promise<void>
  },
): Database {
  const pool = new WatchedPool({
    connectionString: programUrl,
    max: options.connections ?? 10,
    types,
    ...waits,
    ...endsOnDisk,
    // What does not wait for an answer goes out with what comes before it (decision 50).
    pipeline: true,
    ...(options.watch ? { watch: options.watch } : {}),
    application_name: 'unwatched',
  })
  if (options.onSilence) pool.onSilence = options.onSilence
  if (options.onAnswer) pool.onAnswer = options.onAnswer
  let fullAt = Number.NEGATIVE_INFINITY
  // An idle connection that breaks is replaced at the next use; the operator is told, nobody's work is lost.
  let closing = false
  const lost = (error: Error): void => {
    // Once closed on purpose, a connection that the server ends first is not news.
    if (!closing) options.onLost?.((error as { code?: string }).code ?? 'connection')
  }
  pool.on('error', lost)
  pool.on('connect', client => client.on('error', lost))
  const kysely = new Kysely<unknown>({ dialect: pipelinedDialect(pool) })
  const clinicKey = (): ClinicKey => {
    if (options.key) return options.key
    throw new Fault('database-without-key', 'Work on this connection opens nothing that is sealed.')
  }
  const transactionOf: TransactionOf = (trx, actor, now, atEntry) => ({
    actor,
    now,
    atEntry,
    clinicKey,
    tables: <Tables>() => trx as unknown as KyselyTransaction<Tables>,
  })
  const noticing = <Answer>(done: Promise<Answer>): Promise<Answer> => {
    done.catch(cause => {
      if (findTrouble(cause) !== 'full') return
      fullAt = performance.now()
      options.onFull?.()
    })
    return done
  }

  return {
    pool,
    fullAt: () => fullAt,
    transaction: (actor, work) =>
      noticing(
        kysely.transaction().execute(async trx => {
          const now = options.now()
          await sayWhoActs(actor, now).execute(trx)
          const transaction = transactionOf(trx, actor, now, null)
          const answer = await work(transaction)
          await options.beforeCommit?.(transaction)
          return answer
        }),
      ),
    begin: entry => beginBy(kysely, entry, options.now(), { transactionOf, noticing }),
    ask: async entry => (await noticing(entry(options.now()).execute(kysely))).rows,
    ping: async () => {
      await pool.query('select 1')
    },
    close: async () => {
      closing = true
      await kysely.destroy()
    },
  }
}

/** Begins a transaction with a statement that finds out who acts in it. */
async function beginBy<Found>(
  kysely: Kysely<unknown>,
  entry: (now: Date) => RawBuilder<Found>,
  now: Date,
  of: {
    readonly transactionOf: TransactionOf
    readonly noticing: <Answer>(done: Promise<Answer>) => Promise<Answer>
  },
): Promise<Begun<Found>> {
  const trx = await kysely.startTransaction().execute()
  const rollBack = async () => {
    // A connection that is gone has rolled back by itself.
    if (!trx.isCommitted && !trx.isRolledBack)
      await trx
        .rollback()
        .execute()
        .catch(() => {})
  }
  const orRollBack = <Answer>(work: Promise<Answer>): Promise<Answer> =>
    of.noticing(
      work.catch(async cause => {
        await rollBack()
        throw cause
      }),
    )
  const finish = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const answer = await work()
    await trx.commit().execute()
    return answer
  }
  const { rows } = await orRollBack(entry(now).execute(trx))
  return {
    found: rows,
    as: (actor, atEntry) => of.transactionOf(trx, actor, now, atEntry),
    end: work => orRollBack(finish(work)),
    rollBack,
  }
}

type TransactionOf = (
  trx: KyselyTransaction<unknown>,
  actor: Actor,
  now: Date,
  atEntry: ReadAtEntry | null,
) => Transaction

/** Names the actor and the instant for the row policies, until the transaction ends. */
const sayWhoActs = (actor: Actor, now: Date): RawBuilder<unknown> =>
  sql`select set_config('unwatched.clinic', ${actor.clinicId}, true),
             set_config('unwatched.person', ${actor.kind === 'person' ? actor.personId : ''}, true),
             set_config('unwatched.task', ${taskOf(actor)}, true),
             set_config('unwatched.client_case', ${actor.kind === 'client' ? actor.caseId : ''}, true),
             set_config('unwatched.now', ${now.toISOString()}, true)`
