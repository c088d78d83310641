import { afterAll, expect, test } from 'vitest'
import { inventoryOf } from '../../../test/support/story-inventory.ts'
import { makeToldThing, type Told } from '../../../test/support/told-thing.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { findChannelVerdicts } from './channel-verdicts.ts'
import { drawUpMap } from './draw-up-map.ts'
import type { BeliefAnswer, Thing } from './inventory.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()
const solver = startHighs()
afterAll(() => solver.end())

const told = (entry: string, number: number, said?: Told): Thing =>
  makeToldThing(entries, entry, number, said)
const draw = (...things: readonly Thing[]) => drawUpMap(inventoryOf(things), entries)
const reachedOn = ({ map }: ReturnType<typeof draw>, taken: readonly string[] = []) =>
  new Set(findReach(map, 'possible', { taken }).map(each => each.node))
async function planFor({ map }: ReturnType<typeof draw>) {
  const plan = await planLockOutInOrder(map, solver, { limit: 20_000 })
  expect(plan.ok).toBe(true)
  return plan.order
}
/** What the map says of the only channel that is tied to one of these. */
function judgeFirst(things: readonly Thing[]) {
  const moment = new Date('2026-12-01T09:00:00Z')
  const [verdict] = findChannelVerdicts(inventoryOf(things), {
    moment,
    madeAt: () => moment,
    draw: inventory => drawUpMap(inventory, entries).map,
    catalogue: entries,
    before: new Map(),
  })
  return verdict
}
const isBefore = (order: readonly string[], one: string, other: string): void => {
  expect(order, `${one} is in the plan`).toContain(one)
  expect(order, `${other} is in the plan`).toContain(other)
  expect(order.indexOf(one), `${one} comes before ${other}`).toBeLessThan(order.indexOf(other))
}

test('S1 what is open on a watched phone is read there, its number rings there, and passwords typed on it change once it is clean', async () => {
  const drawn = draw(
    told('phone', 1, { watched: 'unknown' }),
    told('mailbox', 2, { alone: 'yes', devices: ['t1'] }),
    told('messaging', 3, { devices: ['t1'], recovery: ['t4'] }),
    told('number', 4, { sim: ['t1'] }),
  )
  const reached = reachedOn(drawn)
  for (const node of ['t2.content', 't2.password', 't3.content', 't4']) expect([...reached]).toContain(node)
  const order = await planFor(drawn)
  isBefore(order, 'see-clean:t1', 'change-password:t2')
  expect(order).not.toContain('close-on:t2.t1')
})

test('S1 what arrives shows on the locked screen of a phone that they can pick up, until it is seen that it does not', async () => {
  const drawn = draw(
    told('phone', 1, { hands: 'yes' }),
    told('mailbox', 2, { devices: ['t1'] }),
    told('messaging', 3, { devices: ['t1'] }),
    told('bank', 4, { devices: ['t1'] }),
  )
  const [now, hidden] = [reachedOn(drawn), reachedOn(drawn, ['hide-on:t2.t1', 'hide-on:t3.t1'])]
  for (const node of ['t2.content', 't3.content']) {
    expect([...now]).toContain(node)
    expect([...hidden]).not.toContain(node)
  }
  expect([...now]).not.toContain('t1')
  expect([...now]).not.toContain('t4.content')
  await planFor(drawn)
})

test('S1 a phone of which nobody said whether it is watched, and one that nobody has named, count alike', () => {
  const unnamed = reachedOn(draw(told('mailbox', 1, { devices: 'unknown', alone: 'unknown' })))
  for (const node of ['t1', 't1.content', 't1.password']) expect([...unnamed]).toContain(node)
})

test('where a password is kept is read before it is changed: the manager is shut first, and the new one kept apart', async () => {
  const kept = (said: Parameters<typeof told>[2]) =>
    draw(told('password-manager', 1, said), told('mailbox', 2, { alone: 'yes', kept: ['t1'] }))
  const drawn = kept({ 'signed-in': 'probably' })
  expect([...reachedOn(drawn)]).toContain('t2.content')
  isBefore(await planFor(drawn), 'see-signed-out:t1', 'change-password:t2')
  expect([...reachedOn(kept({}))]).not.toContain('t2.content')
  // A password changed while the place is still open is read there: nothing is closed by it.
  expect([...reachedOn(drawn, ['change-password:t2'])]).toContain('t2')
  expect([...reachedOn(drawn, ['change-password:t2', 'keep-apart:t2'])]).not.toContain('t2')
})

