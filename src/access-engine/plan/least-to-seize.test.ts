import { expect, test } from 'vitest'
import { findLeastLeft, findQuietestOrder, findSoonest } from '../../../test/support/brute-force.ts'
import { makeRoots } from '../../../test/support/made-roots.ts'
import { carryOut } from '../reach/carry-out.ts'
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

test('S9 before anything is noticed, evidence is kept as soon as any order allows, the first to go first, and then clocks are started', () => {
  let asked = 0
  let several = 0
  for (let seed = 1; seed <= 400; seed += 1) {
    const map = makeRoots(seed, 4 + (seed % 5), true)
    const quiet = {
      ...map,
      steps: map.steps.map((step, index) => ({ ...step, alerts: index % 4 === seed % 4 })),
    }
    const found = orderAll(quiet)
    if (!found) continue
    const run = found.ids.slice(0, found.unnoticed)
    const dated = quiet.evidence.filter(({ goes }) => goes !== undefined)
    const byDate = dated.toSorted((one, other) => (one.goes ?? 0) - (other.goes ?? 0))
    const times = new Set(dated.map(({ goes }) => goes))
    const keeping = byDate.flatMap(({ preservedBy }) => preservedBy)
    const others = quiet.evidence.flatMap(({ goes, preservedBy }) => (goes === undefined ? preservedBy : []))
    const looks = quiet.steps.filter(({ waits }) => waits !== undefined)
    const acts = looks
      .toSorted((one, other) => (other.waits ?? 0) - (one.waits ?? 0))
      .map(look => look.requires.flat())
    const listed = [...new Set([...keeping, ...others, ...acts.flat()])].filter(step => run.includes(step))
    if (listed.length === 0 || times.size < dated.length) continue
    expect([seed, listed.map(step => found.ids.indexOf(step))]).toEqual([
      seed,
      findSoonest(quiet, 'possible', { order: found.ids, run: run.length }, listed),
    ])
    asked += 1
    if (listed.length > 2) several += 1
  }
  expect(asked).toBeGreaterThan(200)
  expect(several).toBeGreaterThan(50)
})

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

const account = (name: string) => ({
  nodes: [{ id: name }, { id: `secret:${name}`, kind: 'secret' }],
  rule: { to: name, from: [`secret:${name}`], unless: [`change:${name}`] },
  step: { id: `change:${name}`, minutes: 10, alerts: true },
})

/** Three accounts that take as long; an old address lets into the second for a week after it was replaced. */
const oldAddress = {
  nodes: [...['chat', 'photos', 'shop'].flatMap(name => account(name).nodes), { id: 'old-address' }],
  rules: [
    ...['chat', 'photos', 'shop'].map(name => account(name).rule),
    { to: 'photos', from: ['old-address'], who: 'suspect', unless: ['see:photos'] },
  ],
  holds: {
    suspect: ['secret:chat', 'secret:photos', 'secret:shop', 'old-address'],
    client: ['chat', 'photos', 'shop'],
  },
  steps: [
    ...['chat', 'photos', 'shop'].map(name => account(name).step),
    { id: 'replace:photos', minutes: 10, alerts: true },
    {
      id: 'see:photos',
      minutes: 5,
      alerts: true,
      after: ['replace:photos'],
      requires: ['replace:photos'],
      waits: 168,
    },
  ],
  keep: ['chat', 'photos', 'shop'],
}

test('S9 what has a clock is closed before what has none and takes as long, and the look at it comes last', () => {
  const ids = orderAll(mapOf(oldAddress))?.ids ?? []
  expect(ids.slice(0, 2).toSorted()).toEqual(['change:photos', 'replace:photos'])
  // Of the two, what starts the clock.
  expect(ids[0]).toBe('replace:photos')
  expect(ids.at(-1)).toBe('see:photos')
  // Where a source gives no time there is no clock: it takes longest of the three, and comes last.
  const steps = oldAddress.steps.map(({ waits: _, ...step }: Record<string, unknown>) => step)
  expect(orderAll(mapOf({ ...oldAddress, steps }))?.ids.slice(2)).toEqual([
    'change:photos',
    'replace:photos',
    'see:photos',
  ])
})

test('S9 a clock puts nothing before the mailbox that opens it and others: they would take back what started it', () => {
  const mailbox = account('mailbox')
  const map = mapOf({
    ...oldAddress,
    nodes: [...oldAddress.nodes, ...mailbox.nodes],
    rules: [
      ...oldAddress.rules,
      mailbox.rule,
      ...['chat', 'photos', 'shop'].map(name => ({ to: name, from: ['mailbox'] })),
    ],
    steps: [...oldAddress.steps, mailbox.step],
    holds: {
      suspect: [...oldAddress.holds.suspect, 'secret:mailbox'],
      client: [...oldAddress.holds.client, 'mailbox'],
    },
    keep: [...oldAddress.keep, 'mailbox'],
  })
  expect(orderAll(map)?.ids.slice(0, 3)).toEqual(['change:mailbox', 'replace:photos', 'change:photos'])
})

test('S9 a clock that already runs puts nothing first, and what it is to close counts as closed until somebody looks', () => {
  const map = carryOut(mapOf(oldAddress), ['replace:photos'])
  expect(orderAll(map)?.ids).toEqual(['change:chat', 'change:photos', 'change:shop', 'see:photos'])
  expect(
    sumLeftToSeize(map, 'possible', ['change:photos', 'change:chat', 'change:shop', 'see:photos']),
  ).toEqual({
    kept: 30 + 20 + 10,
    open: 0,
  })
})

test('S9 evidence that goes by itself is kept before all else, the first to go first, and before the mailbox if that is noticed', () => {
  const recordings = (alerts: boolean) => ({
    ...oldAddress,
    nodes: [...oldAddress.nodes, { id: 'app' }, { id: 'door' }],
    holds: { ...oldAddress.holds, client: [...oldAddress.holds.client, 'door'] },
    rules: [...oldAddress.rules, { to: 'app', from: ['door'], if: ['fetch-app'], who: 'client' }],
    steps: [
      ...oldAddress.steps,
      { id: 'fetch-app', minutes: 5, alerts: false },
      { id: 'note', minutes: 5, alerts: false },
      { id: 'photograph:a', minutes: 5, alerts: false },
      { id: 'photograph:b', minutes: 5, alerts },
      { id: 'photograph:c', minutes: 5, alerts, needs: ['app'] },
    ],
    evidence: [
      { id: 'evidence:a', weight: 5, preservedBy: ['photograph:a'] },
      { id: 'evidence:b', weight: 5, preservedBy: ['photograph:b'], goes: 720 },
      { id: 'evidence:c', weight: 5, preservedBy: ['photograph:c'], goes: 48 },
    ],
  })
  expect(orderAll(mapOf(recordings(false)))?.ids.slice(0, 5)).toEqual([
    'fetch-app',
    'photograph:c',
    'photograph:b',
    'photograph:a',
    'note',
  ])
  // Kept with their knowledge, it is one more thing that they could take until then.
  expect(orderAll(mapOf(recordings(true)))?.ids.slice(3, 5)).toEqual(['photograph:c', 'photograph:b'])
})
