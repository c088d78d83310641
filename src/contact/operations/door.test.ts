import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServer, openMailServer } from '../../../test/support/mail-server.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { withCase } from '../../audit/operations/open-case.ts'
import type { CaseId, MessageId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type ContactPlan, emptyPlan } from '../contact-plan.ts'
import { findTellingWords } from '../neutral-wording.ts'
import { type Asked, askToSend } from './ask-to-send.ts'
import { changeContactPlan } from './change-plan.ts'
import { markChannel } from './mark-channel.ts'
import { sendMessage } from './send-message.ts'

let world: TestClinic
let server: MailServer
let clinic: Clinic
beforeAll(async () => {
  world = await openTestClinic('2026-03-04T12:00:00Z')
  server = await openMailServer()
  clinic = { ...world.clinic, mail: server.settings }
})
afterAll(async () => {
  await server.close()
  await world.close()
})

const day = 24 * 60 * 60 * 1000
const always = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '00:00' }

const onContact = async <Result>(
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> => {
  const done = await withCase(
    clinic.database,
    world.as('coordinator'),
    { caseId, part: 'contact', mode: 'write' },
    async transaction => ({ done: await work(transaction) }),
  )
  if (!done) throw new Error('the case is not in sight')
  return done.done
}

type World = {
  readonly wants: ContactPlan['wants']
  readonly safe: 'yes' | 'no' | 'unknown'
  readonly mayRemind: boolean
  readonly isExpired: boolean
  readonly inHours: boolean
  readonly verdict: 'observable' | 'not-observable' | 'unknown' | null
}

async function agree(caseId: CaseId, told: World, address: string): Promise<void> {
  await onContact(caseId, transaction =>
    changeContactPlan(clinic, transaction, caseId, plan => ({
      ...emptyPlan,
      ...plan,
      wants: told.wants,
      channels: [
        {
          channelId: 'c1',
          kind: 'email',
          value: address,
          safe: told.safe,
          confirmedAt: transaction.now.toISOString(),
          expiresOn: told.isExpired ? '2026-03-01' : '2027-01-01',
          mayRemind: told.mayRemind,
          windows: [told.inHours ? always : { days: [1], from: '03:00', until: '03:01' }],
          note: '',
          thingId: null,
          isGone: false,
        },
      ],
    })),
  )
  if (told.verdict) await mark(caseId, told.verdict)
}

const mark = (caseId: CaseId, verdict: NonNullable<World['verdict']>): Promise<void> =>
  onContact(caseId, transaction =>
    markChannel(clinic, transaction, caseId, {
      channelId: 'c1',
      verdict,
      why: 'Said in the test.',
      fromMap: false,
    }),
  )

const ask = (caseId: CaseId, about = 'a1', days = 1): Promise<Asked> =>
  onContact(caseId, transaction =>
    askToSend(clinic, transaction, caseId, {
      purpose: 'appointment-reminder',
      channelId: 'c1',
      about,
      aboutAt: new Date(world.clock.now().getTime() + days * day),
    }),
  )

const statesOf = (caseId: CaseId): Promise<readonly { state: string; because: string | null }[]> =>
  asOwner(world.ownerUrl, async client => {
    const found = await client.query(
      'select state, because from unwatched.message where case_id = $1 order by asked_at, message_id',
      [caseId],
    )
    return found.rows
  })

const tasksOf = (caseId: CaseId): Promise<readonly string[]> =>
  asOwner(world.ownerUrl, async client => {
    const found = await client.query<{ kind: string }>('select kind from unwatched.task where case_id = $1', [
      caseId,
    ])
    return found.rows.map(row => row.kind)
  })

const good: World = {
  wants: 'yes',
  safe: 'yes',
  mayRemind: true,
  isExpired: false,
  inHours: true,
  verdict: 'not-observable',
}
const idOf = (asked: Asked): MessageId => {
  if (asked.kind !== 'waiting') throw new Error(`not waiting: ${asked.kind}`)
  return asked.messageId
}
let number = 0
const newCase = async (told: World): Promise<{ readonly caseId: CaseId; readonly address: string }> => {
  number += 1
  const caseId = await openTestCase(world)
  const address = `client${number}@example.org`
  await agree(caseId, told, address)
  return { caseId, address }
}
const left = (address: string): number => server.received.filter(each => each.to.includes(address)).length

test('a reminder that the door lets through is handed over once, in neutral words, however often its job runs', async () => {
  const { caseId, address } = await newCase(good)
  const messageId = idOf(await ask(caseId))
  expect((await ask(caseId)).kind).toBe('asked-before')
  await Promise.allSettled([sendMessage(clinic, caseId, messageId), sendMessage(clinic, caseId, messageId)])
  await sendMessage(clinic, caseId, messageId)
  expect(left(address)).toBe(1)
  expect(await statesOf(caseId)).toEqual([{ state: 'sent', because: null }])
})

test('S2 nothing that was sent names what it is about, carries a link, an attachment or a word of the program', async () => {
  expect(server.received.length).toBeGreaterThan(0)
  for (const { source, from } of server.received) {
    const names = [
      'West Kent Cyberstalking Clinic',
      'Look Ahead',
      'The Cyber Helpline',
      'Protection Against Stalking',
      'Kent Police',
    ]
    expect(findTellingWords({ senderName: from, subject: '', text: source }, names)).toEqual([])
    expect(source).not.toMatch(/nodemailer|x-mailer|text\/html|multipart|attachment|text\/calendar|href/i)
  }
})

test('S1 in generated worlds nothing leaves that the door should refuse: asked, retried and raced', async () => {
  const worlds = fc.record({
    wants: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'she-calls' as const),
    safe: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'unknown' as const),
    mayRemind: fc.constantFrom(true, true, false),
    isExpired: fc.constantFrom(false, false, true),
    inHours: fc.constantFrom(true, true, false),
    verdict: fc.constantFrom(
      'not-observable' as const,
      'not-observable' as const,
      'observable' as const,
      'unknown' as const,
      null,
    ),
  })
  const change = fc.constantFrom('none', 'observable', 'not-wanted', 'unsafe', 'closed', 'race')
  await fc.assert(
    fc.asyncProperty(worlds, change, async (told, then) => {
      const { caseId, address } = await newCase(told)
      const isGood =
        told.wants === 'yes' &&
        told.safe === 'yes' &&
        told.mayRemind &&
        !told.isExpired &&
        told.inHours &&
        told.verdict === 'not-observable'
      const asked = await ask(caseId)
      const reason = `${JSON.stringify(told)} then ${then}`
      if (asked.kind === 'refused') {
        expect(isGood, reason).toBe(false)
        expect(await tasksOf(caseId), reason).toContain('reminder-not-sent')
        expect(left(address), reason).toBe(0)
        return
      }
      const messageId = idOf(asked)
      if (then === 'observable') await mark(caseId, 'observable')
      if (then === 'not-wanted') await agree(caseId, { ...told, wants: 'no', verdict: null }, address)
      if (then === 'unsafe') await agree(caseId, { ...told, safe: 'unknown', verdict: null }, address)
      if (then === 'closed')
        await asOwner(world.ownerUrl, client =>
          client.query(
            `update unwatched.case_file set state = 'closed', closed_at = now(), outcome = 'not-known' where case_id = $1`,
            [caseId],
          ),
        )
      const leftWhenMarked = { count: -1 }
      const racing =
        then === 'race'
          ? mark(caseId, 'observable').then(() => {
              leftWhenMarked.count = left(address)
            })
          : Promise.resolve()
      const jobs = [sendMessage(clinic, caseId, messageId), sendMessage(clinic, caseId, messageId)]
      await Promise.allSettled(jobs)
      await racing
      await sendMessage(clinic, caseId, messageId)
      if (then === 'race') {
        // Whatever left had left before the mark was kept: nothing passes after it.
        expect(left(address), reason).toBe(leftWhenMarked.count)
        expect(left(address), reason).toBeLessThanOrEqual(1)
        return
      }
      expect(left(address), reason).toBe(isGood && then === 'none' ? 1 : 0)
    }),
    { numRuns: 30 },
  )
}, 180_000)

