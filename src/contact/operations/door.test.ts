import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ContactWorld,
  goodWorld as good,
  idOf,
  openContactWorld,
} from '../../../test/support/contact-world.ts'
import type { MailServer } from '../../../test/support/mail-server.ts'
import { asOwner, type TestClinic } from '../../../test/support/test-clinic.ts'
import { makeId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { findTellingWords } from '../neutral-wording.ts'
import { sendMessage } from './send-message.ts'

let contact: ContactWorld
let world: TestClinic
let server: MailServer
let clinic: Clinic
beforeAll(async () => {
  contact = await openContactWorld()
  ;({ world, server, clinic } = contact)
})
afterAll(() => contact.close())

test('a reminder that the contact gate lets through is handed over once, in neutral words, however often its job runs', async () => {
  const { caseId, address } = await contact.newCase(good)
  const messageId = idOf(await contact.ask(caseId))
  expect((await contact.ask(caseId)).kind).toBe('asked-before')
  await Promise.allSettled([sendMessage(clinic, caseId, messageId), sendMessage(clinic, caseId, messageId)])
  await sendMessage(clinic, caseId, messageId)
  expect(contact.left(address)).toBe(1)
  expect(await contact.statesOf(caseId)).toEqual([{ state: 'sent', because: null }])
})

test('S2 nothing that was sent names what it is about, carries a link, an attachment or a word of the program', async () => {
  expect(server.received.length).toBeGreaterThan(0)
  for (const { source, from, machine } of server.received) {
    expect(machine).toBe('example.org')
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

test('S1 in generated worlds nothing leaves that the contact gate should refuse: asked, retried and raced', async () => {
  const worlds = fc.record({
    wants: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'she-calls' as const),
    safe: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'unknown' as const),
    mayRemind: fc.constantFrom(true, true, false),
    isExpired: fc.constantFrom(false, false, true),
    inHours: fc.constantFrom(true, true, false),
    verdict: fc.constantFrom(
      'client-says-so' as const,
      'client-says-so' as const,
      'observable' as const,
      'unknown' as const,
      null,
    ),
  })
  const change = fc.constantFrom(
    'none',
    'observable',
    'not-wanted',
    'unsafe',
    'closed',
    'race-observable',
    'race-not-wanted',
  )
  await fc.assert(
    fc.asyncProperty(worlds, change, async (answers, then) => {
      const { caseId, address } = await contact.newCase(answers)
      const isGood =
        answers.wants === 'yes' &&
        answers.safe === 'yes' &&
        answers.mayRemind &&
        !answers.isExpired &&
        answers.inHours &&
        answers.verdict === 'client-says-so'
      const asked = await contact.ask(caseId)
      const reason = `${JSON.stringify(answers)} then ${then}`
      if (asked.kind === 'refused') {
        expect(isGood, reason).toBe(false)
        expect(await contact.tasksOf(caseId), reason).toContain('reminder-not-sent')
        expect(contact.left(address), reason).toBe(0)
        return
      }
      const messageId = idOf(asked)
      if (then === 'observable') await contact.mark(caseId, 'observable')
      if (then === 'not-wanted')
        await contact.agree(caseId, { ...answers, wants: 'no', verdict: null }, address)
      if (then === 'unsafe')
        await contact.agree(caseId, { ...answers, safe: 'unknown', verdict: null }, address)
      if (then === 'closed')
        await asOwner(world.ownerUrl, client =>
          client.query(
            `update unwatched.case_file set state = 'closed', closed_at = now(), outcome = 'not-known' where case_id = $1`,
            [caseId],
          ),
        )
      const leftWhenMarked = { count: -1 }
      const racing = (
        then === 'race-observable'
          ? contact.mark(caseId, 'observable')
          : then === 'race-not-wanted'
            ? contact.agree(caseId, { ...answers, wants: 'no', verdict: null }, address)
            : Promise.resolve()
      ).then(() => {
        leftWhenMarked.count = contact.left(address)
      })
      const jobs = [sendMessage(clinic, caseId, messageId), sendMessage(clinic, caseId, messageId)]
      await Promise.allSettled(jobs)
      await racing
      await sendMessage(clinic, caseId, messageId)
      if (then.startsWith('race')) {
        // Whatever left had left before the mark was kept: nothing passes after it.
        expect(contact.left(address), reason).toBe(leftWhenMarked.count)
        expect(contact.left(address), reason).toBeLessThanOrEqual(1)
        return
      }
      expect(contact.left(address), reason).toBe(isGood && then === 'none' ? 1 : 0)
    }),
    { numRuns: 30 },
  )
}, 180_000)

test('S4 while nobody has looked into a second phrase nothing leaves, and what waited is silenced with that reason', async () => {
  const { caseId, address } = await contact.newCase(good)
  const messageId = idOf(await contact.ask(caseId))
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.phrase_use (clinic_id, case_id, use_id, kind, at) values ($1, $2, $3, 'duress', $4)`,
      [clinic.clinicId, caseId, makeId(world.clock.now()), world.clock.now()],
    ),
  )
  expect(await contact.ask(caseId, 'a2')).toEqual({ kind: 'refused', because: 'second-phrase-open' })
  await sendMessage(clinic, caseId, messageId)
  expect(contact.left(address)).toBe(0)
  expect((await contact.statesOf(caseId)).map(each => each.because)).toEqual([
    'second-phrase-open',
    'second-phrase-open',
  ])
})

test('S1 a program that dies while a message is going out never sends it a second time, and a person finds out', async () => {
  const { caseId, address } = await contact.newCase(good)
  const messageId = idOf(await contact.ask(caseId))
  await asOwner(world.ownerUrl, client =>
    client.query(`update unwatched.message set state = 'sending' where message_id = $1`, [messageId]),
  )
  // At first it may be in the hands of another job; later it can only have been lost.
  await expect(sendMessage(clinic, caseId, messageId)).rejects.toMatchObject({ code: 'message-in-hand' })
  world.clock.moveTo('2026-03-04T12:05:00Z')
  await sendMessage(clinic, caseId, messageId)
  expect(contact.left(address)).toBe(0)
  expect(await contact.statesOf(caseId)).toEqual([{ state: 'not-known', because: 'program-stopped' }])
  expect(await contact.tasksOf(caseId)).toEqual(['reminder-in-doubt'])
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
    const { caseId, address } = await contact.newCase(good)
    const messageId = idOf(await contact.ask(caseId))
    server.behave(behaviour)
    for (let run = 0; run < runs; run += 1) await sendMessage(clinic, caseId, messageId).catch(() => {})
    server.behave('take')
    await sendMessage(clinic, caseId, messageId)
    expect([behaviour, await contact.statesOf(caseId)]).toEqual([
      behaviour,
      [{ state: expected.state, because: expected.because }],
    ])
    expect([behaviour, contact.left(address)]).toEqual([behaviour, expected.left])
    if (expected.task !== '') expect(await contact.tasksOf(caseId)).toEqual([expected.task])
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
  const { caseId, address } = await contact.newCase(good)
  const away: Clinic = { ...clinic, mail: { ...server.settings, port: 1 } }
  const messageId = idOf(await contact.ask(caseId))
  await expect(sendMessage(away, caseId, messageId)).rejects.toMatchObject({ code: 'mail-did-not-leave' })
  expect((await contact.statesOf(caseId))[0]?.state).toBe('waiting')
  const none: Clinic = { ...clinic, mail: null }
  await sendMessage(none, caseId, messageId)
  expect(await contact.statesOf(caseId)).toEqual([{ state: 'refused', because: 'no-mail-here' }])
  expect(contact.left(address)).toBe(0)
})

test('S1 the database holds an end: what left or was silenced does not change, and a person can only stop', async () => {
  const { caseId } = await contact.newCase(good)
  const messageId = idOf(await contact.ask(caseId))
  const set = (state: string): Promise<unknown> =>
    contact.onContact(caseId, async transaction => {
      const { changeMessage } = await import('../store.ts')
      await changeMessage(transaction, caseId, messageId, { state: state as 'sent', because: null })
    })
  await expect(set('sent')).rejects.toThrow(/a person stops a message/)
  await set('stopped')
  await expect(set('waiting')).rejects.toThrow(/does not change/)
})
