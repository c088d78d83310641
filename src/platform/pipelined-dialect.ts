import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type PostgresPoolClient,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'

/**
 * PostgreSQL over a pool whose connections pipeline. That a transaction begins is not waited for: it goes out in one write
 * with the first statement of the work. Each statement still answers for itself, and one that fails leaves every later one
 * of its transaction refused by the server.
 */
export function pipelinedDialect(pool: pg.Pool): PostgresDialect {
  return new (class extends PostgresDialect {
    override createDriver(): Driver {
      return new PipelinedDriver({ pool: planningOnce(pool) })
    }
  })({ pool })
}

class PipelinedDriver extends PostgresDriver {
  readonly #begun = new WeakMap<DatabaseConnection, Promise<unknown>>()

  override async beginTransaction(
    connection: DatabaseConnection,
    _settings: TransactionSettings,
  ): Promise<void> {
    const begun = connection.executeQuery(CompiledQuery.raw('begin'))
    // Told at the commit; what comes in between fails for the same reason.
    begun.catch(() => {})
    this.#begun.set(connection, begun)
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#begun.get(connection)
    await super.commitTransaction(connection)
  }
}

/** At most so many statements are remembered by a connection: lists of any length would otherwise make ever more. */
const mostRemembered = 1000

/** What goes out together, of a connection of the driver, which it keeps to itself. */
type Inside = { readonly connection: { readonly stream: { cork(): void; uncork(): void } } }

/**
 * The pool, with statements that a connection parses and plans once: pages ask the same few hundred over and over, and
 * planning one under row security costs more than running it. What is sent in one turn of the loop is written at once.
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
      const { stream } = (client as unknown as Inside).connection
      const ask = (text: string, values: readonly unknown[]) => {
        const name = values.length > 0 ? nameOf(text) : undefined
        stream.cork()
        setImmediate(() => stream.uncork())
        return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
      }
      return { query: ask as unknown as PostgresPoolClient['query'], release: () => client.release() }
    },
    end: () => pool.end(),
  }
}
