import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadNextForClient } from '../diary-store.ts'

export type NextForClient = {
  readonly startsAt: Date
  readonly endsAt: Date
  /** The zone whose clock the client reads it by. */
  readonly zone: string
  /** Neutral words (S2): nothing in them says with whom, about what, or where. */
  readonly what: string
  readonly how: string
}

const how = {
  room: 'In person, where you agreed',
  phone: 'By phone, as you agreed',
  video: 'By video, as you agreed',
} as const

/**
 * The client's next appointment for the client themselves, in words that say nothing; null when there is none. Their
 * access is recorded like everybody's.
 */
export async function loadNextAppointmentForClient(
  transaction: Transaction,
  caseId: CaseId,
): Promise<NextForClient | null> {
  if (!(await openPartInSight(transaction, { caseId, part: 'appointment', mode: 'read' }))) return null
  const next = await loadNextForClient(transaction, caseId)
  if (!next) return null
  const { startsAt, endsAt, zone, placeKind } = next
  return { startsAt, endsAt, zone, what: 'Your appointment', how: how[placeKind] }
}
