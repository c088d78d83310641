import { readdir, readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContactWorld, goodWorld, idOf, openContactWorld } from '../../../test/support/contact-world.ts'
import { asOwner } from '../../../test/support/test-clinic.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { makeContactJobs } from '../../contact/jobs.ts'
import { listChannels } from '../../contact/operations/list-channels.ts'
import { markChannel } from '../../contact/operations/mark-channel.ts'
import { sendMessage } from '../../contact/operations/send-message.ts'
import type { CalendarDay } from '../../foundation/calendar-day.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import type { BeliefAnswer, Inventory, InventoryStatement } from '../inventory/inventory.ts'
import type { InventoryChange } from '../inventory/inventory-change.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import type { LockOutChange } from '../lock-out/lock-out-change.ts'
import { changeInventory } from './change-inventory.ts'
import { changeLockOut } from './change-lock-out.ts'
import { drawUpCase } from './draw-up-case.ts'
import { loadInventory } from './load-inventory.ts'
import { planLockOutFor } from './plan-lock-out.ts'
import { updateVerdictsBeforeSending } from './update-verdicts-before-sending.ts'

const { entries } = await loadCatalogue()
let contact: ContactWorld
beforeAll(async () => {
  contact = await openContactWorld()
})
afterAll(() => contact.close())

async function onMap<Result>(
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const { clinic, world } = contact
  const access = { caseId, part: 'map', mode: 'write' } as const
  const done = await withCase(clinic.database, world.as('cyber-adviser'), access, async transaction => ({
    done: await work(transaction),
  }))
  if (!done) throw new Error('the case is not in sight')
  return done.done
}

const change = (caseId: CaseId, what: InventoryChange) =>
  onMap(caseId, transaction =>
    changeInventory(contact.clinic, transaction, contact.world.people['cyber-adviser'], caseId, what, null),
  )
const answer = (caseId: CaseId, thingId: string, said: Readonly<Record<string, InventoryStatement>>) =>
  change(caseId, { kind: 'answer', thingId, seen: 9_999, label: thingId, note: '', basis: 'told', said })
const say = (belief: BeliefAnswer, things: string[] = []): InventoryStatement => ({ belief, things })
const inventoryOf = async (caseId: CaseId): Promise<Inventory> =>
  (await onMap(caseId, transaction => loadInventory(contact.clinic, transaction, caseId))).inventory
const verdictOf = (caseId: CaseId) =>
  contact.onContact(
    caseId,
    async transaction =>
      (await listChannels(contact.clinic, transaction, caseId)).channels[0]?.verdict ?? null,
  )
async function tie(caseId: CaseId, through: readonly string[]) {
  const { things } = await inventoryOf(caseId)
  const seen = things.filter(each => each.channels.includes('c1')).map(each => each.thingId)
  return change(caseId, { kind: 'tie', channelId: 'c1', through, seen })
}

const nothing = { password: say('no'), 'signed-in': say('no'), forwarded: say('no') }
const noTies = {
  theirs: say('no'),
  alone: say('yes'),
  codes: say('no'),
  kept: say('no'),
  recovery: say('no'),
  devices: say('yes', ['t2']),
}

/**
 * A mailbox that nobody else reaches (t1), read on a phone that nobody else has (t2). The client's address goes through
 * the mailbox.
 */
async function newCase() {
  const made = await contact.newCase({ ...goodWorld, verdict: null })
  const kinds = [...entries.values()].filter(each => each.id === 'mailbox' || each.id === 'phone')
  await change(made.caseId, { kind: 'add', entries: kinds })
  await answer(made.caseId, 't1', { ...nothing, ...noTies })
  await answer(made.caseId, 't2', {
    hands: say('no'),
    passcode: say('no'),
    watched: say('no'),
    managed: say('no'),
  })
  await tie(made.caseId, ['t1'])
  return made
}