test('S1 a program that dies while a message is going out never sends it a second time, and a person finds out', async () => {
  const { caseId, address } = await newCase(good)
  const messageId = idOf(await ask(caseId))
  await asOwner(world.ownerUrl, client =>
    client.query(`update unwatched.message set state = 'sending' where message_id = $1`, [messageId]),
  )
  // At first it may be in the hands of another job; later it can only have been lost.
  await expect(sendMessage(clinic, caseId, messageId)).rejects.toMatchObject({ code: 'message-in-hand' })
  world.clock.moveTo('2026-03-04T12:05:00Z')
  await sendMessage(clinic, caseId, messageId)
  expect(left(address)).toBe(0)
  expect(await statesOf(caseId)).toEqual([{ state: 'not-known', because: 'program-stopped' }])
  expect(await tasksOf(caseId)).toEqual(['reminder-in-doubt'])
})

test('a mail server that refuses, is busy, breaks off or takes and drops: each ends as it must, and none sends twice', async () => {
  const check = async (
    behaviour: Parameters<MailServer['behave']>[0],
    runs: number,
    expected: {
      readonly state: string
      readonly because: string | null
      readonly task: string
      readonly left: number
    },
  ) => {
    const { caseId, address } = await newCase(good)
    const messageId = idOf(await ask(caseId))
    server.behave(behaviour)
    for (let run = 0; run < runs; run += 1) await sendMessage(clinic, caseId, messageId).catch(() => {})
    server.behave('take')
    await sendMessage(clinic, caseId, messageId)
    expect([behaviour, await statesOf(caseId)]).toEqual([
      behaviour,
      [{ state: expected.state, because: expected.because }],
    ])
    expect([behaviour, left(address)]).toEqual([behaviour, expected.left])
    if (expected.task !== '') expect(await tasksOf(caseId)).toEqual([expected.task])
  }
  await check('refuse-recipient', 1, {
    state: 'failed',
    because: 'mail-refused',
    task: 'reminder-not-sent',
    left: 0,
  })
  await check('refuse-data', 1, {
    state: 'failed',
    because: 'mail-refused',
    task: 'reminder-not-sent',
    left: 0,
  })
  await check('busy', 2, { state: 'sent', because: null, task: '', left: 1 })
  await check('busy', 5, { state: 'failed', because: 'mail-not-reached', task: 'reminder-not-sent', left: 0 })
  await check('drop-before-data', 1, { state: 'sent', because: null, task: '', left: 1 })
  await check('take-and-drop', 1, {
    state: 'not-known',
    because: 'connection-broke',
    task: 'reminder-in-doubt',
    left: 1,
  })
}, 180_000)