test('a notebook that was read once gives its passwords away for good, wherever it lies now', () => {
  const drawn = draw(
    told('notebook', 1, { reads: 'probably' }),
    told('mailbox', 2, { alone: 'yes', kept: ['t1'] }),
  )
  expect([...reachedOn(drawn)]).toContain('t2')
  expect([...reachedOn(drawn, ['move-it:t1'])]).toContain('t2')
  expect([...reachedOn(drawn, ['move-it:t1', 'change-password:t2'])]).not.toContain('t2')
})

test('the client’s own log-in in their hands is not closed by taking users out, nor before it is seen to be closed', async () => {
  const drawn = draw(
    told('cameras', 1, { login: 'yes', account: ['t2'] }),
    told('mailbox', 2, { 'signed-in': 'yes' }),
  )
  const after = (...taken: readonly string[]) => [...reachedOn(drawn, taken)]
  expect(after('remove-them:t1', 'see-users:t1')).toContain('t1')
  const login = ['change-login:t1', 'remove-devices:t1']
  const mailbox = ['sign-out-others:t2', 'see-signed-out:t2']
  expect(after(...login, ...mailbox)).toContain('t1')
  expect(after(...login, 'see-devices:t1')).toContain('t1')
  expect(after(...login, 'see-devices:t1', ...mailbox)).not.toContain('t1')
})

test('followers under false names see what is shown without any password, and nothing else is called reached', async () => {
  const drawn = draw(
    told('social-account', 1, { follows: 'probably', devices: ['t2'] }),
    told('phone', 2),
    told('mailbox', 3, { devices: ['t2'] }),
  )
  const reached = [...reachedOn(drawn)]
  expect(reached).toContain('info:pictures')
  expect(reached.filter(node => /^t[23]/.test(node))).toEqual([])
  expect(reached).not.toContain('t1')
  const order = await planFor(drawn)
  isBefore(order, 'photograph-followers:t1', 'prune-followers:t1')
  isBefore(order, 'prune-followers:t1', 'see-followers:t1')
})

test('their own number behind an account of the client’s is a way in, and no step is about that number', async () => {
  const drawn = draw(told('number', 1, { theirs: 'yes' }), told('mailbox', 2, { recovery: ['t1'] }))
  expect([...reachedOn(drawn)]).toContain('t2')
  expect(drawn.map.steps.filter(each => drawn.cameFrom.get(each.id) === 't1')).toEqual([])
  expect(drawn.map.keep).not.toContain('t1')
  isBefore(await planFor(drawn), 'change-recovery:t2', 'see-recovery:t2')
})

test('S9 a step is unnoticed only when nothing of it reaches them: no notice, no way that ends, no look from where they see', () => {
  const noticed = (drawn: ReturnType<typeof draw>) =>
    new Set(drawn.map.steps.filter(each => each.alerts).map(each => each.id))
  const shut = noticed(draw(told('phone', 1), told('mailbox', 2, { devices: ['t1'] })))
  expect([...shut]).toEqual([])
  // The neighbouring account alone: whoever reads the mailbox behind it is told of what is done to the other.
  const beside = draw(
    told('mailbox', 1, { 'signed-in': 'unknown' }),
    told('social-account', 2, { recovery: ['t1'] }),
    told('mailbox', 3),
  )
  for (const step of ['photograph-settings:t2', 'change-password:t2', 'two-step:t2', 'change-recovery:t2'])
    expect([...noticed(beside)], step).toContain(step)
  expect([...noticed(beside)].filter(each => each.endsWith(':t3'))).toEqual([])
  // Beside the client: a phone that they see into is no place for a step.
  const sees = draw(told('phone', 1, { watched: 'probably' }), told('mailbox', 2, { devices: ['t1'] }))
  expect(sees.places.get('change-password:t2')).toBe('none-fit')
  expect([...noticed(sees)]).toContain('photograph-settings:t2')
  // What is done by hand, at the thing, is signed in to nowhere.
  const camera = draw(
    told('phone', 1, { watched: 'probably' }),
    told('cameras', 2, { shared: 'yes', devices: ['t1'] }),
  )
  expect(camera.places.get('remove-them:t2')).toBe('none-fit')
  expect(camera.places.has('unplug:t2')).toBe(false)
  const fit = draw(
    told('phone', 1),
    told('phone', 2, { watched: 'probably' }),
    told('mailbox', 3, { devices: ['t1', 't2'] }),
  )
  expect(fit.places.get('change-password:t3')).toEqual({ on: ['t1'] })
})

