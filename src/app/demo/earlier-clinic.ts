import type { Clinic } from '../../platform/clinic.ts'
import { openDatabase } from '../../platform/database.ts'

/**
 * Does work in the same clinic as if it were some days ago, for what the demo tells of the past: a case that is opened
 * today has no history. Counted from now, so that the demo never looks old.
 */
export async function withEarlierClinic<Answer>(
  clinic: Clinic,
  daysAgo: number,
  work: (earlier: Clinic) => Promise<Answer>,
): Promise<Answer> {
  const now = (): Date => new Date(clinic.clock.now().getTime() - daysAgo * 86_400_000)
  const database = openDatabase(clinic.database.pool.options.connectionString ?? '', {
    now,
    key: clinic.key,
    connections: 2,
  })
  try {
    return await work({ ...clinic, clock: { now }, database })
  } finally {
    await database.close()
  }
}
