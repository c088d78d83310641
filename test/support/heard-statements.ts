import type { Database } from '../../src/platform/database.ts'

/** Tells of every statement that is sent through a pool, and by which connection. */
export function hearStatements(
  pool: Database['pool'],
  hear: (statement: string, connection: object) => void,
): void {
  const heard = new WeakSet<object>()
  pool.on('acquire', client => {
    if (heard.has(client)) return
    heard.add(client)
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    Object.assign(client, {
      query: (...args: unknown[]) => {
        const [first] = args
        hear(typeof first === 'string' ? first : (first as { text: string }).text, client)
        return query(...args)
      },
    })
  })
}

/** What was unsealed in each transaction, from now on. */
export type HeardRevisions = {
  /** How many sealed revisions were read, of whatever is kept in revisions. */
  readonly many: () => number
  /** The tables of which one transaction read the same revision more than once. */
  readonly twice: () => readonly string[]
}

/** Listens for reads of what a case keeps in sealed revisions: each is a row to fetch, to decipher and to parse. */
export function hearRevisions(pool: Database['pool']): HeardRevisions {
  let many = 0
  const twice: string[] = []
  const seen = new WeakMap<object, Set<string>>()
  const before = new WeakMap<object, Set<string>>()
  hearStatements(pool, (statement, connection) => {
    if (/^\s*begin\b/i.test(statement)) seen.set(connection, new Set())
    const inTransaction = seen.get(connection)
    if (!inTransaction) return
    // From here to its release glances are made, of what there is now that nobody else changes it: each is read once more, and
    // once (decision 52).
    if (/^\s*savepoint glances\b/i.test(statement)) {
      before.set(connection, inTransaction)
      seen.set(connection, new Set())
    }
    if (/^\s*(release|rollback to) savepoint glances\b/i.test(statement))
      seen.set(connection, new Set([...inTransaction, ...(before.get(connection) ?? [])]))
    const [, table] = /^\s*select r\.revision, r\.sealed from "unwatched"\."(\w+)"/.exec(statement) ?? []
    if (!table) return
    many += 1
    if (inTransaction.has(statement)) twice.push(table)
    inTransaction.add(statement)
  })
  return { many: () => many, twice: () => twice }
}
