import { readdir, readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import type { ActFacts, NoticeTo } from '../mechanism/act-facts.ts'
import { drawUpMap } from './draw-up-map.ts'
import type { BeliefAnswer, Thing } from './inventory.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()
const solver = startHighs()
afterAll(() => solver.end())

type Written = {
  readonly like?: readonly string[]
  readonly mechanism: {
    readonly is: string
    readonly facts: {
      readonly acts?: Readonly<Record<string, ActFacts>>
      readonly paths?: readonly { readonly end: { readonly id: string; readonly facts?: ActFacts } }[]
    }
  }
}
const folder = new URL('catalogue/', import.meta.url)
const texts = new Map<string, string>()
for (const name of await readdir(folder))
  texts.set(name.slice(0, -'.json'.length), await readFile(new URL(name, folder), 'utf8'))
const written = new Map([...texts].map(([id, text]) => [id, JSON.parse(text) as Written]))
const appliances = [...entries.values()].filter(each => each.mechanism === 'appliance')

/** A thing with every question of its entry answered: no, besides what is said here. */
function answered(
  id: string,
  said: Readonly<Record<string, BeliefAnswer | readonly string[]>>,
  number = 1,
): Thing {
  const answers: Record<string, { told: { belief: BeliefAnswer; things: string[] } }> = {}
  for (const { id: question } of entries.get(id)?.questions ?? []) {
    const answer = said[question] ?? 'no'
    answers[question] = {
      told:
        typeof answer === 'string' ? { belief: answer, things: [] } : { belief: 'yes', things: [...answer] },
    }
  }
  return { ...thingOf(id, number), answers }
}
const draw = (...things: readonly Thing[]) => drawUpMap(inventoryOf(things), entries)
const isReached = ({ map }: ReturnType<typeof draw>, taken: readonly string[]): boolean =>
  findReach(map, 'possible', { taken }).some(each => each.node === 't1')

/** What is to be answered so that they have the part by which they are told. */
const has: Readonly<Record<NoticeTo, Readonly<Record<string, BeliefAnswer | readonly string[]>>>> = {
  owner: { owner: 'yes' },
  members: { shared: 'yes' },
  inside: { login: 'yes' },
  recovery: { account: ['t2'] },
  nearby: {},
  contacts: {},
  suspect: {},
}
/** The part by which they are told. */
const partOf: Readonly<Record<NoticeTo, string>> = {
  owner: '{}.owner',
  members: '{}.shared',
  inside: '{}',
  recovery: '{other}.content',
  nearby: 'person:suspect',
  contacts: 'person:suspect',
  suspect: 'person:suspect',
}
/** To what parts of a thing a step of its entry is told. */
const tellsOf = (id: string, step: string): readonly string[] => {
  const tells = entries.get(id)?.steps.find(each => each.id === step.replace('t1', '{}'))?.tells
  return Array.isArray(tells) ? tells.map(each => each.node) : []
}
/** Everything that a maker’s source says is told to somebody, by the step that does it. */
const told = appliances.flatMap(({ id }) => {
  const { acts = {}, paths = [] } = written.get(id)?.mechanism.facts ?? {}
  const named = [
    ...Object.entries(acts).map(([act, facts]) => ({
      step: act === 'look' ? 'photograph-settings' : act,
      facts,
    })),
    ...paths.flatMap(({ end }) => (end.facts ? [{ step: end.id, facts: end.facts }] : [])),
  ]
  return named.flatMap(({ step, facts }) =>
    (facts.tells ?? []).map(({ to, says }) => ({ id, step: `${step}:t1`, to, says })),
  )
})

test.each(told)('S9 $id: $step is noticed by whoever is told of it ($to)', ({ id, step, to, says }) => {
  const drawn = draw(answered(id, has[to]), answered('mailbox', { password: 'yes', alone: 'yes' }, 2))
  expect(drawn.map.steps.find(each => each.id === step)?.alerts).toBe(true)
  expect(drawn.told.get(step)?.notices).toContain(says)
  expect(tellsOf(id, step)).toContain(partOf[to])
  // Nobody who has no part of it is told; what goes to them whatever they have is told all the same.
  const others = draw(answered(id, {}))
  const isAlways = to === 'nearby' || to === 'contacts' || to === 'suspect'
  expect(others.map.steps.find(each => each.id === step)?.alerts).toBe(isAlways)
})

test('makers of cameras, speakers, cars, locks and routers have facts about whom they tell', () => {
  expect(new Set(told.map(each => each.id)).size).toBeGreaterThanOrEqual(15)
})

test.each(appliances.map(each => each.id))(
  'S9 %s: the client’s own log-in in their hands is not closed by taking users out, and stays open until seen',
  id => {
    const drawn = draw(answered(id, { login: 'yes' }))
    const users = ['remove-them:t1', 'see-users:t1']
    expect(isReached(drawn, users)).toBe(true)
    expect(isReached(drawn, [...users, 'change-login:t1'])).toBe(true)
    const facts = written.get(id)?.mechanism.facts.acts?.['remove-devices']
    const out = [...users, 'change-login:t1', 'remove-devices:t1']
    expect(isReached(drawn, out)).toBe(facts?.ends?.when !== 'at-once')
    expect(isReached(drawn, [...out, 'see-devices:t1'])).toBe(false)
  },
)

test('every source of the catalogue has the day on which it was read, and nothing of the home or on the move rests on general knowledge', () => {
  let sources = 0
  for (const [id, text] of texts) {
    const rests = ['home', 'moving'].includes(entries.get(id)?.group ?? '') && /general knowledge/i.test(text)
    expect([id, rests]).toEqual([id, false])
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('readOn' in value) {
        expect(value.readOn).toMatch(/^20\d\d-\d\d-\d\d$/)
        sources++
      }
      for (const each of Object.values(value)) look(each)
    }
    look(written.get(id))
  }
  expect(sources).toBeGreaterThan(60)
})

