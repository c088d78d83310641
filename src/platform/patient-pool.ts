import pg from 'pg'

/** What a server says, or its address, while it is down, going down or coming up. */
// PostgreSQL documentation, appendix A: class 08 and class 57, operator intervention
const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03'])

/** True when a fault says no more than that the database is not there at this moment. */
export function saysDatabaseIsAway(cause: unknown): boolean {
  const { code, message } = (cause ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  if (typeof code === 'string') return away.has(code) || code.startsWith('08')
  // The driver gives these three no code.
  return (
    typeof message === 'string' &&
    /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/.test(
      message,
    )
  )
}

type Connected = (
  fault: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void

/**
 * Connections for the queue: while the database is away, whoever asks for one waits. The queue's library lets a
 * refused connection end the process, and with it the pages (S13).
 */
export class PatientPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(connected: Connected): void
  override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
    const waiting = this.#connectPatiently()
    if (!connected) return waiting
    waiting.then(
      client => connected(undefined, client, release => client.release(release === true)),
      fault => connected(fault, undefined, () => {}),
    )
    return undefined
  }

  async #connectPatiently(): Promise<pg.PoolClient> {
    for (;;) {
      try {
        return await super.connect()
      } catch (cause) {
        if (this.ending || !saysDatabaseIsAway(cause)) throw cause
        await new Promise(done => setTimeout(done, 250))
      }
    }
  }
}
