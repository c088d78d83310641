import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Clinic } from './clinic.ts'

/** How long a write is waited for, in milliseconds. */
const patience = 2000
/** For how long a yes is given again; and for how long after a save was refused for want of room the answer is no. */
const yesHolds = 2000
const fullHolds = 5000

/**
 * Says whether anything can be saved now, by saving something: a server that is only read from, full, away or silent
 * answers questions and still loses what people type. Asked often it writes seldom, and never twice at once.
 */
export function makeWriteCheck(
  clinic: Pick<Clinic, 'clinicId' | 'database'>,
  milliseconds: () => number = () => performance.now(),
): () => Promise<boolean> {
  let writing: Promise<boolean> | null = null
  let wroteAt = Number.NEGATIVE_INFINITY
  let ownFullAt = Number.NEGATIVE_INFINITY
  const write = async (): Promise<boolean> => {
    const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-watch-machine' } as const
    try {
      await clinic.database.transaction(actor, transaction =>
        sql`insert into write_check (clinic_id, at, filler) values (${clinic.clinicId}, ${transaction.now}, ${randomBytes(8192)})
            on conflict (clinic_id) do update set at = excluded.at, filler = excluded.filler`.execute(
          transaction.tables(),
        ),
      )
      wroteAt = milliseconds()
      return true
    } catch {
      ownFullAt = clinic.database.fullAt()
      return false
    } finally {
      writing = null
    }
  }
  return async () => {
    const fullAt = clinic.database.fullAt()
    // Somebody's save found no room just now: that this small one would find some says little.
    if (fullAt !== ownFullAt && performance.now() - fullAt < fullHolds) return false
    if (milliseconds() - wroteAt < yesHolds) return true
    writing ??= write()
    return within(patience, writing)
  }
}

/** False when it takes longer. */
async function within(most: number, work: Promise<boolean>): Promise<boolean> {
  let late: NodeJS.Timeout | undefined
  const waiting = new Promise<boolean>(done => {
    late = setTimeout(() => done(false), most)
  })
  try {
    return await Promise.race([work, waiting])
  } finally {
    clearTimeout(late)
  }
}
