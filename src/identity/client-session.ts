import type { Decision } from '../foundation/decision.ts'
import type { SessionTimes } from './session.ts'

/** The cookie that carries a client's session; its name says nothing to anyone who looks through a browser (S2). */
export const clientCookie = 'page'

// OWASP ASVS 5.0, 7.3: chosen by risk. The client's device may be in other hands a moment later, so it is short: ten
// minutes without use, an hour in any case.
const idleMinutes = 10
const longestMinutes = 60
const markSeconds = 30

/** When a client's session that starts now ends, whatever happens in it. */
export function findClientSessionEnd(startedAt: Date): Date {
  return new Date(startedAt.getTime() + longestMinutes * 60_000)
}

/** Whether a client's session still holds at an instant, and whether it is time to mark it as seen. */
export function decideClientSession(
  session: SessionTimes,
  now: Date,
): Decision<{ readonly isDueForMark: boolean }, 'ended' | 'idle'> {
  if (now >= session.expiresAt) return { allowed: false, because: 'ended' }
  const unseen = now.getTime() - session.lastSeenAt.getTime()
  if (unseen >= idleMinutes * 60_000) return { allowed: false, because: 'idle' }
  return { allowed: true, isDueForMark: unseen >= markSeconds * 1000 }
}

/** A client's session that was last seen at or before `idleSince` is idle now; last marked so, it is due for a mark. */
export function findClientSessionLimits(now: Date): { readonly idleSince: Date; readonly markBefore: Date } {
  return {
    idleSince: new Date(now.getTime() - idleMinutes * 60_000),
    markBefore: new Date(now.getTime() - markSeconds * 1000),
  }
}
