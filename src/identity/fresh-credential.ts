import type { Decision } from '../foundation/decision.ts'
import type { PersonId } from '../foundation/ids.ts'
import type { CredentialChange } from './credential-change.ts'
import type { SessionNotices } from './route.ts'

/**
 * Until when what takes two people waits for somebody; null when it does not (S12). Somebody who was set up again waits
 * a day, or until a third person has said that they are who they are. `unwatched.is_fresh` decides the same.
 */
export function findWait(
  changes: readonly Pick<CredentialChange, 'waitsUntil' | 'freedAt'>[],
  now: Date,
): Date | null {
  const waits = changes.flatMap(({ waitsUntil, freedAt }) =>
    waitsUntil && waitsUntil > now && !freedAt ? [waitsUntil] : [],
  )
  return waits.sort((one, other) => other.getTime() - one.getTime())[0] ?? null
}

/** What somebody is to be told at every page: of changes they have not said they know of, the newest first. */
export function findNotices(
  session: Pick<SessionNotices, 'sessionId' | 'provedAt'>,
  changes: readonly CredentialChange[],
  now: Date,
): SessionNotices {
  return {
    ...session,
    waitsUntil: findWait(changes, now),
    news: changes
      .filter(each => each.kind !== 'joined' && each.knownAt === null)
      .sort((one, other) => other.changeId - one.changeId),
  }
}

export type RefusedThird = 'over' | 'had-a-part' | 'waits-too'

/**
 * Whether somebody is the third person who may end such a wait: not the person themselves, none of those who asked,
 * approved or gave their word, and nobody who waits. `unwatched.free_credential` holds the same.
 */
export function decideThird(
  change: Pick<
    CredentialChange,
    'personId' | 'askedBy' | 'approvedBy' | 'witnessedBy' | 'waitsUntil' | 'freedAt'
  >,
  by: { readonly personId: PersonId; readonly waitsUntil: Date | null },
  now: Date,
): Decision<object, RefusedThird> {
  if (!findWait([change], now)) return { allowed: false, because: 'over' }
  const parts = [change.personId, change.askedBy, change.approvedBy, change.witnessedBy]
  if (parts.includes(by.personId)) return { allowed: false, because: 'had-a-part' }
  if (by.waitsUntil && by.waitsUntil > now) return { allowed: false, because: 'waits-too' }
  return { allowed: true }
}
