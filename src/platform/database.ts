import {
  Kysely,
  type Transaction as KyselyTransaction,
  PostgresDialect,
  type PostgresPoolClient,
  sql,
} from 'kysely'
import pg from 'pg'
import type { CaseId, ClinicId, PersonId } from '../foundation/ids.ts'
import type { TaskName } from '../foundation/task-name.ts'
import { findTrouble } from './database-trouble.ts'
import { Fault } from './fault.ts'
import type { ClinicKey } from './keys.ts'
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

/** One transaction: its actor, its one instant, and typed access to the tables a store knows. */
export type Transaction = {
  readonly actor: Actor
  readonly now: Date
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
  /** Resolves when the server answers. */
  readonly ping: () => Promise<void>
  /** When the server last found no room for something, in milliseconds as `performance.now` counts; -∞ for never. */
  readonly fullAt: () => number
  readonly pool: pg.Pool
  readonly close: () => Promise<void>
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
  },
): Database {
  const pool = new WatchedPool({
    connectionString: programUrl,
    max: options.connections ?? 10,
    types,
    ...waits,
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
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: planningOnce(pool) }) })
  const clinicKey = (): ClinicKey => {
    if (options.key) return options.key
    throw new Fault('database-without-key', 'Work on this connection opens nothing that is sealed.')
  }

  return {
    pool,
    fullAt: () => fullAt,
    transaction: (actor, work) => {
      const done = kysely.transaction().execute(async trx => {
        const now = options.now()
        await sql`select set_config('unwatched.clinic', ${actor.clinicId}, true),
                         set_config('unwatched.person', ${actor.kind === 'person' ? actor.personId : ''}, true),
                         set_config('unwatched.task', ${taskOf(actor)}, true),
                         set_config('unwatched.client_case', ${actor.kind === 'client' ? actor.caseId : ''}, true),
                         set_config('unwatched.now', ${now.toISOString()}, true)`.execute(trx)
        return work({
          actor,
          now,
          clinicKey,
          tables: <Tables>() => trx as unknown as KyselyTransaction<Tables>,
        })
      })
      done.catch(cause => {
        if (findTrouble(cause) !== 'full') return
        fullAt = performance.now()
        options.onFull?.()
      })
      return done
    },
    ping: async () => {
      await pool.query('select 1')
    },
    close: async () => {
      closing = true
      await kysely.destroy()
    },
  }
}

/** At most so many statements are remembered by a connection: lists of any length would otherwise make ever more. */
const mostRemembered = 1000

/**
 * The pool, with statements that a connection parses and plans once: pages ask the same few hundred over and over, and
 * planning one under row security costs more than running it.
 */
// PostgreSQL documentation, "PREPARE": a statement that has run five times may keep one plan for every value
function planningOnce(pool: pg.Pool): {
  readonly connect: () => Promise<PostgresPoolClient>
  readonly end: () => Promise<void>
} {
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || names.size >= mostRemembered) return known
    const name = `u${names.size}`
    names.set(text, name)
    return name
  }
  return {
    connect: async () => {
      const client = await pool.connect()
      const ask = (text: string, values: readonly unknown[]) => {
        const name = values.length > 0 ? nameOf(text) : undefined
        return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
      }
      return { query: ask as unknown as PostgresPoolClient['query'], release: () => client.release() }
    },
    end: () => pool.end(),
  }
}