test('S1 a channel that an answer makes observable stops what waits in the same transaction, with its path and a task', async () => {
  const { caseId, address } = await newCase()
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'not-observable' })
  const messageId = idOf(await contact.ask(caseId))
  await answer(caseId, 't1', { forwarded: say('probably') })
  expect(await contact.statesOf(caseId)).toEqual([{ state: 'stopped', because: 'observable' }])
  await sendMessage(contact.clinic, caseId, messageId)
  expect(contact.left(address)).toBe(0)
  expect([...(await contact.tasksOf(caseId))].sort()).toEqual(['channel-observable', 'reminder-not-sent'])
  const said = await verdictOf(caseId)
  expect(said).toMatchObject({ verdict: 'observable', basis: 'map' })
  expect(said?.why).toMatch(
    /^It is suspected that they see what is said on it\. .*and so reaches what is in t1\.$/,
  )
  // The same said again, by another path, is no new task. No person can say otherwise.
  await answer(caseId, 't1', { password: say('yes') })
  expect((await contact.tasksOf(caseId)).length).toBe(2)
  expect(await contact.mark(caseId, 'not-observable')).toEqual({
    allowed: false,
    because: 'the-map-says-observable',
  })
  // Somebody who finds the map wrong changes it, and the verdict is calculated again.
  await answer(caseId, 't1', nothing)
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'not-observable' })
  await sendMessage(contact.clinic, caseId, idOf(await contact.ask(caseId, 'a2')))
  expect(contact.left(address)).toBe(1)
})

test('S1 once the program has other rules, a channel is not shown as safe until the map was calculated by them', async () => {
  const { caseId } = await newCase()
  const later = { ...contact.clinic, mapRules: async () => 'other rules' }
  const shown = () =>
    contact.onContact(
      caseId,
      async transaction => (await listChannels(later, transaction, caseId)).channels[0],
    )
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'not-observable', basis: 'map' })
  expect(await shown()).toMatchObject({
    verdict: { verdict: 'unknown', isOld: true, lapse: 'other-rules' },
    because: 'not-known-whether-observable',
  })
  // Whoever saves what it goes through, as it is, has it calculated; and so does the program before it sends.
  const { things } = await inventoryOf(caseId)
  const through = things.filter(each => each.channels.includes('c1')).map(each => each.thingId)
  const same = { kind: 'tie', channelId: 'c1', through, seen: through } as const
  const adviser = contact.world.people['cyber-adviser']
  const again = await onMap(caseId, transaction =>
    changeInventory(later, transaction, adviser, caseId, same, null),
  )
  expect(again).toEqual({ allowed: false, because: 'nothing-changed' })
  expect(await shown()).toMatchObject({ verdict: { verdict: 'not-observable', basis: 'map', isOld: false } })
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'unknown', lapse: 'other-rules' })
  await updateVerdictsBeforeSending(contact.clinic, caseId)
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'not-observable', isOld: false })
})

test('S1 what the map knows nothing of is silence: nothing asked, a thing that is gone, a tie that was taken back', async () => {
  const { caseId } = await newCase()
  const check = async (why: RegExp) => {
    const said = await verdictOf(caseId)
    expect(said?.verdict).toBe('unknown')
    expect(said?.why).toMatch(why)
    expect(await contact.mark(caseId, 'not-observable')).toEqual({ allowed: true })
    expect(await contact.ask(caseId)).toEqual({ kind: 'refused', because: 'not-known-whether-observable' })
  }
  await answer(caseId, 't1', { forwarded: say('unknown') })
  await check(/^It is not known, and so taken as possible, /)
  await answer(caseId, 't1', nothing)
  await change(caseId, { kind: 'gone', thingId: 't1', isGone: true })
  await check(/which the client no longer has/)
  await change(caseId, { kind: 'gone', thingId: 't1', isGone: false })
  await tie(caseId, [])
  await check(/not tied to anything/)
  await tie(caseId, ['t1', 't2'])
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'not-observable' })
  await answer(caseId, 't2', { watched: say('unknown') })
  await check(/^It is not known/)
  expect(await change(caseId, { kind: 'tie', channelId: 'c1', through: ['t1'], seen: ['t1'] })).toEqual({
    allowed: false,
    because: 'changed-meanwhile',
  })
})

