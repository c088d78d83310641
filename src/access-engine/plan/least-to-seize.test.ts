import { expect, test } from 'vitest'
import { findLeastLeft, findQuietestOrder } from '../../../test/support/brute-force.ts'
import { makeRoots } from '../../../test/support/made-roots.ts'
import type { AccessMap } from '../reach/map.ts'
import { readMapValue } from '../reach/read-map.ts'
import { findStatesAfterSteps } from './after-each-step.ts'
import { sumLeftToSeize } from './left-to-seize.ts'
import { makePlanProblem } from './plan-problem.ts'
import { findSafeOrder } from './safe-order.ts'
import { verifyStepOrder } from './verify-step-order.ts'

/** All steps of the map in the order that leaves least to seize; null where there is no safe order. */
function orderAll(map: AccessMap) {
  const problem = makePlanProblem(map, { level: 'possible' })
  const order = findSafeOrder(problem, new Set(map.steps.keys()))
  if (!order.ok) return null
  const least = order.leaveLeast()
  const ids = least.order.map(step => problem.compiled.steps[step]?.id ?? '')
  return { ids, unnoticed: order.unnoticed, isProven: least.isProven }
}

test.for([
  ['every order of up to eight steps was tried', false],
  ['with acts that take hours, evidence that goes by itself, and steps that say their minutes', true],
] as const)(
  'S9 no safe order with as many unnoticed steps first leaves less to seize: %s',
  ([, hasClocks]) => {
    let ordered = 0
    let choice = 0
    for (let seed = 1; seed <= 240; seed += 1) {
      const map = makeRoots(seed, 4 + (seed % 5), hasClocks)
      const all = map.steps.map(step => step.id)
      const found = orderAll(map)
      const least = findLeastLeft(map, 'possible', all)
      if (!found || !least) {
        expect([seed, found, least]).toEqual([seed, null, null])
        continue
      }
      expect([seed, verifyStepOrder(map, 'possible', found.ids)]).toEqual([seed, []])
      expect([seed, found.unnoticed]).toEqual([seed, findQuietestOrder(map, 'possible', all)])
      expect([seed, sumLeftToSeize(map, 'possible', found.ids)]).toEqual([seed, least])
      expect([seed, found.isProven]).toEqual([seed, true])
      ordered += 1
      if (least.kept > 0) choice += 1
    }
    expect(ordered).toBeGreaterThan(220)
    expect(choice).toBeGreaterThan(150)
  },
)

function mapOf(value: unknown): AccessMap {
  const read = readMapValue(value)
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.map
}

/** A mailbox that takes long to close, and a shop that takes a moment and is reset by it unless its recovery is changed. */
const mailboxAndShop = {
  nodes: ['mailbox', 'shop', 'secret:mailbox', 'secret:shop'].map(id => ({ id })),
  rules: [
    { to: 'mailbox', from: ['secret:mailbox'], unless: ['change:mailbox'] },
    { to: 'shop', from: ['secret:shop'], unless: ['change:shop'] },
    { to: 'shop', from: ['mailbox'], unless: ['recovery:shop'] },
  ],
  holds: { suspect: ['secret:mailbox', 'secret:shop'], client: ['mailbox', 'shop'] },
  steps: [
    { id: 'change:mailbox', cost: { effort: 6 }, alerts: true },
    { id: 'change:shop', cost: { effort: 1 }, alerts: true },
    { id: 'recovery:shop', cost: { effort: 1 }, alerts: true },
  ],
  protect: ['shop'],
  keep: ['mailbox', 'shop'],
}

test('S9 the mailbox is closed before the account that it resets, however quickly that would be closed', () => {
  expect(orderAll(mapOf(mailboxAndShop))?.ids).toEqual(['change:mailbox', 'change:shop', 'recovery:shop'])
  // A shop that the mailbox never opened is closed in a moment, and comes first.
  const apart = mailboxAndShop.rules.filter(({ from }) => !from.includes('mailbox'))
  expect(orderAll(mapOf({ ...mailboxAndShop, rules: apart }))?.ids[0]).toBe('change:shop')
  // A step may say how long it takes; how much trouble it is says less.
  const steps = mailboxAndShop.steps.map(step =>
    step.id === 'change:shop' ? { ...step, minutes: 90 } : step,
  )
  const slow = mapOf({ ...mailboxAndShop, rules: apart, steps })
  expect(orderAll(slow)?.ids[0]).toBe('change:mailbox')
  expect(sumLeftToSeize(slow, 'possible', ['change:mailbox', 'change:shop', 'recovery:shop']).kept).toBe(
    30 * 2 + 90,
  )
})

test('S9 while the mailbox is open, what it opened before counts as something that could be got back', () => {
  const states = findStatesAfterSteps(mapOf(mailboxAndShop), 'possible', [
    'change:shop',
    'recovery:shop',
    'change:mailbox',
  ])
  expect(states.map(({ couldSeize, couldRegain }) => [couldSeize, couldRegain])).toEqual([
    [['mailbox', 'shop'], []],
    [['mailbox'], ['shop']],
    [[], []],
  ])
})

test('S9 before the first that may be noticed: what keeps evidence first, and a password half of the closing last', () => {
  const half = {
    nodes: ['account', 'secret:account', 'session', 'list'].map(id => ({ id })),
    rules: [
      { to: 'account', from: ['secret:account'], unless: ['change'] },
      { to: 'account', from: ['session'], unless: ['sign-out'] },
      { to: 'list', from: ['account'] },
    ],
    holds: { suspect: ['secret:account', 'session'], client: ['account'] },
    steps: [
      { id: 'change', cost: { effort: 1 }, alerts: false },
      { id: 'note', cost: { effort: 9 }, alerts: false },
      { id: 'photograph', cost: { effort: 9 }, alerts: false },
      { id: 'sign-out', cost: { effort: 1 }, alerts: true, destroys: ['evidence:list'] },
    ],
    evidence: [{ id: 'evidence:list', weight: 5, preservedBy: ['photograph'] }],
    protect: ['list'],
    keep: ['account'],
  }
  const found = orderAll(mapOf(half))
  expect(found?.ids).toEqual(['photograph', 'note', 'change', 'sign-out'])
  expect(found?.unnoticed).toBe(3)
  // Where something else waits for it, it is taken as late as that allows.
  const waited = half.steps.map(step => (step.id === 'note' ? { ...step, after: ['change'] } : step))
  expect(orderAll(mapOf({ ...half, steps: waited }))?.ids).toEqual([
    'photograph',
    'change',
    'note',
    'sign-out',
  ])
})
