import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { makeToldThing, type Told } from '../../../test/support/told-thing.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { carryOut } from '../../access-engine/reach/carry-out.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { applianceActs } from '../mechanism/appliance-facts.ts'
import { mechanismSchema } from '../mechanism/mechanism.ts'
import { type DrawnMap, drawUpMap } from './draw-up-map.ts'
import type { BeliefAnswer, Thing } from './inventory.ts'
import { loadCatalogue } from './load-catalogue.ts'
import { findOpenQuestions } from './open-questions.ts'

const { entries } = await loadCatalogue()
const solver = startHighs()
afterAll(() => solver.end())

const told = (entry: string, number: number, said?: Told): Thing =>
  makeToldThing(entries, entry, number, said)
const draw = (...things: readonly Thing[]) => drawUpMap(inventoryOf(things), entries)
const stepsOf = ({ map, cameFrom }: DrawnMap, thing = 't1') =>
  map.steps.map(each => each.id).filter(id => cameFrom.get(id) === thing)
const reachedAfter = ({ map }: DrawnMap, taken: readonly string[]) =>
  new Set(findReach(carryOut(map, taken), 'possible').map(each => each.node))
async function orderOf({ map }: DrawnMap): Promise<readonly string[]> {
  const { ok, order, why } = await planLockOutInOrder(map, solver)
  expect([ok, why]).toEqual([true, null])
  return order
}

const asked = [...entries.values()].filter(({ questions }) => questions.some(each => each.id === 'theirs'))
const appliances = [...entries.values()].filter(each => each.mechanism === 'appliance').map(each => each.id)
const withPapers = appliances.filter(id =>
  entries.get(id)?.steps.some(each => each.id === 'settle-papers:{}'),
)

test.each(asked.map(each => each.id))(
  'S9 %s: until it is told whose it is, nothing is offered that would not be the client’s to do if it were the suspected person’s',
  async id => {
    const other = ['use-another:t1', 'see-moved:t1']
    for (const theirs of ['probably', 'unknown'] as const)
      for (const more of [{}, { holder: 'yes' }, { 'signed-in': 'yes' }] as const) {
        const drawn = draw(told(id, 1, { theirs, alone: 'yes', ...more }))
        expect(stepsOf(drawn)).toEqual(other)
        expect(await orderOf(drawn)).toEqual(other)
      }
    expect(stepsOf(draw(told(id, 1, { theirs: 'yes' })))).toEqual([])
    const hers = stepsOf(draw(told(id, 1)))
    expect(hers.length).toBeGreaterThan(3)
    for (const step of other) expect(hers).not.toContain(step)
  },
)

test('S9 another address does not close the old mailbox: it is read until nothing comes there, and resets each account until another stands behind it', async () => {
  const drawn = draw(
    told('mailbox', 1, { theirs: 'probably', alone: 'yes' }),
    told('social-account', 2, { recovery: ['t1'], alone: 'yes' }),
  )
  expect([...reachedAfter(drawn, ['use-another:t1'])]).toEqual(
    expect.arrayContaining(['t1.read', 't1.used', 't2']),
  )
  const moved = reachedAfter(drawn, ['use-another:t1', 'see-moved:t1'])
  expect(moved.has('t1.read')).toBe(false)
  // The old one is still theirs, and so is what it opens.
  expect([...moved]).toEqual(expect.arrayContaining(['t1', 't1.content', 't2']))
  const order = await orderOf(drawn)
  expect(order).toEqual(
    expect.arrayContaining(['use-another:t1', 'see-moved:t1', 'change-recovery:t2', 'see-recovery:t2']),
  )
  // What is the client's own is closed itself.
  const own = draw(told('mailbox', 1, { password: 'yes', alone: 'yes' }))
  const closing = await orderOf(own)
  expect(closing).toContain('change-password:t1')
  expect([...reachedAfter(own, closing)]).not.toContain('t1')
  expect(closing).not.toContain('leave-it:t1')
  // It is left where it cannot be closed: what could not be done leaves the client a plan.
  const stuck = { ...own, map: { ...own.map, force: { in: [], out: ['change-password:t1', 'two-step:t1'] } } }
  expect(await orderOf(stuck)).toEqual(expect.arrayContaining(['leave-it:t1', 'see-left:t1']))
  expect([...reachedAfter(own, ['leave-it:t1'])]).toEqual(expect.arrayContaining(['t1.read', 't1.used']))
})