test('S9 knowing a password is being told of nothing; having a session is', () => {
  const quiet = draw(told('social-account', 1, { password: 'yes', codes: ['t2'] }), told('computer', 2))
  expect(quiet.map.steps.find(each => each.id === 'photograph-settings:t1')?.alerts).toBe(false)
  const open = draw(told('social-account', 1, { 'signed-in': 'unknown' }))
  expect(open.map.steps.find(each => each.id === 'photograph-settings:t1')?.alerts).toBe(true)
})

test('an act that no source says ends a path leaves it open on the map until somebody has looked', () => {
  for (const [entry, question, act, look] of [
    ['mailbox', 'signed-in', 'sign-out-others', 'see-signed-out'],
    ['mailbox', 'forwarded', 'stop-forwarding', 'see-stop-forwarding'],
    ['cameras', 'shared', 'remove-them', 'see-users'],
    ['cameras', 'owner', 'reset-it', 'see-reset'],
    ['shared-calendar', 'in', 'stop-sharing', 'see-unshared'],
    ['number', 'diverted', 'end-divert', 'see-divert'],
  ] as const) {
    const drawn = draw(told(entry, 1, { [question]: 'yes' }))
    const isOpen = (...taken: readonly string[]) =>
      [...reachedOn(drawn, taken)].some(node => node.startsWith('info:'))
    expect([entry, isOpen(), isOpen(`${act}:t1`), isOpen(`${act}:t1`, `${look}:t1`)]).toEqual([
      entry,
      true,
      true,
      false,
    ])
  }
})

test('S1 an old device left signed in is closed when the account says that it is, and not by the act alone', () => {
  const drawn = draw(
    told('property', 1, { old: ['t2', 't3'] }),
    told('google-account', 2),
    told('mailbox', 3),
  )
  for (const account of ['t2', 't3']) {
    expect([...reachedOn(drawn)]).toContain(account)
    expect([...reachedOn(drawn, [`sign-out-others:${account}`])]).toContain(account)
    const seen = [`sign-out-others:${account}`, `see-signed-out:${account}`]
    expect([...reachedOn(drawn, seen)]).not.toContain(account)
  }
})

test('S1 a number whose SIM is said to be in no device on the map is not called safe', () => {
  const verdictWith = (sim: readonly string[]) => {
    const number = { ...told('number', 1, { sim }), channels: ['c1'] }
    const verdict = judgeFirst([number, told('phone', 2), told('wearable', 3)])
    return verdict?.verdict
  }
  expect(verdictWith(['t2'])).toBe('not-observable')
  // An account of a watch, as older maps may name it, is nothing in which a number rings.
  expect(verdictWith(['t3'])).toBe('unknown')
})

test('a password that a child’s device keeps is read there by whoever unlocks it', () => {
  const drawn = draw(
    told('child-device', 1, { hands: 'yes', passcode: 'yes' }),
    told('mailbox', 2, { alone: 'yes', kept: ['t1'] }),
  )
  expect(entries.get('mailbox')?.questions.find(each => each.id === 'kept')).toMatchObject({
    of: expect.arrayContaining(['child-device']),
  })
  expect([...reachedOn(drawn)]).toContain('t2')
})