test('S1 answers that nobody went through for ninety days are not known any more, whatever a person says, until somebody goes through them again', async () => {
  const { caseId, address } = await newCase()
  const begun = contact.world.clock.now().getTime()
  const after = (days: number) =>
    contact.world.clock.moveTo(new Date(begun + days * 24 * 60 * 60 * 1000).toISOString())
  after(60)
  // Looking at another thing, or tying again, is not going through these answers.
  await answer(caseId, 't2', {})
  await tie(caseId, ['t1', 't2'])
  await tie(caseId, ['t1'])
  after(91)
  await contact.mark(caseId, 'not-observable')
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'unknown', isOld: true })
  expect(await contact.ask(caseId)).toEqual({ kind: 'refused', because: 'not-known-whether-observable' })
  await answer(caseId, 't2', {})
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'unknown', isOld: false })
  await answer(caseId, 't1', {})
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'not-observable' })
  await sendMessage(contact.clinic, caseId, idOf(await contact.ask(caseId, 'a2')))
  expect(contact.left(address)).toBe(1)
  contact.world.clock.moveTo(new Date(begun).toISOString())
})

test('S1 somebody who sees the map and not the contact still stops what waits, and sees no more of it; somebody who sees no map changes nothing', async () => {
  const { clinic, world } = contact
  const { caseId, address } = await newCase()
  const messageId = idOf(await contact.ask(caseId))
  await asOwner(world.ownerUrl, client =>
    client.query(
      `update unwatched.consent set parts = array_remove(parts, 'contact') where case_id = $1 and agency_id = $2`,
      [caseId, world.agencies.cyber],
    ),
  )
  const access = { caseId, part: 'contact', mode: 'read' } as const
  expect(await withCase(clinic.database, world.as('cyber-adviser'), access, async () => 1)).toBe(null)
  await answer(caseId, 't1', { password: say('yes') })
  await sendMessage(clinic, caseId, messageId)
  expect(await contact.statesOf(caseId)).toEqual([{ state: 'stopped', because: 'observable' }])
  expect(contact.left(address)).toBe(0)
  expect(await contact.ask(caseId)).toEqual({ kind: 'refused', because: 'observable' })
  await expect(
    contact.onContact(caseId, transaction =>
      markChannel(clinic, transaction, caseId, {
        channelId: 'c1',
        verdict: 'not-observable',
        why: 'A path.',
        fromMap: true,
      }),
    ),
  ).rejects.toThrow(/row-level security/)
  await asOwner(world.ownerUrl, client =>
    client.query(
      `update unwatched.consent set parts = array_remove(parts, 'map') where case_id = $1 and agency_id = $2`,
      [caseId, world.agencies.lead],
    ),
  )
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'observable', why: null })
})

test('S1 a step of the lock-out plan counts once it is done, and a reaction that undid it stops what waits', async () => {
  const { clinic, world } = contact
  const { caseId, address } = await newCase()
  await answer(caseId, 't1', { password: say('yes') })
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'observable' })
  const by = { personId: world.people['cyber-adviser'], name: 'Test cyber-adviser' }
  const drawn = () => onMap(caseId, transaction => drawUpCase(clinic, transaction, caseId))
  const lockOut = async (made: (kept: Awaited<ReturnType<typeof drawn>>) => LockOutChange) => {
    const kept = await drawn()
    return onMap(caseId, transaction => changeLockOut(clinic, transaction, by, caseId, made(kept), null))
  }
  const { order } = (await planLockOutFor({}, (await drawn()).map, [])).answer
  expect(order.length).toBeGreaterThan(0)
  const hour = new Date(world.clock.now().getTime() - 60_000).toISOString()
  await lockOut(({ revision }) => ({ kind: 'choose', seen: revision, order, mode: 'quiet', hour, never: [] }))
  const cards = order.map(step => async () => {
    const card = (await drawn()).lockOut?.cards.find(each => each.step === step)
    if (!card) throw new Error(`no card for ${step}`)
    return card.cardId
  })
  for (const cardOf of cards) {
    const cardId = await cardOf()
    await lockOut(({ revision }) => ({
      kind: 'keep',
      seen: revision,
      cardId,
      how: 'nothing-to-keep',
      where: '',
    }))
    const on = world.clock.now().toISOString().slice(0, 10) as CalendarDay
    const done = await lockOut(({ revision }) => ({ kind: 'mark', seen: revision, cardId, to: 'done', on }))
    expect(done.allowed).toBe(true)
  }
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'not-observable' })
  const messageId = idOf(await contact.ask(caseId))
  for (const cardOf of cards.reverse()) {
    const cardId = await cardOf()
    const what = 'They were back in it the next day.'
    await lockOut(({ revision }) => ({
      kind: 'reacted',
      seen: revision,
      cardId,
      what,
      undid: true,
      again: null,
    }))
  }
  expect(await contact.statesOf(caseId)).toEqual([{ state: 'stopped', because: 'observable' }])
  await sendMessage(clinic, caseId, messageId)
  expect(contact.left(address)).toBe(0)
})

