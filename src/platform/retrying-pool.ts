import type pg from 'pg'
import { saysDatabaseIsAway } from './database-trouble.ts'
import { WatchedPool } from './watched-pool.ts'

type Connected = (
  fault: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void

/**
 * Connections for the queue: while the database is away, a caller that asks for one waits. The queue's library lets a
 * refused connection end the process, and with it the pages (S13).
 */
export class RetryingPool extends WatchedPool {
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