test('S9 where the codes come to the suspected person’s own number, another second step comes before whatever ends the client’s session', async () => {
  const drawn = draw(
    told('number', 1, { theirs: 'yes' }),
    told('phone', 2),
    told('social-account', 3, {
      password: 'yes',
      'signed-in': 'yes',
      codes: ['t1'],
      devices: ['t2'],
    }),
  )
  const opens = (...taken: readonly string[]) =>
    findReach(drawn.map, 'possible', { agent: 'client', taken }).some(each => each.node === 't3')
  expect([opens(), opens('change-password:t3'), opens('sign-out-others:t3')]).toEqual([true, false, false])
  expect([opens('close-on:t3.t2'), opens('replace-it:t2')]).toEqual([false, false])
  expect([...reachedOn(drawn)]).toContain('t3.second-step')
  const wishes = { take: ['change-password:t3'] }
  const { ok, order } = await planLockOutInOrder(drawn.map, solver, { limit: 20_000, wishes })
  expect(ok).toBe(true)
  isBefore(order, 'two-step:t3', 'change-password:t3')
  isBefore(order, 'two-step:t3', 'sign-out-others:t3')
  for (const [index] of order.entries())
    expect(opens(...order.slice(0, index + 1)), `after ${String(index + 1)} steps`).toBe(true)
})

test('S9 an account into which the client cannot get without the suspected person is had back from its maker first', async () => {
  const drawn = draw(
    told('number', 1, { theirs: 'yes' }),
    told('social-account', 2, { password: 'yes', 'signed-in': 'yes', codes: ['t1'] }),
  )
  expect(findReach(drawn.map, 'possible', { agent: 'client' }).map(each => each.node)).not.toContain('t2')
  const order = await planFor(drawn)
  isBefore(order, 'regain:t2.t1', 'two-step:t2')
  isBefore(order, 'two-step:t2', 'sign-out-others:t2')
  expect(drawn.map.steps.find(each => each.id === 'regain:t2.t1')?.alerts).toBe(true)
})

test('S9 where the codes come is read as any other place: a code that comes there unasked is noticed', () => {
  const alerts = ({ map }: ReturnType<typeof draw>, id: string) =>
    map.steps.find(each => each.id === id)?.alerts
  const steps = ['two-step:t2', 'change-password:t2', 'regain:t2.t1']
  // Netflix: a source says whom a new password tells, and it is nobody but who is signed in.
  for (const entry of ['mailbox', 'google-account', 'netflix'] as const) {
    const theirs = draw(told('number', 1, { theirs: 'yes' }), told(entry, 2, { codes: ['t1'] }))
    const own = draw(told('number', 1), told(entry, 2, { codes: ['t1'] }))
    expect([entry, ...steps.map(id => alerts(theirs, id))]).toEqual([entry, true, true, true])
    expect([entry, ...steps.map(id => alerts(own, id))]).toEqual([entry, false, false, false])
  }
})

test('S1 each place to which a code comes is a path for those who read there, and is closed when it was seen that none comes there', () => {
  for (const [place, said] of [
    ['number', { diverted: 'yes' }],
    ['mailbox', { 'signed-in': 'yes' }],
    ['phone', { watched: 'yes' }],
    ['tablet', { hands: 'yes', passcode: 'yes' }],
    ['computer', { watched: 'yes' }],
    ['child-device', { hands: 'yes', passcode: 'yes' }],
    ['password-manager', { 'signed-in': 'yes' }],
    ['messaging', { 'signed-in': 'yes' }],
    ['apple-account', { 'signed-in': 'yes' }],
    ['google-account', { forwarded: 'yes' }],
  ] as const) {
    const drawn = draw(told(place, 1, said), told('bank', 2, { password: 'yes', codes: ['t1'] }))
    const isIn = (...taken: readonly string[]) => reachedOn(drawn, taken).has('t2')
    expect([place, isIn(), isIn('two-step:t2'), isIn('two-step:t2', 'see-codes:t2')]).toEqual([
      place,
      true,
      true,
      false,
    ])
    expect([
      ...reachedOn(draw(told(place, 1), told('bank', 2, { password: 'yes', codes: ['t1'] }))),
    ]).not.toContain('t2')
  }
})

