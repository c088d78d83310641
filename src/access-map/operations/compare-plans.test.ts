import { beforeAll, expect, test } from 'vitest'
import { makeInventory } from '../../../test/support/made-inventory.ts'
import { inventoryOf, inventoryOfStory, thingOf } from '../../../test/support/story-inventory.ts'
import { weighPlanInHand } from '../../access-engine/plan/plan-in-hand.ts'
import { readMapValue } from '../../access-engine/reach/read-map.ts'
import { knownPersonMap, strangerMap } from '../../app/demo/map-stories.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { isNowhereWorse, type PlanFigures } from '../lock-out/plan-figures.ts'
import { sayPlanTrade } from '../lock-out/say-plan-trade.ts'
import { findActNeeds } from '../mechanism/act-needs.ts'
import { type ComparedPlans, comparePlans } from './compare-plans.ts'

const { entries } = await loadCatalogue()

const compare = (inventory: Inventory, never: readonly string[] = []) => {
  const drawn = { ...drawUpMap(inventory, entries), inventory }
  return comparePlans({}, drawn, never).then(compared => ({ ...drawn, compared }))
}
type Household = Awaited<ReturnType<typeof compare>>

const households: Household[] = []
beforeAll(async () => {
  households.push(await compare(inventoryOfStory(knownPersonMap.things)))
  households.push(await compare(inventoryOfStory(strangerMap.things)))
  for (let seed = 1; seed <= 14; seed += 1)
    households.push(await compare(makeInventory(seed, 5 + (seed % 8), entries)))
}, 240_000)

const others = (): (readonly [Household, ComparedPlans['options'][number]])[] =>
  households.flatMap(each => each.compared.options.slice(1).map(option => [each, option] as const))

test('households are offered plans that are better in each of the things that may matter', () => {
  expect(households.filter(({ compared }) => compared.options.length > 0).length).toBeGreaterThan(10)
  const bestIn = new Set(others().flatMap(([, option]) => option.bestIn))
  expect([...bestIn]).toEqual(
    expect.arrayContaining(['least-noticed', 'soonest', 'least-money', 'keeps-most']),
  )
  for (const { compared } of households) {
    expect(compared.open).toEqual([])
    const said = [
      ...compared.noneBetter,
      ...compared.hardlyBetter,
      ...compared.options.flatMap(each => each.bestIn),
    ]
    expect(new Set(said).size).toBe(said.length)
  }
})

