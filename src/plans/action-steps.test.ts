import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActionId, CardId } from '../foundation/ids.ts'
import { type ActionState, actionStates, type Gate, gateKinds, sayActionPlainly } from './action.ts'
import { decideStep, findNextStates, settleState } from './action-steps.ts'
import { writeClientPlan } from './client-plan.ts'
import { followCards } from './follow-cards.ts'

const day = '2026-03-09'
const anAction = {
  actionId: '01900000-0000-7000-8000-000000000002' as ActionId,
  words: 'Change the password',
  plainWords: '',
  mayShowWords: false,
  owner: { kind: 'client' },
  dueOn: null,
  gates: [],
  readyWith: '',
  changedIn: 1,
} as const
const aPlan = {
  startsOn: day,
  endsOn: '2026-07-09',
  safetyAtStart: null,
  actions: [],
  reviews: [],
  changes: [],
  closing: null,
  changedIn: 1,
}
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

test('the client may decline what is not done yet, and change their mind', () => {
  for (const state of ['proposed', 'safety-gated', 'evidence-captured', 'scheduled'] as const)
    check(state, 'declined-by-client', 'yes')
  check('declined-by-client', 'proposed', 'yes')
})

test('S9 no action is ever scheduled or done while a gate is not met', () => {
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

test('an action that was made from a card has the state of its card, whatever it was before', () => {
  const cardId = '01900000-0000-7000-8000-000000000001' as CardId
  for (const state of actionStates) {
    for (const cardState of ['to-do', 'go', 'done', 'could-not', 'out'] as const) {
      const action = { ...anAction, state, cardId }
      const [made] = followCards({ ...aPlan, actions: [action] }, new Map([[cardId, cardState]])).actions
      expect(made?.state === 'done', `${state}, ${cardState}`).toBe(cardState === 'done')
      expect(made?.state === 'scheduled', `${state}, ${cardState}`).toBe(cardState === 'go')
      // An action that was not made from a card is left as it is.
      const own = { ...aPlan, actions: [{ ...action, cardId: null }] }
      expect(followCards(own, new Map([[cardId, cardState]]))).toEqual(own)
    }
  }
})

test('S2 what was typed of an action is a number on the client’s own screen until somebody says that anybody may read it', () => {
  const telling = [
    'Change the password of Old mailbox',
    'Photograph the list of users, the signed-in devices and the sign-ins of Cameras at the house',
    'Have a trained person take off the phone what reports or manages it',
    'Take the suspected person out of the shared calendar',
    'Stop sharing location in the family group',
    'Search the web for the client as a stranger would',
  ]
  const told = (words: string, plainWords: string, number: number, mayShowWords = false) =>
    sayActionPlainly({ words, plainWords, mayShowWords }, number)
  for (const [index, words] of telling.entries()) {
    const alone = `Ask us about number ${index + 1}`
    expect(told(words, '', index + 1), words).toBe(alone)
    expect(told(words, words, index + 1), words).toBe(alone)
    expect(told(words, '', index + 1, true), words).toBe(alone)
    expect(told(words, 'B (mail): renew it', index + 1)).toBe('B (mail): renew it')
  }
  // No list of words knows what a sentence tells: what nobody said may be read is not shown, however harmless it looks.
  const typed = 'Go to her mother on Sunday while he is at the match'
  expect(told(typed, '', 3)).toBe('Ask us about number 3')
  expect(told('Ring the phone company', '', 3)).toBe('Ask us about number 3')
  expect(told('Ring the phone company', '', 3, true)).toBe('Ring the phone company')
})

test('S2 of what waits the client’s copy has no day, and each line has the number it has for those who work with the client', () => {
  const actions = actionStates.map((state, index) => ({
    ...anAction,
    actionId: `01900000-0000-7000-8000-00000000010${index}` as ActionId,
    state,
    dueOn: '2026-04-01',
    cardId: null,
  }))
  const all = [...actions.filter(({ state }) => state === 'reversed'), ...actions]
  const { actions: lines } = writeClientPlan({ ...aPlan, actions: all })
  expect(lines.filter(({ dueOn }) => dueOn !== null).map(({ part }) => part)).toEqual(['now'])
  expect(lines.filter(({ part }) => part === 'waiting').length).toBeGreaterThan(1)
  for (const { number, words } of lines) {
    expect(words).toBe(`Ask us about number ${number}`)
    expect(all[number - 1]?.state).not.toBe('reversed')
  }
  expect(lines[0]?.number).toBe(2)
})

test('every state may be followed by another', () => {
  for (const state of actionStates) expect(findNextStates(state).length, state).toBeGreaterThan(0)
})