test('S9 while nobody knows where the codes come, the client is told that a new password may shut them out', async () => {
  const keptByGuess = async (codes: BeliefAnswer) => {
    const { map } = draw(told('mailbox', 1, { 'signed-in': 'yes', password: 'yes', alone: 'yes', codes }))
    return (await planLockOutInOrder(map, solver, { limit: 20_000 })).keptByGuess
  }
  expect([await keptByGuess('no'), await keptByGuess('unknown')]).toEqual([[], ['t1']])
})

test('the accounts of Microsoft and of Samsung keep passwords, as nobody has read that they do not', () => {
  for (const keeper of ['microsoft-account', 'samsung-account', 'google-account', 'apple-account']) {
    const drawn = draw(
      told(keeper, 1, { 'signed-in': 'yes' }),
      told('bank', 2, { alone: 'yes', kept: ['t1'] }),
    )
    expect([...reachedOn(drawn)], keeper).toContain('t2')
  }
})

test('S1 a child’s tablet that goes to and fro is closed by no new code: the client’s accounts come off it, and where it is stays open', async () => {
  const asked = (goes: BeliefAnswer) =>
    draw(
      told('child-device', 1, { 'to-and-fro': goes }),
      told('social-account', 2, { devices: ['t1'] }),
      told('family-group', 3, { devices: ['t1'] }),
      told('bank', 4, { alone: 'yes', kept: ['t1'] }),
    )
  expect([...reachedOn(asked('no'))].filter(node => node.startsWith('info:'))).toEqual([])
  for (const goes of ['yes', 'probably', 'unknown'] as const) {
    const drawn = asked(goes)
    const codes = ['change-passcode:t1', 'clean-it:t1', 'see-clean:t1']
    for (const taken of [[], codes, ['replace-it:t1']])
      for (const node of ['t1', 't2', 't3', 't4', 'info:location'])
        expect([...reachedOn(drawn, taken)], `${goes} ${taken.join(' ')}`).toContain(node)
    const plan = await planLockOutInOrder(drawn.map, solver, { limit: 20_000 })
    expect([plan.ok, plan.stillReached.map(each => each.node)]).toEqual([true, ['info:on-t1']])
    for (const step of ['close-on:t2.t1', 'clear-it:t1', 'see-cleared:t1', 'keep-away:t1'])
      expect(plan.order).toContain(step)
    for (const step of ['change-passcode:t1', 'replace-it:t1']) expect(plan.order).not.toContain(step)
    const after = [...reachedOn(drawn, plan.order)]
    for (const node of ['t2', 't3', 't4', 'info:location']) expect(after).not.toContain(node)
    expect(after).toContain('t1')
  }
})

test('S9 nothing is taken off a child’s device unnoticed while it goes to and fro', () => {
  const { map } = draw(
    told('child-device', 1, { 'to-and-fro': 'unknown' }),
    told('mailbox', 2, { devices: ['t1'] }),
  )
  for (const id of ['close-on:t2.t1', 'clear-it:t1', 'keep-away:t1'])
    expect([id, map.steps.find(each => each.id === id)?.alerts]).toEqual([id, true])
})

test('S1 a device that was linked while they had the client’s phone open goes on after a new code, and is unlinked only once the phone is shut', async () => {
  for (const entry of ['whatsapp', 'signal', 'telegram', 'messages-web', 'messaging'] as const) {
    const drawn = draw(
      told('phone', 1, { hands: 'yes', passcode: 'yes' }),
      told(entry, 2, { devices: ['t1'] }),
    )
    const isOpen = (...taken: readonly string[]) => reachedOn(drawn, taken).has('t2')
    const unlinked = ['sign-out-others:t2', 'see-signed-out:t2']
    expect([entry, isOpen(), isOpen('change-passcode:t1'), isOpen(...unlinked)]).toEqual([
      entry,
      true,
      true,
      true,
    ])
    expect([entry, isOpen('change-passcode:t1', ...unlinked)]).toEqual([entry, false])
    const order = await planFor(drawn)
    isBefore(order, 'change-passcode:t1', 'sign-out-others:t2')
    const shut = draw(
      told('phone', 1, { hands: 'yes' }),
      told(entry, 2, { devices: ['t1'], 'signed-in': 'no' }),
    )
    expect([entry, reachedOn(shut).has('t2')]).toEqual([entry, false])
    const unasked = draw(told('phone', 1), told(entry, 2, { devices: ['t1'], 'signed-in': 'unknown' }))
    expect([entry, reachedOn(unasked).has('t2')]).toEqual([entry, true])
  }
})