test('what can be closed with nothing that is noticed is offered by itself, with what stays open', async () => {
  const read = readMapValue({
    nodes: [{ id: 'secret:pin' }, { id: 'account:mail' }, { id: 'info:calls' }, { id: 'info:messages' }],
    rules: [
      { to: 'info:calls', from: ['secret:pin'], unless: ['new-pin'] },
      { to: 'info:messages', from: ['account:mail'], unless: ['leave-mail'] },
    ],
    holds: { suspect: ['secret:pin', 'account:mail'] },
    steps: [
      { id: 'new-pin', cost: { effort: 1 }, alerts: false },
      { id: 'leave-mail', cost: { effort: 2 }, alerts: true },
    ],
    protect: ['info:calls', 'info:messages'],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  const { options } = await comparePlans(
    {},
    { map: read.map, cameFrom: new Map(), inventory: { version: 1, words: '', things: [] } },
    [],
  )
  expect(options.map(({ bestIn, order }) => [bestIn, order])).toEqual([
    [[], ['new-pin', 'leave-mail']],
    [['unnoticed-only'], ['new-pin']],
  ])
  const [first, other] = options
  const names = { thing: String, open: (id: string) => id.slice(5), evidence: String }
  expect(first && other && sayPlanTrade(first.figures, other.figures, other.bestIn, names)).toBe(
    'No step may be noticed and it takes about 10 minutes less, but it leaves open messages.',
  )
})

test('what can be closed with nothing at the client’s work is offered by itself, with what stays open', async () => {
  const read = readMapValue({
    nodes: [{ id: 't1' }, { id: 't2' }, { id: 'info:calls' }, { id: 'info:plans' }],
    rules: [
      { to: 'info:plans', from: ['t1'], unless: ['ask-work'] },
      { to: 'info:calls', from: ['t2'], unless: ['leave-group'] },
    ],
    holds: { suspect: ['t1', 't2'] },
    steps: [
      { id: 'ask-work', cost: { effort: 4 }, alerts: true },
      { id: 'leave-group', cost: { effort: 2 }, alerts: true },
    ],
    protect: ['info:calls', 'info:plans'],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  const cameFrom = new Map([
    ['ask-work', 't1'],
    ['leave-group', 't2'],
  ])
  const inventory = inventoryOf([thingOf('work-account', 1), thingOf('family-group', 2)])
  const { options } = await comparePlans({}, { map: read.map, cameFrom, inventory }, [])
  const [first, other] = options
  expect(options.map(({ bestIn, order }) => [bestIn, order])).toEqual([
    [[], first?.order],
    [['not-at-work'], ['leave-group']],
  ])
  const names = { thing: String, open: (id: string) => id.slice(5), evidence: String }
  expect(first && other && sayPlanTrade(first.figures, other.figures, other.bestIn, names)).toBe(
    'Nothing is done at the client’s work, one fewer step may be noticed and it takes about 20 minutes less, but it leaves open plans.',
  )
})

test('S9 every plan that is offered can be taken in its order, and leaves open what it says', () => {
  for (const { map, compared } of households)
    for (const { order, figures } of compared.options) {
      const { isSound, opens } = weighPlanInHand(map, order)
      expect([isSound, [...opens].sort()]).toEqual([true, [...figures.opens].sort()])
    }
})

test('every other plan does as much as the first, but for the two that do without something', () => {
  for (const [{ compared, map }, { bestIn, figures, order }] of others()) {
    const isWhole = !bestIn.every(each => each === 'not-at-work' || each === 'unnoticed-only')
    const opened = figures.opens.filter(node => !compared.options[0]?.figures.opens.includes(node))
    if (isWhole) expect(opened).toEqual([])
    const loud = map.steps.filter(step => step.alerts).map(step => step.id)
    if (bestIn.includes('unnoticed-only')) expect(order.filter(step => loud.includes(step))).toEqual([])
    if (bestIn.includes('not-at-work')) expect(figures.atWork).toBe(0)
  }
})

test('no other plan is nowhere better than another that is offered', () => {
  for (const { compared } of households) {
    const { options } = compared
    for (const [at, { figures }] of options.entries())
      for (const [beside, other] of options.entries())
        if (at !== beside && at > 0) expect(isNowhereWorse(other.figures, figures)).toBe(false)
  }
})

/** The figures of a plan, counted from the map apart from the code that is tested. */
function countFigures({ map, cameFrom, inventory }: Household, order: readonly string[]) {
  const taken = map.steps.filter(step => order.includes(step.id))
  const sum = (of: (step: (typeof taken)[number]) => number) => taken.reduce((all, each) => all + of(each), 0)
  const giving = taken.filter(step => step.cost.disruption >= 4)
  const entryOf = (step: string) =>
    inventory.things.find(({ thingId }) => thingId === cameFrom.get(step))?.entry
  return {
    steps: order.length,
    noticed: taken.filter(step => step.alerts).length,
    minutes: sum(step => findActNeeds(step.id, step.cost.effort).minutes),
    pounds: sum(step => 20 * step.cost.money),
    givenUp: new Set(giving.map(step => cameFrom.get(step.id))).size,
    interruptions: taken.filter(step => step.cost.disruption >= 1 && step.cost.disruption <= 3).length,
    risky: taken.filter(step => step.cost.risk >= 3).length,
    atWork: taken.filter(step => entryOf(step.id) === 'work-account').length,
  }
}

test('the figures of a plan are what its steps come to', () => {
  for (const household of households)
    for (const { order, figures } of household.compared.options)
      expect({ ...figures, givenUp: figures.givenUp.length }).toMatchObject(countFigures(household, order))
})

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const numberOf = (word: string): number => (words.includes(word) ? words.indexOf(word) : Number(word))

/** What a sentence says of how much more another plan asks; less is negative. Only what it says is there. */
function readTrade(sentence: string): Partial<Record<keyof PlanFigures, number>> {
  const read: Partial<Record<keyof PlanFigures, number>> = {}
  const text = sentence.charAt(0).toLowerCase() + sentence.slice(1)
  for (const [what, tail] of [
    ['noticed', 'may be noticed'],
    ['risky', 'may go wrong'],
    ['interruptions', 'interrupts? something'],
    ['atWork', '(?:is|are) at the client’s work'],
  ] as const) {
    const said = new RegExp(`(\\w+) (fewer|more) steps? ${tail}`).exec(text)
    if (said) read[what] = (said[2] === 'fewer' ? -1 : 1) * numberOf(said[1] ?? '')
  }
  const time = /takes about (?:(\d+) hours? ?)?(?:(\d+) minutes? )?(less|more)/.exec(text)
  if (time) read.minutes = (time[3] === 'less' ? -1 : 1) * (60 * Number(time[1] ?? 0) + Number(time[2] ?? 0))
  const money = /costs about £(\d+) (less|more)/.exec(text)
  if (money) read.pounds = (money[2] === 'less' ? -1 : 1) * Number(money[1])
  return read
}

test('the sentence of a plan says what it is best in, all that is worse, and nothing that its steps do not come to', () => {
  let figures = 0
  for (const [household, option] of others()) {
    const { compared, inventory, map } = household
    const [first] = compared.options
    if (!first) throw new Error('there is no first plan')
    const sentence = sayPlanTrade(first.figures, option.figures, option.bestIn, {
      thing: id => `<${inventory.things.find(({ thingId }) => thingId === id)?.label}>`,
      open: id => `{${id}}`,
      evidence: id => `[${id}]`,
    })
    if (sentence === null) throw new Error('nothing is said')
    const [was, is] = [countFigures(household, first.order), countFigures(household, option.order)]
    const said = readTrade(sentence)
    for (const what of ['noticed', 'minutes', 'pounds', 'interruptions', 'risky', 'atWork'] as const) {
      const more = is[what] - was[what]
      if (said[what] !== undefined) figures += 1
      const isNone =
        is[what] === 0 && /no step may be noticed|nothing is done at the client’s work/i.test(sentence)
      if (said[what] !== undefined) expect([sentence, what, said[what]]).toEqual([sentence, what, more])
      // What is worse is never left out.
      else if (!isNone) expect([sentence, what, more <= 0]).toEqual([sentence, what, true])
    }
    const start = sentence.split(', but ')[0] ?? ''
    for (const [aim, pattern] of [
      ['least-noticed', /may be noticed/],
      ['soonest', /takes about/],
      ['least-money', /costs about/],
      ['keeps-most', /it keeps </i],
      ['not-at-work', /nothing is done at the client’s work/i],
    ] as const)
      if (option.bestIn.includes(aim)) expect(start).toMatch(pattern)
    const worse = sentence.split(', but ')[1] ?? ''
    const opened = option.figures.opens.filter(node => !first.figures.opens.includes(node))
    expect(/leaves open/.test(worse), sentence).toBe(opened.length > 0)
    const givenUp = option.figures.givenUp.filter(each => !first.figures.givenUp.includes(each))
    expect(/gives up or exchanges/.test(worse)).toBe(givenUp.length > 0)
    expect(map.steps.length).toBeGreaterThan(0)
  }
  expect(figures).toBeGreaterThan(60)
})

test('S9 no plan stands beside the first that only keeps less evidence than could be kept', async () => {
  const story = inventoryOfStory(strangerMap.things)
  const inventory = { ...story, things: [...story.things, thingOf('apple-account', 9)] }
  const { map, compared } = await compare(inventory)
  households.push({ ...households[0], compared, map, inventory } as Household)
  expect(compared.options.length).toBeGreaterThan(0)
  const kept = new Map(map.evidence.map(each => [each.id, each.preservedBy]))
  for (const { map: of, compared: plans } of households) {
    const keepers = new Map(of.evidence.map(each => [each.id, each.preservedBy]))
    for (const { figures, order } of plans.options.slice(1))
      expect([order, figures.loses.filter(id => (keepers.get(id) ?? []).length > 0)]).toEqual([order, []])
  }
  households.pop()
  expect(kept.size).toBeGreaterThan(0)
  // Somebody who will not take the step that keeps it is shown what that loses.
  const never = map.evidence.flatMap(each => each.preservedBy)
  const without = await compare(inventory, never)
  expect(without.compared.options[0]?.figures.loses.length).toBeGreaterThan(0)
}, 120_000)
