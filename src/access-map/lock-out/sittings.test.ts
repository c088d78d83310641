import { beforeAll, expect, test } from 'vitest'
import { liveWorld, tellOf } from '../../../test/support/lived-world.ts'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { verifyStepOrder } from '../../access-engine/plan/verify-step-order.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { readMapValue } from '../../access-engine/reach/read-map.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { actsWithNeeds } from '../mechanism/act-needs.ts'
import { findSittingFacts } from './sitting-facts.ts'
import type { SittingFacts } from './sitting-problem.ts'
import { cutIntoSittings, type Sitting } from './sittings.ts'

const { entries } = await loadCatalogue()
const today = '2026-03-02'

type World = {
  readonly name: string
  readonly map: AccessMap
  readonly order: readonly string[]
  readonly facts: SittingFacts
  readonly sittings: readonly Sitting[]
}
const worlds: World[] = []

/** The thing of a name on a made map: `phone` of `device:phone.open` and of `clean:phone`. */
const thingOfMade = (id: string): string => id.slice(id.indexOf(':') + 1).replace(/\..*$/, '')

beforeAll(async () => {
  const solver = startHighs()
  const add = async (name: string, map: AccessMap, factsOf: (order: readonly string[]) => SittingFacts) => {
    const { ok, order } = await planLockOutInOrder(map, solver)
    if (!ok || order.length < 2) return
    const facts = factsOf(order)
    worlds.push({ name, map, order, facts, sittings: cutIntoSittings(map, order, facts) })
  }
  for (let seed = 1; seed <= 24; seed += 1) {
    const drawn = drawUpMap(tellOf(liveWorld(seed, entries), 0.2, seed), entries)
    await add(`lived ${seed}`, drawn.map, order =>
      findSittingFacts({ whole: drawn.map, cameFrom: drawn.cameFrom, lockOut: null }, order, {
        today,
        target: 45,
      }),
    )
  }
  for (let seed = 1; seed <= 24; seed += 1) {
    const map = makeHousehold(seed, 60)
    await add(`household ${seed}`, map, () => ({
      minutesOf: step => 5 + 5 * (step.length % 4),
      waitOf: step =>
        step.startsWith('sign-out-others') && seed % 2 === 0
          ? { acts: [step.replace('sign-out-others', 'change-password')], days: 2 }
          : null,
      isAfterHour: step => map.steps.find(each => each.id === step)?.alerts ?? false,
      errandOf: step => (step.startsWith('change-owner') ? step : null),
      thingOf: thingOfMade,
      target: 45,
    }))
  }
  await solver.end()
}, 120_000)

/** What is half closed and what could be seized after some steps, by the map as it was written and with none of the code that cuts. */
function judge({ map, order, facts }: World, done: readonly string[]) {
  const closure = makeNaiveClosure(map, 'possible')
  const withLooks = (steps: readonly string[]) =>
    new Set([
      ...steps,
      ...order.filter(step => {
        const wait = facts.waitOf(step)
        return wait?.acts.filter(act => order.includes(act)).every(act => steps.includes(act)) ?? false
      }),
    ])
  const last = closure('suspect', withLooks(order))
  const ofSuspect = closure('suspect', withLooks(done))
  const ofClient = closure('client', withLooks(done))
  const open = [...ofSuspect].filter(node => !last.has(node))
  const preserving = map.evidence.flatMap(each => each.preservedBy)
  const changed = map.steps.filter(
    ({ id, alerts }) => done.includes(id) && alerts && !preserving.includes(id),
  )
  const touched = new Set(changed.map(({ id }) => facts.thingOf(id)))
  const half = open.filter(
    node => (map.keep.includes(node) || facts.thingOf(node) === node) && touched.has(facts.thingOf(node)),
  )
  return {
    isNoticed: done.some(facts.isAfterHour),
    half: [...new Set(half.map(facts.thingOf))].sort(),
    seize: open.filter(node => map.keep.includes(node) && ofClient.has(node)).sort(),
  }
}

test('there are plans to judge by, with waits, errands, stops and long sittings among them', () => {
  expect(worlds.length).toBeGreaterThan(25)
  const all = worlds.flatMap(({ sittings, facts }) => sittings.map(sitting => ({ sitting, facts })))
  expect(all.filter(({ sitting }) => sitting.waits.length > 0).length).toBeGreaterThan(10)
  expect(all.filter(({ sitting }) => sitting.heldBy.length > 0).length).toBeGreaterThan(3)
  expect(all.filter(({ sitting }) => sitting.halfClosed.length > 0).length).toBeGreaterThan(3)
  expect(worlds.filter(({ sittings }) => sittings.length > 2).length).toBeGreaterThan(15)
})