test('S1 at the moment of sending the map is calculated again, so that what an older catalogue called safe is not believed', async () => {
  const { clinic, world } = contact
  const { caseId, address } = await newCase()
  await answer(caseId, 't1', { forwarded: say('yes') })
  // As if the verdict on the mailbox had last been calculated by a catalogue that did not ask about forwarding.
  const asIfCalculated = (byRules: string | null) =>
    asOwner(world.ownerUrl, client =>
      client.query(
        `insert into unwatched.channel_verdict (clinic_id, case_id, channel_id, verdict, from_map, at, by_person,
         counts_until, by_rules, carried_by, sealed)
       select clinic_id, case_id, channel_id, verdict, from_map, at, by_person, counts_until, $2, carried_by, sealed
       from unwatched.channel_verdict where case_id = $1 and from_map and verdict = 'not-observable'
       order by verdict_id limit 1`,
        [caseId, byRules],
      ),
    )
  for (const byRules of [null, 'others']) {
    await asIfCalculated(byRules)
    expect(await contact.ask(caseId)).toEqual({ kind: 'refused', because: 'not-known-whether-observable' })
  }
  // Even what bears the name of these rules is calculated again before it leaves.
  await asIfCalculated('')
  const messageId = idOf(await contact.ask(caseId))
  const [job] = makeContactJobs(updateVerdictsBeforeSending)
  await job?.work(clinic, { caseId, messageId })
  const asked = (await contact.statesOf(caseId)).filter(({ state }) => state !== 'refused')
  expect(asked).toEqual([{ state: 'stopped', because: 'observable' }])
  expect(contact.left(address)).toBe(0)
  expect(await verdictOf(caseId)).toMatchObject({ verdict: 'observable', basis: 'map' })
  const safe = await newCase()
  const sent = idOf(await contact.ask(safe.caseId))
  await job?.work(clinic, { caseId: safe.caseId, messageId: sent })
  expect(contact.left(safe.address)).toBe(1)
})

