import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ActionState, actionStates, type Gate, gateKinds } from './action.ts'
import { decideStep, findNextStates, settleState } from './action-steps.ts'

const day = '2026-03-09'
const gate = (kind: Gate['kind'], isMet: boolean): Gate => ({ kind, isMet })
const check = (
  state: ActionState,
  to: ActionState,
  expected: string,
  gates: readonly Gate[] = [],
  dueOn: string | null = day,
) => {
  const decision = decideStep({ state, gates, dueOn }, to)
  const said = decision.allowed
    ? 'yes'
    : decision.because === 'gate-not-met'
      ? decision.gates.join()
      : decision.because
  expect(said, `${state} to ${to}`).toBe(expected)
}

test('an action is not scheduled while something must be true first, and the answer names it', () => {
  check('proposed', 'scheduled', 'evidence-captured', [gate('evidence-captured', false)])
  check('safety-gated', 'scheduled', 'safe-moment-agreed', [
    gate('evidence-captured', true),
    gate('safe-moment-agreed', false),
  ])
  check('safety-gated', 'scheduled', 'yes', [gate('safe-moment-agreed', true)])
})

test('an action is not scheduled without a day', () => {
  check('proposed', 'scheduled', 'no-date', [], null)
})

test('evidence counts as kept when its own gate is met, whatever else waits', () => {
  const waits = gate('safe-moment-agreed', false)
  check('safety-gated', 'evidence-captured', 'yes', [gate('evidence-captured', true), waits])
  check('safety-gated', 'evidence-captured', 'evidence-captured', [gate('evidence-captured', false), waits])
})

test('only what is scheduled is done, and what was done can be undone but not forgotten', () => {
  check('proposed', 'done', 'not-from-here')
  check('scheduled', 'done', 'yes')
  check('done', 'reversed', 'yes')
  check('done', 'declined-by-client', 'not-from-here')
})

test('the client may decline what is not done yet, and think again', () => {
  for (const state of ['proposed', 'safety-gated', 'evidence-captured', 'scheduled'] as const)
    check(state, 'declined-by-client', 'yes')
  check('declined-by-client', 'proposed', 'yes')
})

test('S9 along no path is an action scheduled or done with a gate that is not met', () => {
  const gates = fc.array(fc.record({ kind: fc.constantFrom(...gateKinds), isMet: fc.boolean() }), {
    maxLength: 3,
  })
  const moves = fc.array(fc.record({ to: fc.constantFrom(...actionStates), gates }), { maxLength: 30 })
  fc.assert(
    fc.property(moves, path => {
      let action: { state: ActionState; gates: readonly Gate[]; dueOn: string | null } = {
        state: 'proposed',
        gates: [],
        dueOn: day,
      }
      for (const move of path) {
        action = { ...action, gates: move.gates }
        action = { ...action, state: settleState(action) }
        if (decideStep(action, move.to).allowed) action = { ...action, state: move.to }
        if (action.state === 'scheduled') expect(action.gates.every(each => each.isMet)).toBe(true)
      }
    }),
  )
})

test('from every state something may follow', () => {
  for (const state of actionStates) expect(findNextStates(state).length, state).toBeGreaterThan(0)
})