test('S9 sittings hold each step of the plan once, in an order in which each may be taken, with as many unnoticed ones first', () => {
  for (const { name, map, order, facts, sittings } of worlds) {
    const taken = sittings.flatMap(({ steps }) => steps)
    expect([...taken].sort(), name).toEqual([...order].sort())
    expect(verifyStepOrder(map, 'possible', taken), name).toEqual([])
    const first = (steps: readonly string[]) => steps.findIndex(facts.isAfterHour)
    expect(first(taken), name).toBe(first(order))
  }
})

test('S9 after a sitting nothing is half closed, unless only days or somebody else can go on with it', () => {
  for (const world of worlds) {
    const { name, sittings, facts } = world
    const done: string[] = []
    for (const [index, sitting] of sittings.entries()) {
      done.push(...sitting.steps)
      const { isNoticed, half, seize } = judge(world, done)
      expect(sitting.isUnnoticed, name).toBe(!isNoticed)
      if (!isNoticed) continue
      expect([...sitting.halfClosed].sort(), name).toEqual(half)
      expect([...sitting.couldSeize].sort(), name).toEqual(seize)
      if (isApart(facts, sitting)) continue
      const rest = sittings.slice(index + 1)
      const until = rest.findIndex(each => each.waits.length > 0 || isApart(facts, each))
      const sameDay = rest.slice(0, until === -1 ? rest.length : until).flatMap(({ steps }) => steps)
      const goesOn = half.filter(thing => sameDay.some(step => facts.thingOf(step) === thing))
      expect(goesOn, `${name}, sitting ${index + 1}`).toEqual([])
    }
    expect(judge(world, done).half, name).toEqual([])
  }
})

const isApart = (facts: SittingFacts, { steps }: Sitting): boolean =>
  steps.some(step => facts.errandOf(step) !== null)

test('S9 what may be noticed and what may not are never in one sitting, so that the hour of the one holds up nothing of the other', () => {
  for (const { name, sittings, facts } of worlds) {
    const first = sittings.findIndex(({ steps }) => steps.some(facts.isAfterHour))
    if (first === -1) continue
    expect(facts.isAfterHour(sittings[first]?.steps[0] ?? ''), name).toBe(true)
    expect(sittings.slice(0, first).every(({ isUnnoticed }) => isUnnoticed)).toBe(true)
  }
})

test('a sitting is longer than an appointment only where it cannot stop before, and says what holds it', () => {
  for (const world of worlds) {
    const { name, sittings, facts } = world
    const done: string[] = []
    for (const { steps, minutes, heldBy } of sittings) {
      expect(minutes, name).toBe(steps.reduce((sum, step) => sum + facts.minutesOf(step), 0))
      if (name.startsWith('lived'))
        for (const step of world.map.steps) expect(facts.minutesOf(step.id), step.id).toBe(step.minutes)
      if (minutes > facts.target && !isApart(facts, { steps } as Sitting)) {
        expect(heldBy.length > 0 || steps.length === 1, `${name}: ${steps.join(' ')}`).toBe(true)
        for (const [index] of steps.slice(0, -1).entries()) {
          const { half, isNoticed } = judge(world, [...done, ...steps.slice(0, index + 1)])
          const goesOn = half.filter(thing =>
            steps.slice(index + 1).some(step => facts.thingOf(step) === thing),
          )
          const longest = Math.max(...steps.map(facts.minutesOf))
          if (longest <= facts.target)
            expect(isNoticed && goesOn.length > 0, `${name}: ${steps.join(' ')}`).toBe(true)
        }
      } else if (minutes <= facts.target) expect(heldBy).toEqual([])
      done.push(...steps)
    }
  }
})

test('S9 a look that has to wait is in a later sitting than what it looks at, and the sitting says how long', () => {
  let waited = 0
  for (const { name, sittings, facts } of worlds) {
    const sittingOf = (step: string) => sittings.findIndex(({ steps }) => steps.includes(step))
    for (const [index, sitting] of sittings.entries()) {
      const said = sitting.steps.flatMap(step => {
        const wait = facts.waitOf(step)
        if (!wait) return []
        waited += 1
        const acts = wait.acts.filter(act => sittingOf(act) !== -1)
        for (const act of acts) expect(sittingOf(act), `${name}: ${step}`).toBeLessThan(index)
        return [{ step, acts, days: wait.days }]
      })
      expect(sitting.waits, name).toEqual(said)
    }
  }
  expect(waited).toBeGreaterThan(10)
})

