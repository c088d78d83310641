import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { connectOnce, endConnection } from './as-owner.ts'
import { waits } from './database.ts'
import { Fault } from './fault.ts'

/**
 * Refuses an owner of the tables for whom row security does not hold: what the program does with its owner's rights
 * would walk past it too.
 */
// PostgreSQL documentation, "Row Security Policies": superusers and roles with BYPASSRLS always bypass row security
export async function refuseStrongOwner(ownerUrl: string): Promise<void> {
  const client = await connectOnce(ownerUrl)
  try {
    const found = await client.query<{ strong: boolean }>(
      'select rolsuper or rolbypassrls as strong from pg_roles where rolname = current_user',
    )
    if (found.rows[0]?.strong === false) return
    throw new Fault(
      'owner-too-strong',
      'The user in DATABASE_URL is a superuser, or may bypass row security, so the database would not keep one case from those it is closed to. ' +
        'Name an ordinary role there that owns the database: docs/operate.md, "Install", makes one.',
    )
  } finally {
    await endConnection(client)
  }
}

/**
 * Refuses a pooler that gives a connection another session for each transaction: locks and settings of a session would
 * be somebody else's. Seen by what it does: two connections must be two sessions, and each must keep its own.
 *
 * @param setting the name of the setting that holds the address, for the person who reads the refusal
 */
export async function refusePooler(url: string, setting: string): Promise<void> {
  const clients: pg.Client[] = []
  try {
    const one = await connectOnce(url)
    clients.push(one)
    const other = await connectOnce(url)
    clients.push(other)
    const mark = randomBytes(8).toString('hex')
    const before = await sessionOf(one)
    await one.query("select set_config('unwatched.pooler_probe', $1, false)", [mark])
    // While the other holds a transaction open, whatever session the first had may have been given to it.
    await other.query('begin')
    const held = await sessionOf(other)
    const after = await sessionOf(one)
    await other.query('rollback')
    const isOwn =
      held.pid !== before.pid && held.mark !== mark && after.pid === before.pid && after.mark === mark
    if (!isOwn) throw poolerFault(setting)
    const bounded = await connectOnce(url, { statementsEndIn: waits.statement_timeout })
    clients.push(bounded)
    const kept = await bounded.query<{ statement_timeout: string }>('show statement_timeout')
    if (kept.rows[0]?.statement_timeout !== `${waits.statement_timeout / 60_000}min`)
      throw poolerFault(setting)
  } catch (cause) {
    // PgBouncer says 08P01 to a setting that it cannot carry for one connection alone.
    if ((cause as { code?: unknown }).code === '08P01') throw poolerFault(setting, cause)
    throw cause
  } finally {
    for (const client of clients) await endConnection(client)
  }
}

async function sessionOf(client: pg.Client): Promise<{ readonly pid: number; readonly mark: string }> {
  const found = await client.query<{ pid: number; mark: string | null }>(
    "select pg_backend_pid() as pid, current_setting('unwatched.pooler_probe', true) as mark",
  )
  return { pid: found.rows[0]?.pid ?? 0, mark: found.rows[0]?.mark ?? '' }
}

function poolerFault(setting: string, cause?: unknown): Fault {
  return new Fault(
    'database-pooler',
    `${setting} leads to a pooler that does not keep a connection's locks and settings for it (PgBouncer does not, with pool_mode = transaction or as it comes). ` +
      'Name the PostgreSQL server itself there.',
    { cause },
  )
}