test('S1 a device that was replaced shows what it showed until it is seen that nothing of the client’s is left on it', async () => {
  const drawn = draw(
    told('phone', 1, { watched: 'yes', hands: 'yes', passcode: 'yes' }),
    told('mailbox', 2, { devices: ['t1'], codes: ['t3'] }),
    told('number', 3, { sim: ['t1'] }),
  )
  const parts = ['t2.content', 't2', 't3', 'info:location']
  const open = (...taken: readonly string[]) => parts.filter(node => reachedOn(drawn, taken).has(node))
  expect(open('replace-it:t1')).toEqual(parts)
  expect(open('replace-it:t1', 'see-put-away:t1', 'sim-pin:t3', 'hide-on:t2.t1')).toEqual([])
  const wishes = { leave: ['clean-it:t1'] }
  const plan = await planLockOutInOrder(drawn.map, solver, { limit: 20_000, wishes })
  expect(plan.ok).toBe(true)
  isBefore(plan.order, 'replace-it:t1', 'see-put-away:t1')
  expect(reachedOn(drawn, plan.order).has('t2.content')).toBe(false)
})

test('S1 what arrives on a phone may be read in the account that backs it up, until that account is shut', () => {
  for (const entry of [
    'apple-account',
    'google-account',
    'samsung-account',
    'microsoft-account',
    'cloud-storage',
  ]) {
    const things = [
      told(entry, 1, { 'signed-in': 'yes', devices: ['t2'] }),
      told('phone', 2),
      { ...told('number', 3, { sim: ['t2'] }), channels: ['c1'] },
      told('whatsapp', 4, { devices: ['t2'], recovery: ['t3'] }),
    ]
    const drawn = draw(...things)
    for (const node of ['t3', 't4']) {
      expect([entry, node, reachedOn(drawn).has(node)]).toEqual([entry, node, true])
      const shut = ['sign-out-others:t1', 'see-signed-out:t1']
      expect([entry, node, reachedOn(drawn, shut).has(node)]).toEqual([entry, node, false])
    }
    expect([entry, reachedOn(drawn).has('t2')]).toEqual([entry, false])
    const verdict = judgeFirst(things)
    expect([entry, verdict?.verdict]).toEqual([entry, 'unknown'])
  }
})

test('S1 whoever reads the mailbox to which a number’s bills go sees whom the client calls, whatever is so of the number itself', async () => {
  for (const entry of ['number', 'ee', 'o2', 'three', 'vodafone']) {
    const drawn = draw(
      told('mailbox', 1, { 'signed-in': 'yes' }),
      told(entry, 2, { bills: ['t1'], sim: ['t3'] }),
      told('phone', 3),
    )
    const levels = new Map(findReach(drawn.map, 'possible').map(each => [each.node, each.belief]))
    expect([entry, levels.get('t2.bill'), levels.get('t2')]).toEqual([entry, 'known', 'possible'])
    const isOpen = (...taken: readonly string[]) =>
      ['t2', 't2.bill'].some(node => reachedOn(drawn, taken).has(node))
    expect([entry, isOpen('change-bills:t2'), isOpen('change-bills:t2', 'see-bills:t2')]).toEqual([
      entry,
      true,
      false,
    ])
    expect([entry, isOpen('sign-out-others:t1', 'see-signed-out:t1')]).toEqual([entry, false])
  }
})