test('every kind of act of which minutes are said is one that an entry has', () => {
  const verbs = new Set(
    [...entries.values()].flatMap(({ steps }) => steps.map(({ id }) => id.replace(/:.*$/, ''))),
  )
  expect(actsWithNeeds.filter(verb => !verbs.has(verb))).toEqual([])
})

const mailAndShop = readMapValue({
  nodes: ['mail', 'shop', 'info:orders', 'held:p', 'held:q'].map(id => ({ id })),
  rules: [
    { to: 'mail', from: ['held:p'], unless: ['close:mail'] },
    { to: 'mail', from: ['held:q'], unless: ['end:mail'] },
    { to: 'shop', from: ['held:p'], unless: ['close:shop'] },
    { to: 'info:orders', from: ['shop'] },
  ],
  holds: { suspect: ['held:p', 'held:q'], client: ['mail', 'shop'] },
  steps: ['close:mail', 'end:mail', 'close:shop'].map(id => ({ id, alerts: true, cost: { effort: 1 } })),
  protect: ['info:orders', 'mail'],
  keep: ['mail', 'shop'],
})

test('S9 what may be noticed is not moved before a look that nobody notices, however long that has to wait', () => {
  if (!mailAndShop.ok) throw new Error(JSON.stringify(mailAndShop.findings))
  const steps = mailAndShop.map.steps.map(step => ({ ...step, alerts: step.id === 'close:shop' }))
  const facts: SittingFacts = {
    minutesOf: () => 10,
    waitOf: step => (step === 'end:mail' ? { acts: ['close:mail'], days: 3 } : null),
    isAfterHour: step => step === 'close:shop',
    errandOf: () => null,
    thingOf: id => id.replace('close:', '').replace('end:', ''),
    target: 45,
  }
  const cut = cutIntoSittings({ ...mailAndShop.map, steps }, ['close:mail', 'end:mail', 'close:shop'], facts)
  expect(cut.map(each => each.steps)).toEqual([['close:mail'], ['end:mail'], ['close:shop']])
  expect(cut[1]?.waits).toEqual([{ step: 'end:mail', acts: ['close:mail'], days: 3 }])
})

