import type { Decision } from '../foundation/decision.ts'
import type { PersonId } from '../foundation/ids.ts'
import type { Bar } from './sharing.ts'

export type BarRefusal = 'own-bar' | 'already-barred'

/** Whether a coordinator may bar somebody from a case by name: never themselves, and nobody twice at one time. */
export function decideBar(
  by: PersonId,
  personId: PersonId,
  bars: readonly Bar[],
): Decision<object, BarRefusal> {
  if (by === personId) return { allowed: false, because: 'own-bar' }
  const isBarred = bars.some(bar => bar.personId === personId && bar.liftedAt === null)
  return isBarred ? { allowed: false, because: 'already-barred' } : { allowed: true }
}

/** Why somebody is barred, as it is shown on screen: the words of a coordinator, or what the program found. */
export function sayBarReason(reason: string): string {
  return reason === 'name-like-the-suspected-person' ? 'Their name is like the suspected person’s' : reason
}