test.each(appliances)(
  'S9 %s: what only a landlord or an employer can do is asked of them, and open until they say it is done',
  id => {
    const of = (others: BeliefAnswer) => draw(told(id, 1, { others, owner: 'yes', shared: 'yes' }))
    for (const others of ['yes', 'probably'] as const) {
      const drawn = of(others)
      for (const step of ['remove-them:t1', 'reset-it:t1']) expect(stepsOf(drawn)).not.toContain(step)
      expect(drawn.map.steps.find(each => each.id === 'ask-runner:t1')?.label).toContain('only they can')
      expect([...reachedAfter(drawn, ['ask-runner:t1'])]).toContain('t1')
      expect([...reachedAfter(drawn, ['ask-runner:t1', 'see-runner:t1'])]).not.toContain('t1')
      // A log-in of the client's in their hands is no user whom a landlord takes out.
      const signedIn = draw(told(id, 1, { others, login: 'yes' }))
      expect([...reachedAfter(signedIn, ['ask-runner:t1', 'see-runner:t1'])]).toContain('t1')
    }
    expect(stepsOf(of('no'))).not.toContain('ask-runner:t1')
  },
)

test.each(appliances)('S9 %s: it is not unplugged before what it may lose by that was kept', async id => {
  const entry = entries.get(id)
  // Looking, papers, a password and a card that is kept lose nothing; all else may take somebody or something off a list.
  const keeps = /^(photograph-settings|keep-apart|see-.*|settle-papers|change-login|take-card):/
  for (const step of entry?.steps ?? [])
    expect([step.id, step.destroys]).toEqual([step.id, keeps.test(step.id) ? [] : ['{}.log']])
  const drawn = draw(told(id, 1, { owner: 'yes', keeper: 'yes', keys: 'yes' }))
  const order = await orderOf({
    ...drawn,
    map: { ...drawn.map, force: { in: ['unplug:t1'], out: [] } },
  })
  const [kept, off] = ['photograph-settings:t1', 'unplug:t1'].map(step => order.indexOf(step))
  expect(kept).toBeGreaterThanOrEqual(0)
  expect(kept).toBeLessThan(off ?? -1)
})

test.each(appliances)(
  'S9 %s: what only its owner can do is no step of the client’s where that is the suspected person, and what no source says of taking people out counts so',
  async id => {
    const file = await readFile(new URL(`catalogue/${id}.json`, import.meta.url), 'utf8')
    const mechanism = mechanismSchema.parse(JSON.parse(file).mechanism)
    const acts = mechanism.is === 'appliance' ? mechanism.facts.acts : {}
    const ownersAlone = applianceActs.filter(act => acts[act]?.onlyOwner ?? act === 'remove-them')
    expect(ownersAlone).toContain('remove-them')
    if (!entries.get(id)?.questions.some(question => question.id === 'owner')) return
    for (const owner of ['yes', 'probably'] as const) {
      const offered = stepsOf(draw(told(id, 1, { owner, shared: 'yes', login: 'yes' })))
      for (const act of ownersAlone) expect(offered).not.toContain(`${act}:t1`)
      // The client's own log-in stays theirs to change.
      if (!ownersAlone.includes('remove-devices')) expect(offered).toContain('change-login:t1')
    }
    expect(stepsOf(draw(told(id, 1, { shared: 'yes' })))).toContain('remove-them:t1')
  },
)

test.each(withPapers)(
  'S9 %s: with the papers in their name keys are taught only after the papers are seen, and asking for them closes nothing',
  async id => {
    const drawn = draw(told(id, 1, { keeper: 'yes', keys: 'yes' }))
    const map = { ...drawn.map, force: { in: ['new-keys:t1'], out: ['unplug:t1', 'stop-sending:t1'] } }
    const known = new Set(map.steps.map(each => each.id))
    const force = { in: map.force.in, out: map.force.out.filter(step => known.has(step)) }
    const order = await orderOf({ ...drawn, map: { ...map, force } })
    const at = (step: string): number => order.indexOf(step)
    expect(at('settle-papers:t1')).toBeGreaterThanOrEqual(0)
    expect(at('see-settle-papers:t1')).toBeGreaterThan(at('settle-papers:t1'))
    expect(at('new-keys:t1')).toBeGreaterThan(at('see-settle-papers:t1'))
    expect([...reachedAfter(drawn, ['settle-papers:t1', 'new-keys:t1', 'see-new-keys:t1'])]).toContain('t1')
    expect(map.steps.find(each => each.id === 'settle-papers:t1')?.label).toContain(
      'only its keeper, its owner or a court',
    )
    expect(map.steps.find(each => each.id === 'new-keys:t1')?.label).toContain('it does that for the keeper')
    expect(drawn.told.get('reset-it:t1')?.ready).toContain('a dealer can put their account back')
    // The client's own car: a garage teaches it without any papers to settle.
    const own = draw(told(id, 1, { keys: 'yes' }))
    const short = await orderOf({ ...own, map: { ...own.map, force: { in: ['new-keys:t1'], out: [] } } })
    expect(short).not.toContain('settle-papers:t1')
  },
)

