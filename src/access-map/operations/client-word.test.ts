import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContactWorld, goodWorld, idOf, openContactWorld } from '../../../test/support/contact-world.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { makeContactJobs } from '../../contact/jobs.ts'
import { askToSend } from '../../contact/operations/ask-to-send.ts'
import { listChannels } from '../../contact/operations/list-channels.ts'
import { sendMessage } from '../../contact/operations/send-message.ts'
import { changeMessage, sealAboutAt } from '../../contact/store.ts'
import { type CaseId, type MessageId, makeId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import type { BeliefAnswer, Inventory, InventoryStatement } from '../inventory/inventory.ts'
import type { InventoryChange } from '../inventory/inventory-change.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { changeInventory } from './change-inventory.ts'
import { loadInventory } from './load-inventory.ts'
import { updateVerdictsBeforeSending } from './update-verdicts-before-sending.ts'

const { entries } = await loadCatalogue()
const begun = '2026-03-04T12:00:00Z'
const day = 24 * 60 * 60 * 1000
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
async function tie(caseId: CaseId, through: readonly string[]) {
  const { things } = await inventoryOf(caseId)
  const seen = things.filter(each => each.channels.includes('c1')).map(each => each.thingId)
  return change(caseId, { kind: 'tie', channelId: 'c1', through, seen })
}
const verdictOf = async (caseId: CaseId) => {
  const { channels } = await contact.onContact(caseId, each => listChannels(contact.clinic, each, caseId))
  return `${channels[0]?.verdict.verdict} ${channels[0]?.verdict.basis}`
}
const noTo = (kind: string) =>
  Object.fromEntries((entries.get(kind)?.questions ?? []).map(each => [each.id, say('no')]))
const add = (caseId: CaseId, ...kinds: readonly string[]) =>
  change(caseId, {
    kind: 'add',
    entries: kinds.map(kind => entries.get(kind)).filter(entry => entry !== undefined),
  })

/**
 * The client's mailbox (t1), which they read on their phone (t2), and another mailbox (t3). Everything else was asked and
 * answered no.
 */
async function newCase(isTied: boolean) {
  const made = await contact.newCase({ ...goodWorld, verdict: null })
  for (const kind of ['mailbox', 'phone', 'mailbox']) await add(made.caseId, kind)
  await answer(made.caseId, 't1', { ...noTo('mailbox'), alone: say('yes'), devices: say('yes', ['t2']) })
  await answer(made.caseId, 't2', noTo('phone'))
  await answer(made.caseId, 't3', { ...noTo('mailbox'), alone: say('yes') })
  if (isTied) await tie(made.caseId, ['t1'])
  return made
}

test('S1 in a case without a map nothing leaves unless the client says so, and not after the last day of what they said', async () => {
  const { caseId, address } = await contact.newCase({ ...goodWorld, verdict: null })
  expect(await verdictOf(caseId)).toBe('unknown nobody')
  expect(await contact.ask(caseId)).toEqual({ kind: 'refused', because: 'not-known-whether-observable' })
  expect(await contact.sayWord(caseId, 3)).toEqual({ allowed: true })
  expect(await verdictOf(caseId)).toBe('not-observable client')
  await sendMessage(contact.clinic, caseId, idOf(await contact.ask(caseId, 'a2')))
  expect(contact.left(address)).toBe(1)
  const waits = idOf(await contact.ask(caseId, 'a3', 20))
  contact.world.clock.moveTo(new Date(Date.parse(begun) + 4 * day).toISOString())
  expect(await verdictOf(caseId)).toBe('unknown client')
  await sendMessage(contact.clinic, caseId, waits)
  // What was asked first, and what would leave too late. The one between them left.
  const states = (await contact.statesOf(caseId)).map(each => `${each.state} ${each.because}`).sort()
  const silent = 'refused not-known-whether-observable'
  expect(states).toEqual([silent, silent, 'sent null'])
  expect(contact.left(address)).toBe(1)
  contact.world.clock.moveTo(begun)
})

test('S1 what the client says lifts an unanswered question, and ends when the map gives the suspected person more: they own the neighbouring account', async () => {
  const { caseId, address } = await newCase(false)
  await contact.sayWord(caseId)
  const messageId = idOf(await contact.ask(caseId))
  // One more "no", a better name, a step back: nothing the client did not know of.
  await answer(caseId, 't2', { watched: say('no') })
  expect(await verdictOf(caseId)).toBe('not-observable client')
  // The lost password of the client's mailbox goes to the other mailbox, and the suspected person knows its password.
  await answer(caseId, 't1', { recovery: say('yes', ['t3']) })
  expect(await verdictOf(caseId)).toBe('not-observable client')
  await answer(caseId, 't3', { password: say('probably') })
  expect(await verdictOf(caseId)).toBe('unknown nobody')
  expect(await contact.statesOf(caseId)).toEqual([
    { state: 'stopped', because: 'not-known-whether-observable' },
  ])
  expect([...(await contact.tasksOf(caseId))].sort()).toEqual(['ask-again', 'reminder-not-sent'])
  await sendMessage(contact.clinic, caseId, messageId)
  expect(contact.left(address)).toBe(0)
  // Once it is tied nothing gets round it: not the client's word, not untying, not the thing gone, until the map says
  // otherwise.
  await tie(caseId, ['t1'])
  for (const act of [
    async () => {},
    () => tie(caseId, []),
    () => tie(caseId, ['t1']),
    () => change(caseId, { kind: 'gone', thingId: 't1', isGone: true }),
    () => change(caseId, { kind: 'gone', thingId: 't3', isGone: true }),
  ]) {
    await act()
    expect(await verdictOf(caseId)).toBe('observable map')
    expect(await contact.sayWord(caseId)).toEqual({ allowed: false, because: 'observable' })
    expect(await contact.ask(caseId)).toEqual({ kind: 'refused', because: 'observable' })
  }
  await change(caseId, { kind: 'gone', thingId: 't1', isGone: false })
  await answer(caseId, 't1', { recovery: say('no') })
  expect(await verdictOf(caseId)).toBe('not-observable map')
})

test('S1 a mailbox that is read on a phone goes through the phone: somebody sits beside the client, or a program on it reports', async () => {
  const { caseId } = await newCase(true)
  expect(await verdictOf(caseId)).toBe('not-observable map')
  // Somebody reads it somewhere: that it is open on none of these is no answer.
  await answer(caseId, 't1', { devices: say('no') })
  expect(await verdictOf(caseId)).toBe('unknown map')
  await answer(caseId, 't1', { devices: say('yes', ['t2']) })
  expect(await verdictOf(caseId)).toBe('not-observable map')
  for (const [said, expected] of [
    [{ watched: say('yes') }, 'observable map'],
    [{ watched: say('unknown') }, 'unknown map'],
    [{ watched: say('no'), hands: say('yes'), passcode: say('probably') }, 'observable map'],
    [noTo('phone'), 'not-observable map'],
  ] as const) {
    await answer(caseId, 't2', said)
    expect(await verdictOf(caseId)).toBe(expected)
  }
  // As far as anybody knows, the phone that the client no longer has is still signed in.
  await change(caseId, { kind: 'gone', thingId: 't2', isGone: true })
  expect(await verdictOf(caseId)).toBe('unknown map')
})

test('S1 a number is not known while nobody said on which phone it rings, and neither is an account whose password may be kept where the suspected person reads', async () => {
  const { caseId } = await newCase(true)
  await add(caseId, 'number')
  await answer(caseId, 't4', noTo('number'))
  await tie(caseId, ['t4'])
  expect(await verdictOf(caseId)).toBe('unknown map')
  await tie(caseId, ['t4', 't2'])
  expect(await verdictOf(caseId)).toBe('not-observable map')
  await tie(caseId, ['t1'])
  await add(caseId, 'password-manager')
  await answer(caseId, 't1', { kept: say('unknown') })
  expect(await verdictOf(caseId)).toBe('unknown map')
  await answer(caseId, 't1', { kept: say('yes', ['t5']) })
  expect(await verdictOf(caseId)).toBe('unknown map')
  await answer(caseId, 't5', noTo('password-manager'))
  expect(await verdictOf(caseId)).toBe('not-observable map')
  await answer(caseId, 't5', { 'signed-in': say('yes') })
  expect(await verdictOf(caseId)).toBe('observable map')
})

test('S1 the reason of a silence is the real one, whether or not there is a mail server', async () => {
  const { caseId } = await newCase(false)
  const none: Clinic = { ...contact.clinic, mail: null }
  const ask = async (clinic: Clinic, about: string, on = caseId) => {
    return contact.onContact(on, transaction =>
      askToSend(clinic, transaction, on, {
        purpose: 'appointment-reminder',
        channelId: 'c1',
        about,
        aboutAt: new Date(contact.world.clock.now().getTime() + 8 * day),
      }),
    )
  }
  for (const clinic of [contact.clinic, none]) {
    const name = clinic === none ? 'none' : 'there'
    expect(await ask(clinic, `${name} 1`)).toEqual({
      kind: 'refused',
      because: 'not-known-whether-observable',
    })
    await contact.mark(caseId, 'observable')
    expect(await ask(clinic, `${name} 2`)).toEqual({ kind: 'refused', because: 'observable' })
    await contact.mark(caseId, 'not-observable')
  }
  await contact.sayWord(caseId)
  expect(await ask(none, 'none 3')).toEqual({ kind: 'refused', because: 'no-mail-here' })
  // What could not be sent at any hour does not wait for one.
  contact.world.clock.moveTo('2026-03-04T02:00:00Z')
  const { caseId: night, address } = await contact.newCase({ ...goodWorld, inHours: false })
  expect(await contact.ask(night)).toEqual({ kind: 'refused', because: 'outside-safe-hours' })
  expect((await contact.ask(night, 'a2', 8)).kind).toBe('waiting')
  expect(await ask(none, 'none 4', night)).toEqual({ kind: 'refused', because: 'no-mail-here' })
  expect(contact.left(address)).toBe(0)
  contact.world.clock.moveTo(begun)
})

test('S1 the database lets nothing wait for a channel that is not known to be safe, nor leave by it, whatever the program does', async () => {
  const { caseId } = await newCase(false)
  const insert = (state: string) =>
    contact.onContact(caseId, transaction => {
      const id = makeId<MessageId>(transaction.now)
      const aboutAt = sealAboutAt(transaction, id, new Date(transaction.now.getTime() + day))
      return sql`insert into unwatched.message (clinic_id, case_id, message_id, purpose, channel_id, about_sealed, about,
          asked_at, asked_by, state, changed_at)
        values (unwatched.clinic_now(), ${caseId}, ${id}, 'appointment-reminder', 'c1', ${aboutAt},
          ${`by hand ${state} ${Math.random()}`}, unwatched.time_now(), unwatched.person_now(), ${state},
          unwatched.time_now())`.execute(transaction.tables())
    })
  await expect(insert('waiting')).rejects.toThrow(/not known to be safe/)
  await insert('refused')
  await contact.sayWord(caseId)
  await insert('waiting')
  const messageId = idOf(await contact.ask(caseId))
  contact.world.clock.moveTo(new Date(Date.parse(begun) + 32 * day).toISOString())
  await expect(insert('waiting')).rejects.toThrow(/not known to be safe/)
  const actor = { kind: 'task', clinicId: contact.clinic.clinicId, task: 'job-send-message' } as const
  await expect(
    withCase(contact.clinic.database, actor, { caseId, part: 'contact', mode: 'write' }, transaction =>
      changeMessage(transaction, caseId, messageId, { state: 'sending', because: null, attempts: 1 }),
    ),
  ).rejects.toThrow(/not known to be safe/)
  contact.world.clock.moveTo(begun)
})

type Act =
  | {
      readonly kind: 'answer'
      readonly thing: string
      readonly question: string
      readonly said: InventoryStatement
    }
  | { readonly kind: 'gone'; readonly thing: string; readonly isGone: boolean }
  | { readonly kind: 'tie'; readonly through: readonly string[] }
  | { readonly kind: 'person'; readonly verdict: 'observable' | 'unknown' | 'not-observable' }
  | { readonly kind: 'client'; readonly days: number }
  | { readonly kind: 'add' }
  | { readonly kind: 'days' }

/**
 * Who is played: somebody who owns the account beside the client's, or who sits beside the client with the client's
 * phone.
 */
function actsOf(adversary: 'neighbouring account' | 'beside the client'): fc.Arbitrary<Act> {
  const belief = fc
    .constantFrom<BeliefAnswer>('no', 'no', 'unknown', 'probably', 'yes')
    .map(each => say(each))
  const named = (thing: string) => fc.constantFrom(say('no'), say('yes', [thing]))
  const answers = (
    thing: string,
    question: string,
    said: fc.Arbitrary<InventoryStatement>,
  ): fc.Arbitrary<Act> => said.map(each => ({ kind: 'answer', thing, question, said: each }))
  const ofSuspect =
    adversary === 'beside the client'
      ? [
          answers('t1', 'devices', named('t2')),
          answers('t2', 'watched', belief),
          answers('t2', 'hands', belief),
          answers('t2', 'passcode', belief),
        ]
      : [answers('t1', 'recovery', named('t3')), answers('t3', 'password', belief)]
  return fc.oneof(
    ...ofSuspect,
    answers('t1', 'forwarded', belief),
    fc.record({
      kind: fc.constant('gone' as const),
      thing: fc.constantFrom('t1', 't2'),
      isGone: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('tie' as const), through: fc.subarray(['t1', 't2']) }),
    fc.record({
      kind: fc.constant('person' as const),
      verdict: fc.constantFrom('observable' as const, 'unknown' as const, 'not-observable' as const),
    }),
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('client' as const), days: fc.constantFrom(0, 5, 30) }),
    },
    fc.constant<Act>({ kind: 'add' }),
    fc.constant<Act>({ kind: 'days' }),
  )
}