test.each(
  appliances
    .map(each => each.id)
    .filter(id => !['voice-assistant', 'alexa', 'google-home', 'dash-cam'].includes(id)),
)('%s is set right rather than unplugged, even while nobody knows whose it is', async id => {
  const { map } = draw(thingOf(id, 1))
  const { ok, order } = await planLockOutInOrder(map, solver)
  expect(ok).toBe(true)
  expect(order).not.toContain('unplug:t1')
})

test('S9 a thing that its owner alone can release is unplugged where they own it: nothing else closes it', async () => {
  const { map } = draw(answered('arlo', { owner: 'yes' }))
  expect(map.steps.map(each => each.id)).not.toContain('reset-it:t1')
  const { ok, order } = await planLockOutInOrder(map, solver)
  expect([ok, order]).toEqual([true, ['photograph-settings:t1', 'unplug:t1']])
})

test('S9 Ring: a reset tells the owner and frees nothing until it is seen; the card says who wins', () => {
  const drawn = draw(answered('ring', { owner: 'yes' }))
  expect(isReached(drawn, ['reset-it:t1'])).toBe(true)
  expect(isReached(drawn, ['reset-it:t1', 'see-reset:t1'])).toBe(false)
  expect(drawn.told.get('reset-it:t1')?.answer).toMatch(/^They win\. Whoever is owner now wins/)
  expect(drawn.told.get('see-reset:t1')?.ready).toContain('15 days or more')
  expect(drawn.evidenceWords.get('t1.log')).toContain('gone after 30 days')
  const signedIn = draw(answered('ring', { login: 'yes' }))
  expect(isReached(signedIn, ['change-login:t1', 'remove-devices:t1'])).toBe(false)
})

test('S9 Blink: looking at the list of devices is noticed by whoever gets the owner’s codes', () => {
  const theirs = draw(answered('blink', { owner: 'yes' }))
  expect(theirs.map.steps.find(each => each.id === 'photograph-settings:t1')?.alerts).toBe(true)
  expect(theirs.told.get('photograph-settings:t1')?.notices).toContain('A code goes to the phone')
})