test('a server that cannot be reached, or none at all, is silence with a reason', async () => {
  const { caseId, address } = await newCase(good)
  const away: Clinic = { ...clinic, mail: { ...server.settings, port: 1 } }
  const messageId = idOf(await ask(caseId))
  await expect(sendMessage(away, caseId, messageId)).rejects.toMatchObject({ code: 'mail-did-not-leave' })
  expect((await statesOf(caseId))[0]?.state).toBe('waiting')
  const none: Clinic = { ...clinic, mail: null }
  await sendMessage(none, caseId, messageId)
  expect(await statesOf(caseId)).toEqual([{ state: 'refused', because: 'no-mail-here' }])
  expect(left(address)).toBe(0)
})

test('S1 the database holds an end: what left or was silenced does not change, and a person can only stop', async () => {
  const { caseId } = await newCase(good)
  const messageId = idOf(await ask(caseId))
  const set = (state: string): Promise<unknown> =>
    onContact(caseId, async transaction => {
      const { changeMessage } = await import('../store.ts')
      await changeMessage(transaction, caseId, messageId, { state: state as 'sent', because: null })
    })
  await expect(set('sent')).rejects.toThrow(/a person stops a message/)
  await set('stopped')
  await expect(set('waiting')).rejects.toThrow(/does not change/)
})