const levels = ['known', 'suspected', 'possible'] as const
const reachOf = (inventory: Inventory) =>
  levels.map(level => makeNaiveClosure(drawUpMap(inventory, entries).map, level)('suspect', new Set()))

/**
 * What the map says by the answers, judged by a closure that shares nothing with the engine, and a table of its own.
 */
function judge(
  inventory: Inventory,
  before: string | null,
): 'observable' | 'unknown' | 'not-observable' | null {
  const thing = (id: string) => inventory.things.find(each => each.thingId === id)
  const tied = inventory.things.filter(each => each.channels.includes('c1')).map(each => each.thingId)
  const isRead = tied.includes('t1') && thing('t1')?.answers['devices']?.told?.things.includes('t2')
  const through = [...new Set([...tied, ...(isRead ? ['t2'] : [])])]
  const nodes = through
    .filter(id => !thing(id)?.isGone)
    .flatMap(id => (id === 't2' ? ['t2', 't2.reports'] : [id, `${id}.content`]))
  const [, suspected, possible] = reachOf(inventory)
  if (nodes.some(node => suspected?.has(node))) return 'observable'
  if (through.length === 0 && before === null) return null
  if (through.length === 0 || through.some(id => thing(id)?.isGone))
    return before === 'observable' ? 'observable' : 'unknown'
  if (!through.includes('t2')) return 'unknown'
  return nodes.some(node => possible?.has(node)) ? 'unknown' : 'not-observable'
}

