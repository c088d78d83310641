import type { Decision } from '../foundation/decision.ts'
import type { SessionId } from '../foundation/ids.ts'
import type { DeviceKind } from './device.ts'

/** The cookie that carries a session's token. */
export const sessionCookie = 'session'

// OWASP ASVS 5.0, 7.3: an inactivity timeout and a longest lifetime, chosen by risk. A desk left alone for half an
// hour closes; nobody stays signed in past one working day.
const idleMinutes = 30
const longestHours = 12
/** How long a session may go unmarked: each mark is a write, and pages are read often. */
const markSeconds = 60

export type SessionTimes = { readonly lastSeenAt: Date; readonly expiresAt: Date }

/** When a session that starts now ends, whatever happens in it. */
export function findSessionEnd(startedAt: Date): Date {
  return new Date(startedAt.getTime() + longestHours * 3_600_000)
}

/**
 * Whether a session still holds at an instant, and whether it is time to mark it as seen.
 * Ended: its longest time is over. Idle: nobody used it for half an hour.
 */
export function decideSession(
  session: SessionTimes,
  now: Date,
): Decision<{ readonly isDueForMark: boolean }, 'ended' | 'idle'> {
  if (now >= session.expiresAt) return { allowed: false, because: 'ended' }
  const unseen = now.getTime() - session.lastSeenAt.getTime()
  if (unseen >= idleMinutes * 60_000) return { allowed: false, because: 'idle' }
  return { allowed: true, isDueForMark: unseen >= markSeconds * 1000 }
}

/** A session that was last used before this instant is idle now. */
export function findIdleSince(now: Date): Date {
  return new Date(now.getTime() - idleMinutes * 60_000)
}

/** A session that was last marked at this instant, or before, is due for a mark now. */
export function findMarkBefore(now: Date): Date {
  return new Date(now.getTime() - markSeconds * 1000)
}

/** One of somebody's own sessions, as they would recognise it. */
export type OwnSession = {
  readonly sessionId: SessionId
  readonly startedAt: Date
  readonly lastSeenAt: Date
  readonly device: DeviceKind
  readonly network: string
}
