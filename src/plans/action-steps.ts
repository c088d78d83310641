import type { Decision } from '../foundation/decision.ts'
import type { ActionState, Gate, GateKind, PlanAction } from './action.ts'

/** Which state may follow which. */
const follows: Readonly<Record<ActionState, readonly ActionState[]>> = {
  proposed: ['safety-gated', 'evidence-captured', 'scheduled', 'declined-by-client'],
  'safety-gated': ['evidence-captured', 'scheduled', 'declined-by-client'],
  'evidence-captured': ['safety-gated', 'scheduled', 'declined-by-client'],
  scheduled: ['done', 'safety-gated', 'declined-by-client'],
  done: ['reversed'],
  'declined-by-client': ['proposed'],
  reversed: ['proposed'],
}

export type StepRefusal = 'not-from-here' | 'gate-not-met' | 'no-date'

export type StepDecision = Decision<object, 'not-from-here' | 'no-date'> | GateRefusal
type GateRefusal = {
  readonly allowed: false
  readonly because: 'gate-not-met'
  readonly gates: readonly GateKind[]
}

/** The states that may come next, whether or not the gates are met. */
export function findNextStates(state: ActionState): readonly ActionState[] {
  return follows[state]
}

/** The gates that are not met. */
export function findUnmetGates(gates: readonly Gate[]): readonly GateKind[] {
  return gates.filter(gate => !gate.isMet).map(gate => gate.kind)
}

/**
 * Whether an action may go to a state. Nothing is scheduled or done while a gate is not met, and the answer names
 * each such gate. Nothing is scheduled without a day. The state "Evidence kept" needs only its own gate.
 */
// Rule S9: no step that destroys what is not kept yet, that alerts before the moment the client chose, or that locks them out
export function decideStep(
  action: Pick<PlanAction, 'state' | 'gates' | 'dueOn'>,
  to: ActionState,
): StepDecision {
  if (!follows[action.state].includes(to)) return { allowed: false, because: 'not-from-here' }
  const unmet = findUnmetGates(action.gates)
  const inTheWay =
    to === 'scheduled' || to === 'done'
      ? unmet
      : to === 'evidence-captured'
        ? unmet.filter(kind => kind === 'evidence-captured')
        : []
  if (inTheWay.length > 0) return { allowed: false, because: 'gate-not-met', gates: inTheWay }
  if (to === 'scheduled' && action.dueOn === null) return { allowed: false, because: 'no-date' }
  return { allowed: true }
}

/**
 * The state of an action after its gates or its day were changed. What was scheduled waits again when a gate is no
 * longer met.
 */
export function settleState(action: Pick<PlanAction, 'state' | 'gates' | 'dueOn'>): ActionState {
  const unmet = findUnmetGates(action.gates)
  if (action.state === 'scheduled' && (unmet.length > 0 || action.dueOn === null)) return 'safety-gated'
  if (action.state === 'evidence-captured' && unmet.includes('evidence-captured')) return 'safety-gated'
  return action.state
}