test('S9 a thing of which the second half has to wait for a look at something else is not begun before that look', () => {
  const read = readMapValue({
    nodes: ['mail', 'watched', 'program', 'info:mail', 'held:p', 'held:q'].map(id => ({ id })),
    rules: [
      { to: 'mail', from: ['held:p'], unless: ['close:mail'] },
      { to: 'mail', from: ['held:q'], unless: ['end:mail'] },
      { to: 'watched', from: ['program'], unless: ['see-clean:phone'] },
      { to: 'info:mail', from: ['mail'] },
    ],
    holds: { suspect: ['held:p', 'held:q', 'program'], client: ['mail'] },
    steps: [
      { id: 'clean:phone', alerts: true },
      { id: 'see-clean:phone', alerts: true, after: ['clean:phone'], requires: ['clean:phone'] },
      { id: 'close:mail', alerts: true },
      { id: 'end:mail', alerts: true, exposes: ['watched'] },
    ],
    protect: ['info:mail'],
    keep: ['mail'],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  const facts: SittingFacts = {
    minutesOf: () => 10,
    waitOf: step => (step === 'see-clean:phone' ? { acts: ['clean:phone'], days: 3 } : null),
    isAfterHour: () => true,
    errandOf: () => null,
    thingOf: id => (id.includes('mail') && !id.startsWith('info') ? 'mail' : id),
    target: 45,
  }
  const order = ['clean:phone', 'close:mail', 'see-clean:phone', 'end:mail']
  expect(cutIntoSittings(read.map, order, facts).map(({ steps }) => steps)).toEqual([
    ['clean:phone'],
    ['see-clean:phone', 'close:mail', 'end:mail'],
  ])
  // Where it waits for days of its own whatever is done, it is not held up: what is seen then counts as closed until it is looked at.
  const never: SittingFacts = {
    ...facts,
    waitOf: step => (step === 'end:mail' ? { acts: ['close:mail'], days: 9 } : facts.waitOf(step)),
  }
  expect(cutIntoSittings(read.map, order, never)[0]?.steps).toContain('close:mail')
})

test('S9 what a wait begins with is done all the same, and what else would be half closed over it is left until after it', () => {
  const read = readMapValue({
    nodes: ['mail', 'phone', 'watched', 'program', 'info:mail', 'held:p', 'held:q', 'held:r', 'held:s'].map(
      id => ({ id }),
    ),
    rules: [
      { to: 'mail', from: ['held:p'], unless: ['close:mail'] },
      { to: 'mail', from: ['held:q'], unless: ['end:mail'] },
      { to: 'phone', from: ['held:r'], unless: ['clean:phone'] },
      { to: 'phone', from: ['held:s'], unless: ['end:phone'] },
      { to: 'watched', from: ['program'], unless: ['see-clean:phone'] },
      { to: 'info:mail', from: ['mail'] },
    ],
    holds: {
      suspect: ['held:p', 'held:q', 'held:r', 'held:s', 'program'],
      client: ['mail', 'phone'],
    },
    steps: [
      { id: 'clean:phone', alerts: true },
      { id: 'see-clean:phone', alerts: true, after: ['clean:phone'], requires: ['clean:phone'] },
      { id: 'end:phone', alerts: true, exposes: ['watched'] },
      { id: 'close:mail', alerts: true },
      { id: 'end:mail', alerts: true, exposes: ['watched'] },
    ],
    protect: ['info:mail'],
    keep: ['mail', 'phone'],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  const facts: SittingFacts = {
    minutesOf: () => 10,
    waitOf: step => (step === 'see-clean:phone' ? { acts: ['clean:phone'], days: 3 } : null),
    isAfterHour: () => true,
    errandOf: () => null,
    thingOf: id => ['mail', 'phone'].find(thing => id.endsWith(thing) && !id.startsWith('info')) ?? id,
    target: 60,
  }
  const order = ['clean:phone', 'close:mail', 'see-clean:phone', 'end:phone', 'end:mail']
  const cut = cutIntoSittings(read.map, order, facts)
  expect(cut.map(({ steps }) => steps)).toEqual([
    ['clean:phone'],
    ['see-clean:phone', 'end:phone', 'close:mail', 'end:mail'],
  ])
  expect(cut[0]?.halfClosed).toEqual(['phone'])
})

test('two halves of one thing stay together although it takes longer, and another thing waits for the next sitting', () => {
  if (!mailAndShop.ok) throw new Error(JSON.stringify(mailAndShop.findings))
  const facts: SittingFacts = {
    minutesOf: () => 30,
    waitOf: () => null,
    isAfterHour: () => true,
    errandOf: () => null,
    thingOf: id => (id.includes('mail') ? 'mail' : id.includes('shop') ? 'shop' : id),
    target: 45,
  }
  const cut = cutIntoSittings(mailAndShop.map, ['close:mail', 'close:shop', 'end:mail'], facts)
  expect(
    cut.map(({ steps, minutes, heldBy, couldSeize }) => ({ steps, minutes, heldBy, couldSeize })),
  ).toEqual([
    { steps: ['close:mail', 'end:mail'], minutes: 60, heldBy: ['mail'], couldSeize: ['shop'] },
    { steps: ['close:shop'], minutes: 30, heldBy: [], couldSeize: [] },
  ])
})

test('a wait that a source gives counts in whole days before ours does, and a short one is waited for on the day', () => {
  const read = readMapValue({
    nodes: [],
    rules: [],
    holds: { suspect: [], client: [] },
    steps: [
      { id: 'recover:mail', alerts: true },
      { id: 'see-recovery:mail', alerts: false, after: ['recover:mail'], waits: 168 },
      { id: 'see-recovery:shop', alerts: false, after: ['recover:mail'], waits: 1 },
      { id: 'see-recovery:bank', alerts: false, after: ['recover:mail'] },
    ],
    protect: [],
    keep: [],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  const order = read.map.steps.map(({ id }) => id)
  const facts = findSittingFacts({ whole: read.map, cameFrom: new Map(), lockOut: null }, order, {
    today,
    target: 45,
  })
  const acts = ['recover:mail']
  expect(facts.waitOf('see-recovery:mail')).toEqual({ acts, days: 7 })
  expect(facts.waitOf('see-recovery:shop')).toBeNull()
  expect(facts.waitOf('see-recovery:bank')).toEqual({ acts, days: 1 })
})