test('S9 Tesla: taking drivers out is the owner’s to do, and what has a clock is kept before it is out of reach', async () => {
  const theirs = draw(answered('tesla', { owner: 'yes', shared: 'yes' }))
  expect(theirs.map.steps.some(each => ['remove-them:t1', 'see-users:t1'].includes(each.id))).toBe(false)
  const { order } = await planLockOutInOrder(theirs.map, solver)
  expect(order[0]).toBe('photograph-settings:t1')
  expect(order.at(-2)).toBe('stop-sending:t1')
  expect(theirs.evidenceWords.get('t1.log')).toContain('gone after 7 days')
  const hers = draw(answered('tesla', { shared: 'yes' }))
  expect(hers.map.steps.some(each => each.id === 'remove-them:t1')).toBe(true)
  expect(hers.told.get('remove-them:t1')?.where).toContain('Manage Drivers')
})

test('S9 a car that is told to send nothing gives nothing away, but anyone with a key can let it send again', () => {
  const owned = draw(answered('bmw', { owner: 'yes', shared: 'yes', login: 'yes', keeper: 'yes' }))
  expect(isReached(owned, ['stop-sending:t1'])).toBe(true)
  expect(isReached(owned, ['stop-sending:t1', 'see-silent:t1'])).toBe(false)
  const withKey = draw(answered('bmw', { owner: 'yes', keys: 'yes' }))
  expect(isReached(withKey, ['stop-sending:t1', 'see-silent:t1'])).toBe(true)
  const costs = new Map(withKey.map.steps.map(each => [each.id, each.cost]))
  const [sending, off] = [costs.get('stop-sending:t1'), costs.get('unplug:t1')]
  expect(sending && off && sending.disruption < off.disruption && sending.money < off.money).toBe(true)
})

test('S9 Ford: the card says to reset first, because connecting shows the client’s name', () => {
  const { told } = draw(answered('ford', { owner: 'yes' }))
  expect(told.get('reset-it:t1')?.answer).toContain('Reset first.')
})

test('S9 a reset brings back the passwords that are printed on a router, and leaves who has the Wi-Fi', () => {
  const drawn = draw(answered('bt-hub', { shared: 'yes' }))
  expect(isReached(drawn, ['reset-it:t1', 'see-reset:t1'])).toBe(true)
  expect(isReached(drawn, ['remove-them:t1', 'see-users:t1'])).toBe(false)
  const read = draw(answered('bt-hub', { printed: 'yes' }))
  expect(isReached(read, ['reset-it:t1', 'see-reset:t1', 'remove-them:t1', 'see-users:t1'])).toBe(true)
  expect(isReached(read, ['replace-printed:t1', 'see-replace-printed:t1'])).toBe(false)
})

test('S9 a lock that is reset keeps its codes until they are deleted', () => {
  const drawn = draw(answered('nuki', { codes: 'yes' }))
  expect(isReached(drawn, ['reset-it:t1', 'see-reset:t1'])).toBe(true)
  expect(isReached(drawn, ['delete-codes:t1', 'see-delete-codes:t1'])).toBe(false)
})

test('S9 tracker: a chance to place one is never certain, and the warning is kept before the thing is handed over', async () => {
  const chance = draw(answered('tracker', { place: 'yes' }))
  expect(findReach(chance.map, 'known').map(each => each.node)).not.toContain('t1')
  expect(isReached(chance, [])).toBe(true)
  const found = draw(answered('airtag', { found: 'yes' }))
  const { order } = await planLockOutInOrder(found.map, solver)
  expect(order.at(-1)).toBe('hand-over:t1')
  expect([...order].sort()).toEqual(['hand-over:t1', 'keep-warning:t1', 'photograph-in-place:t1'])
})

test('S9 Royal Mail’s letter to the old address is noticed by whoever opens the post there', () => {
  const isTold = (post: BeliefAnswer): boolean | undefined =>
    draw(answered('property', { post, old: 'no' })).map.steps.find(each => each.id === 'redirect-post:t1')
      ?.alerts
  expect([isTold('yes'), isTold('no')]).toEqual([true, false])
  expect(tellsOf('property', 'redirect-post:t1')).toEqual(['{}.letterbox'])
})

test('S9 ending another parent’s sign-in at a school is told to them', () => {
  const drawn = draw(answered('school-app', { 'other-adult': 'yes' }))
  expect(drawn.map.steps.find(each => each.id === 'end-other-adult:t1')?.alerts).toBe(true)
  expect(drawn.told.get('end-other-adult:t1')?.notices).toContain('e-mails the parent')
})
