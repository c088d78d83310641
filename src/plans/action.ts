import { areWordsHarmless } from '../access-map/lock-out/plain-step.ts'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { ActionId, AgencyId, CardId } from '../foundation/ids.ts'

export const actionStates = [
  'proposed',
  'safety-gated',
  'evidence-captured',
  'scheduled',
  'done',
  'declined-by-client',
  'reversed',
] as const
export type ActionState = (typeof actionStates)[number]

/** What must be true before an action is taken (S9). */
export const gateKinds = ['evidence-captured', 'safe-moment-agreed', 'ready-with'] as const
export type GateKind = (typeof gateKinds)[number]
export type Gate = { readonly kind: GateKind; readonly isMet: boolean }

export type Owner = { readonly kind: 'client' } | { readonly kind: 'agency'; readonly agencyId: AgencyId }

/** What somebody writes about an action, the same for a new one and a changed one. */
export type ActionWords = {
  readonly words: string
  /** What is on the printed copy and in the client's own view in place of `words`. */
  readonly plainWords: string
  /** Somebody said of `words` that anybody may read them: then they are there as they stand. */
  readonly mayShowWords: boolean
  readonly owner: Owner
  readonly dueOn: CalendarDay | null
  readonly gates: readonly Gate[]
  /** What the client must have ready, for the gate of that name. */
  readonly readyWith: string
}

export type PlanAction = ActionWords & {
  readonly actionId: ActionId
  readonly state: ActionState
  /** The card of the lock-out plan it was made from, which it follows; null for an action of its own. */
  readonly cardId: CardId | null
  /** The revision of the plan in which it was last changed. */
  readonly changedIn: number
}

/** The state as it is on screen. */
export function sayActionState(state: ActionState): string {
  switch (state) {
    case 'proposed':
      return 'Proposed'
    case 'safety-gated':
      return 'Waiting until it is safe'
    case 'evidence-captured':
      return 'Evidence kept'
    case 'scheduled':
      return 'Scheduled'
    case 'done':
      return 'Done'
    case 'declined-by-client':
      return 'Declined by the client'
    case 'reversed':
      return 'Undone again'
  }
}

/** What a gate asks, as it is on screen. */
export function sayGate(kind: GateKind, readyWith: string): string {
  switch (kind) {
    case 'evidence-captured':
      return 'The evidence it would change is kept first'
    case 'safe-moment-agreed':
      return 'A safe moment is agreed with the client'
    case 'ready-with':
      return readyWith === '' ? 'What is needed is ready' : `Ready: ${readyWith}`
  }
}

/**
 * The action where somebody else may read it (S2): its plain words, or its own where somebody said that anybody may read them.
 * Otherwise, and where these would say what is planned, its number, by which the client can ask.
 *
 * @param number its place in the plan, from 1
 */
// Rule S2: what was typed for a colleague is on no paper and on no client’s page until somebody says that anybody may read it
export function sayActionPlainly(
  { words, plainWords, mayShowWords }: Pick<PlanAction, 'words' | 'plainWords' | 'mayShowWords'>,
  number: number,
): string {
  const shown = plainWords !== '' ? plainWords : mayShowWords ? words : ''
  return shown !== '' && areWordsHarmless(shown) ? shown : sayNumberAlone(String(number))
}

/** What is on paper of an action that has no words for it. */
export function sayNumberAlone(number: string): string {
  return `Ask us about number ${number}`
}