test('the log-in to a thing is read where it is kept, as the password of an account is: a manager, a draft, a message', async () => {
  for (const [place, said] of [
    ['password-manager', { 'signed-in': 'yes' }],
    ['mailbox', { 'signed-in': 'yes' }],
    ['whatsapp', { 'signed-in': 'yes' }],
    ['cloud-storage', { 'signed-in': 'yes' }],
    ['notebook', { reads: 'yes' }],
  ] as const) {
    const drawn = draw(
      told(place, 1, said),
      told('ring', 2, { kept: ['t1'] }),
      told('bank', 3, { alone: 'yes', kept: ['t1'] }),
    )
    for (const node of ['t2', 't3'])
      expect([place, node, reachedOn(drawn).has(node)]).toEqual([place, node, true])
    // While the place is open, a new log-in that is written there too is read there.
    expect([place, reachedOn(drawn, ['change-login:t2']).has('t2')]).toEqual([place, true])
    expect([place, reachedOn(drawn, ['change-login:t2', 'keep-apart:t2']).has('t2')]).toEqual([place, false])
    const order = await planFor(drawn)
    expect([place, order.includes('change-login:t2'), order.includes('change-password:t3')]).toEqual([
      place,
      true,
      true,
    ])
    expect(reachedOn(drawn, order).has('t2')).toBe(false)
  }
})

test('S1 somebody in the household of an account sees it without its password, and taking them out is seen to have worked', async () => {
  for (const entry of ['deliveries', 'streaming', 'wearable']) {
    const drawn = draw(told(entry, 1, { household: 'yes' }))
    const sees = (...taken: readonly string[]) =>
      ['t1', 't1.content'].map(node => reachedOn(drawn, taken).has(node))
    expect([entry, sees()]).toEqual([entry, [false, true]])
    const password = ['change-password:t1', 'sign-out-others:t1', 'see-signed-out:t1']
    expect([entry, sees(...password)]).toEqual([entry, [false, true]])
    isBefore(await planFor(drawn), 'leave-household:t1', 'see-leave-household:t1')
  }
})

test('S1 what anybody is shown is closed when somebody has looked as one who is no follower', () => {
  const drawn = draw(told('tiktok', 1, { public: 'yes' }))
  const shows = (...taken: readonly string[]) => reachedOn(drawn, taken).has('info:pictures')
  expect([shows(), shows('prune-followers:t1'), shows('prune-followers:t1', 'see-followers:t1')]).toEqual([
    true,
    true,
    false,
  ])
})

test('S1 a telephone that they do not reach is said to be overheard where something in the room hears for them', () => {
  const whyWith = (thing: Thing) => {
    const phone = { ...told('phone', 1), channels: ['c1'] }
    const verdict = judgeFirst([phone, thing])
    expect(verdict?.verdict).toBe('not-observable')
    return verdict?.why ?? ''
  }
  for (const [entry, said] of [
    ['alexa', { shared: 'yes' }],
    ['ring', { owner: 'unknown' }],
    ['hidden-microphone', { found: 'probably' }],
    ['child-device', { 'to-and-fro': 'yes' }],
  ] as const) {
    expect(whyWith(told(entry, 2, said)), entry).toContain(`heard where these are: ${entry} 2`)
    expect(whyWith(told(entry, 2)), entry).not.toContain('aloud')
  }
  // A voice message is nothing that hears a room.
  expect(whyWith(told('signal', 2, { 'signed-in': 'yes' }))).not.toContain('aloud')
})

test('S1 where no code comes anywhere a known password lets them in, whatever was said of the password alone', async () => {
  for (const entry of ['mailbox', 'google-account', 'social-account', 'bank']) {
    const drawn = draw(told(entry, 1, { password: 'yes', alone: 'no', devices: ['t2'] }), told('phone', 2))
    expect([entry, reachedOn(drawn).has('t1')]).toEqual([entry, true])
    expect(await planFor(drawn)).toContain('change-password:t1')
    const coded = draw(told(entry, 1, { password: 'yes', alone: 'no', codes: ['t2'] }), told('phone', 2))
    expect([entry, reachedOn(coded).has('t1')]).toEqual([entry, false])
  }
})

test('S1 a telephone is not safe while what arrives on it is read in the account that backs it up', () => {
  const verdictWith = (account: Told) => {
    const phone = { ...told('iphone', 1), channels: ['c1'] }
    const things = [phone, told('apple-account', 2, { ...account, devices: ['t1'] })]
    const verdict = judgeFirst(things)
    return verdict?.verdict
  }
  expect(verdictWith({ 'signed-in': 'yes' })).toBe('unknown')
  expect(verdictWith({})).toBe('not-observable')
})
