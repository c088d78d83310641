import { randomInt } from 'node:crypto'
import type pg from 'pg'
import { sha256 } from '../foundation/digest.ts'

/** Held by every program that works on the queue, shared; an arbitrary number, the same for ever. */
export const presenceLock = 7_218_402

/** A program that works on the queue of a clinic, as the server knows it for as long as it lives. */
export type Presence = {
  readonly number: number
  /** The numbers of all programs that work for this clinic at this moment, this one among them. */
  readonly loadLiving: () => Promise<readonly number[]>
  readonly leave: () => Promise<void>
}

/**
 * Says on the server that somebody works on the queue of a clinic: by locks that the server lets go of when the program
 * ends, however it ends. Taken again when the connection is lost.
 */
export async function takePresence(pool: pg.Pool, clinicId: string): Promise<Presence> {
  const number = randomInt(1, 2 ** 31 - 1)
  const clinicNumber = Number.parseInt(sha256(clinicId).slice(0, 7), 16)
  let isLeft = false
  let held: pg.PoolClient | null = null
  const take = async (): Promise<void> => {
    const client = await pool.connect()
    try {
      await client.query('select pg_advisory_lock_shared($1)', [presenceLock])
      await client.query('select pg_advisory_lock_shared($1::int, $2::int)', [clinicNumber, number])
    } catch (cause) {
      client.release(true)
      throw cause
    }
    held = client
    client.once('end', () => {
      if (isLeft || held !== client) return
      held = null
      void takeAgain()
    })
  }
  const takeAgain = async (): Promise<void> => {
    while (!isLeft && held === null) {
      await take().catch(() => new Promise(done => setTimeout(done, 250)))
    }
  }
  await take()
  return {
    number,
    loadLiving: async () => {
      const found = await pool.query<{ number: number }>(
        `select objid::bigint::int as number from pg_locks
         where locktype = 'advisory' and objsubid = 2 and granted and classid::bigint = $1
           and database = (select oid from pg_database where datname = current_database())`,
        [clinicNumber],
      )
      return [...new Set([number, ...found.rows.map(row => row.number)])]
    },
    leave: async () => {
      if (isLeft) return
      isLeft = true
      const client = held
      held = null
      if (!client) return
      await client
        .query('select pg_advisory_unlock_shared($1), pg_advisory_unlock_shared($2::int, $3::int)', [
          presenceLock,
          clinicNumber,
          number,
        ])
        .catch(() => {})
      client.release()
    },
  }
}