const grew = (before: Inventory, after: Inventory): boolean => {
  const was = reachOf(before)
  return reachOf(after).some((now, level) => [...now].some(node => !was[level]?.has(node)))
}

const played = async (adversary: 'neighbouring account' | 'beside the client') => {
  const count = { map: 0, client: 0, silent: 0 }
  const [job] = makeContactJobs(updateVerdictsBeforeSending)
  await fc.assert(
    fc.asyncProperty(
      fc.array(actsOf(adversary), { minLength: 4, maxLength: 8 }),
      fc.boolean(),
      fc.boolean(),
      async (acts, isTied, isRaced) => {
        contact.world.clock.moveTo(begun)
        const { caseId, address } = await newCase(isTied)
        let map: ReturnType<typeof judge> = isTied ? 'not-observable' : null
        let person: 'observable' | 'unknown' | 'not-observable' | null = null
        /**
         * The first day on which what the client said no longer counts, from the beginning; null when they say
         * nothing.
         */
        let until: number | null = null
        let today = 0
        for (const [index, act] of acts.entries()) {
          const reason = `${JSON.stringify(acts.slice(0, index + 1))}, ${isTied} ${isRaced}`
          const before = await inventoryOf(caseId)
          // Where the contact gate allows it, something waits while things change. In a race it is on its way out.
          const asked = await contact.ask(caseId, `before ${index}`, 60)
          const sending =
            isRaced && asked.kind === 'waiting'
              ? [asked, asked].map(each =>
                  sendMessage(contact.clinic, caseId, each.messageId).catch(() => {}),
                )
              : []
          let leftAtChange = -1
          const done = async (): Promise<unknown> => {
            switch (act.kind) {
              case 'answer':
                return answer(caseId, act.thing, { [act.question]: act.said })
              case 'gone':
                return change(caseId, { kind: 'gone', thingId: act.thing, isGone: act.isGone })
              case 'tie':
                return tie(caseId, act.through)
              case 'person':
                return contact.mark(caseId, act.verdict)
              case 'client':
                return contact.sayWord(caseId, act.days)
              case 'add':
                return add(caseId, 'tablet')
              case 'days':
                return null
            }
          }
          const [answered] = await Promise.all([
            done().then(result => {
              leftAtChange = contact.left(address)
              return result as { readonly allowed: boolean } | null
            }),
            ...sending,
          ])
          const after = await inventoryOf(caseId)
          const last = map
          map = judge(after, last)
          if (act.kind === 'person') {
            expect(answered?.allowed, reason).toBe(act.verdict !== 'not-observable' || last !== 'observable')
            if (answered?.allowed) person = act.verdict
            if (person !== 'not-observable' && answered?.allowed) until = null
          }
          if (act.kind === 'client') {
            const isSeen = last === 'observable' || person === 'observable'
            expect(answered?.allowed, reason).toBe(!isSeen)
            if (!isSeen) until = today + act.days + 1
          }
          if (act.kind === 'days') {
            today += 6
            // Time passes here, once what raced has ended. Until now its old hour still counted.
            leftAtChange = contact.left(address)
            contact.world.clock.moveTo(new Date(Date.parse(begun) + today * day).toISOString())
          }
          // The client's word ends when the suspected person reaches more, when the map comes to say something else,
          // or when the channel is not the one they spoke of.
          const things = after.things.filter(each => each.channels.includes('c1'))
          const isRead = things.some(each => each.answers['devices']?.told?.things.includes('t2') === true)
          const isAbout =
            answered?.allowed === true &&
            ((act.kind === 'tie' && map !== null) ||
              (act.kind === 'gone' &&
                (things.some(each => each.thingId === act.thing) || (act.thing === 't2' && isRead))))
          const isNew = map !== null && map !== 'not-observable' && (map !== last || isAbout)
          if (grew(before, after) || isNew) until = null
          const isByMap = map === 'not-observable' && person !== 'unknown'
          const isByClient = until !== null && today < until
          const isSeen = map === 'observable' || person === 'observable'
          const isOpen = !isSeen && (isByMap || isByClient)
          const verdict = isSeen ? 'observable' : isOpen ? 'not-observable' : 'unknown'
          const shown = await verdictOf(caseId)
          expect(shown.split(' ')[0], reason).toBe(verdict)
          if (isOpen) expect(shown.split(' ')[1], reason).toBe(isByMap ? 'map' : 'client')
          if (asked.kind === 'waiting')
            await job?.work(contact.clinic, { caseId, messageId: asked.messageId })
          const again = await contact.ask(caseId, `after ${index}`, 60)
          if (again.kind === 'waiting')
            await job?.work(contact.clinic, { caseId, messageId: again.messageId })
          expect(again.kind, reason).toBe(isOpen ? 'waiting' : 'refused')
          if (again.kind === 'refused')
            expect(again.because, reason).toBe(isSeen ? 'observable' : 'not-known-whether-observable')
          if (isOpen) count[isByMap ? 'map' : 'client'] += 1
          else {
            count.silent += 1
            expect(contact.left(address), reason).toBe(leftAtChange)
          }
        }
      },
    ),
    { numRuns: 8 },
  )
  contact.world.clock.moveTo(begun)
  return count
}

test('S1 played by somebody who owns the account beside theirs: nothing leaves unless the map or the client says so', async () => {
  const count = await played('neighbouring account')
  expect(Math.min(count.map + count.client, count.silent)).toBeGreaterThan(3)
}, 240_000)

test('S1 played by somebody who sits beside the client with their phone: nothing leaves unless the map or the client says so', async () => {
  const count = await played('beside the client')
  expect(Math.min(count.map + count.client, count.silent)).toBeGreaterThan(3)
}, 240_000)
