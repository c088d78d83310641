import type { Decision } from '../foundation/decision.ts'
import type { FiledTriage } from './filed.ts'
import { isRedFlag, sayRedFlag } from './red-flags.ts'
import { findMissingReason, type StalkerType, sayTypeReason, type TypeReason, typeReasons } from './triage.ts'

/** One settling of type and urgency: the first at triage, each later one a revision. None is ever overwritten. */
export type TriageRevision = Omit<FiledTriage, 'conflicts'> & {
  readonly triageId: number
  readonly at: Date
  readonly by: string
}

export const revisionRefusals = [
  'reason-missing',
  'changed-meanwhile',
  'case-closed',
  'not-in-sight',
] as const
export type RevisionRefusal = (typeof revisionRefusals)[number]

/**
 * Decides whether type and urgency may be revised. `seen` is the revision the person had before them, 0 for none. When
 * two people revise at once, the second one is told, and keeps what they wrote.
 */
export function decideRevision(
  latest: number,
  seen: number,
  choice: { readonly type: StalkerType; readonly typeReasons: readonly TypeReason[] },
  state: 'open' | 'closed',
): Decision<object, RevisionRefusal> {
  if (state === 'closed') return { allowed: false, because: 'case-closed' }
  if (latest !== seen) return { allowed: false, because: 'changed-meanwhile' }
  return findMissingReason(choice.type, choice.typeReasons)
    ? { allowed: false, because: 'reason-missing' }
    : { allowed: true }
}

/** The reasons for a type as they were kept, in words. */
export function sayTypeReasons(kept: readonly string[]): readonly string[] {
  return kept.map(each => {
    const reason = typeReasons.find(one => one === each)
    return reason ? sayTypeReason(reason) : each
  })
}

/** The reasons for an urgency as they were kept, in words. */
export function sayUrgencyReasons(kept: readonly string[]): readonly string[] {
  return kept.map(each => {
    if (each === 'danger-now') return 'Danger at that moment'
    if (each === 'judgement') return 'The judgement of the person who decided'
    return isRedFlag(each) ? sayRedFlag(each) : each
  })
}