test('S1 every operation that writes a state of the map or of the lock-out plan ends with what it means for the channels', async () => {
  const folder = new URL('../../', import.meta.url)
  const all = await readdir(folder, { recursive: true })
  const names = all.filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const texts = await Promise.all(
    names.map(async name => [name, await readFile(new URL(name, folder), 'utf8')] as const),
  )
  const writing = texts.filter(([, text]) => /\b(inventory|lockOut)Revisions\.add\(/.test(text))
  expect(writing.map(([name]) => name).sort()).toEqual([
    'access-map/operations/change-inventory.ts',
    'access-map/operations/change-lock-out.ts',
  ])
  for (const [name, text] of writing)
    expect(text.indexOf('await updateChannelVerdicts('), name).toBeGreaterThan(
      text.search(/\b(inventory|lockOut)Revisions\.add\(/),
    )
})

type Act =
  | {
      readonly kind: 'answer'
      readonly thing: 't1' | 't2'
      readonly question: string
      readonly belief: BeliefAnswer
    }
  | { readonly kind: 'gone'; readonly thing: 't1' | 't2'; readonly isGone: boolean }
  | { readonly kind: 'tie'; readonly through: readonly string[] }
  | { readonly kind: 'say'; readonly verdict: 'observable' | 'not-observable' }

/** Judged by a closure that shares nothing with the engine: whether anything may pass by the map as it stands. */
function isSafeByMap(inventory: Inventory): boolean {
  const tied = inventory.things.filter(each => each.channels.includes('c1'))
  const ofSuspect = makeNaiveClosure(drawUpMap(inventory, entries).map, 'possible')('suspect', new Set())
  const carriers = { t1: ['t1', 't1.content'], t2: ['t2', 't2.reports'] }
  return (
    tied.length > 0 &&
    tied.every(
      each => !each.isGone && carriers[each.thingId as 't1' | 't2'].every(node => !ofSuspect.has(node)),
    )
  )
}

test('S1 through generated changes of the map and of what people say, raced with sending, nothing passes once the map says no', async () => {
  const belief = fc.constantFrom<BeliefAnswer>('no', 'no', 'no', 'unknown', 'probably', 'yes')
  const act: fc.Arbitrary<Act> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('answer' as const),
        thing: fc.constant('t1' as const),
        question: fc.constantFrom('password', 'forwarded'),
        belief,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('answer' as const),
        thing: fc.constant('t2' as const),
        question: fc.constantFrom('watched', 'hands'),
        belief,
      }),
    },
    fc.record({
      kind: fc.constant('gone' as const),
      thing: fc.constantFrom('t1' as const, 't2' as const),
      isGone: fc.boolean(),
    }),
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('tie' as const), through: fc.subarray(['t1', 't2']) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('say' as const),
        verdict: fc.constantFrom('observable' as const, 'not-observable' as const, 'not-observable' as const),
      }),
    },
  )
  const doAct = async (caseId: CaseId, told: Act): Promise<unknown> => {
    switch (told.kind) {
      case 'answer':
        return answer(caseId, told.thing, { [told.question]: say(told.belief) })
      case 'gone':
        return change(caseId, { kind: 'gone', thingId: told.thing, isGone: told.isGone })
      case 'tie':
        return tie(caseId, told.through)
      case 'say':
        return contact.mark(caseId, told.verdict)
    }
  }
  let passed = 0
  let silent = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 4 }), fc.boolean(), async (acts, isRaced) => {
      const { caseId, address } = await newCase()
      let saidByPeople = 'not-observable'
      for (const [index, told] of acts.entries()) {
        const reason = `${JSON.stringify(acts)}, ${index}, ${isRaced ? 'raced' : 'one after the other'}`
        // Where the contact gate allows it, something waits while the map changes. In a race it is on its way out.
        const asked = await contact.ask(caseId, `before ${index}`)
        const sending =
          isRaced && asked.kind === 'waiting'
            ? [asked, asked].map(({ messageId }) => sendMessage(contact.clinic, caseId, messageId))
            : []
        let leftAtChange = -1
        const changing = doAct(caseId, told).then(done => {
          leftAtChange = contact.left(address)
          return done
        })
        const [done] = await Promise.all([changing, ...sending.map(each => each.catch(() => {}))])
        if (told.kind === 'say' && (done as { allowed: boolean }).allowed) saidByPeople = told.verdict
        const isSafe = isSafeByMap(await inventoryOf(caseId)) && saidByPeople === 'not-observable'
        if (asked.kind === 'waiting') await sendMessage(contact.clinic, caseId, asked.messageId)
        const again = await contact.ask(caseId, `after ${index}`)
        if (again.kind === 'waiting') await sendMessage(contact.clinic, caseId, again.messageId)
        expect(again.kind, reason).toBe(isSafe ? 'waiting' : 'refused')
        if (isSafe) passed += 1
        else {
          silent += 1
          expect(contact.left(address), reason).toBe(leftAtChange)
        }
      }
    }),
    { numRuns: 10 },
  )
  expect(passed).toBeGreaterThan(3)
  expect(silent).toBeGreaterThan(3)
}, 180_000)