test('S9 a landlord’s lock is asked for, and neither taken out nor unplugged', async () => {
  for (const id of ['smart-lock', 'cameras', 'router'])
    for (const others of ['yes', 'probably'] as const) {
      const drawn = draw(told(id, 1, { others, owner: 'yes', shared: 'yes' }))
      const { status, order } = await planLockOutInOrder(drawn.map, solver)
      expect([id, status, order]).toEqual([
        id,
        'optimal',
        ['photograph-settings:t1', 'ask-runner:t1', 'see-runner:t1'],
      ])
    }
})

test('no rule on a map names a step twice', () => {
  for (const id of entries.keys())
    for (const said of [{ others: 'yes' }, {}] as const) {
      const { map } = draw(told(id, 1, said), thingOf(id, 2))
      const twice = map.rules.filter(({ unless }) => new Set(unless).size < unless.length)
      expect([id, twice]).toEqual([id, []])
    }
})

test('S9 with the contract in their name the client need not wait for the holder: another number is theirs to take, and asking the network ends nothing', async () => {
  for (const holder of ['yes', 'probably'] as const) {
    const drawn = draw(told('number', 1, { holder }), told('mailbox', 2, { recovery: ['t1'], alone: 'yes' }))
    expect(stepsOf(drawn)).toEqual(
      expect.arrayContaining(['take-another:t1', 'see-taken:t1', 'own-contract:t1']),
    )
    expect(drawn.map.steps.find(each => each.id === 'own-contract:t1')?.label).toContain(
      'only the holder or the network can let it go',
    )
    expect([...reachedAfter(drawn, ['own-contract:t1'])]).toEqual(expect.arrayContaining(['t1', 't1.bill']))
    const taken = reachedAfter(drawn, ['take-another:t1', 'see-taken:t1'])
    for (const shut of ['t1.read', 't1.used', 't1.bill']) expect(taken.has(shut)).toBe(false)
    // The old number still resets what it stands behind.
    expect(taken.has('t2')).toBe(true)
    const order = await orderOf(drawn)
    expect([...reachedAfter(drawn, order)]).not.toContain('t2')
  }
  for (const holder of ['no', 'unknown'] as const)
    expect(stepsOf(draw(told('number', 1, { holder })))).not.toContain('take-another:t1')
})

test('S9 what a dealer does for a keeper is not the client’s while the papers are the suspected person’s', () => {
  const reset = (keeper: BeliefAnswer) => {
    const { map } = draw(told('volvo', 1, { keeper, owner: 'yes' }))
    const held = new Set(findReach(map, 'possible', { agent: 'client' }).map(each => each.node))
    return map.steps.find(each => each.id === 'reset-it:t1')?.needs.every(node => held.has(node))
  }
  expect(['yes', 'probably', 'unknown', 'no'].map(each => reset(each as BeliefAnswer))).toEqual([
    false,
    false,
    false,
    true,
  ])
})

test('there are cars with papers, and numbers and mailboxes of which it is asked whose they are', () => {
  expect(withPapers.length).toBeGreaterThanOrEqual(11)
  expect(asked.map(each => each.id)).toEqual(
    expect.arrayContaining(['number', 'ee', 'mailbox', 'work-account']),
  )
})

test('whose a thing is comes first among the open questions, before those nobody has answered', () => {
  const things = [
    told('phone', 1, { watched: 'unknown' }),
    told('number', 2, { theirs: 'probably', holder: 'unknown' }),
    told('mailbox', 3, { theirs: 'unknown', forwarded: 'probably' }),
  ]
  expect(
    findOpenQuestions(inventoryOf(things), entries).map(each => `${each.thingId} ${each.question}`),
  ).toEqual(['t3 theirs', 't2 theirs', 't1 watched', 't2 holder', 't3 forwarded'])
})
