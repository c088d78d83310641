import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleProgram } from '../../../test/kill/bundle-program.ts'
import type { SendOrders } from '../../../test/kill/send-what-waits.ts'
import { type ContactWorld, goodWorld, idOf, openContactWorld } from '../../../test/support/contact-world.ts'
import { ordersFor } from '../../../test/support/ordered-clinic.ts'
import { asOwner } from '../../../test/support/test-clinic.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { startJobs } from '../../platform/jobs.ts'
import { makeContactJobs } from '../jobs.ts'
import { sendMessage } from './send-message.ts'
import { stopMessagesAbout } from './stop-messages-about.ts'

let contact: ContactWorld
beforeAll(async () => {
  contact = await openContactWorld()
})
afterAll(() => contact.close())

/** Ends every act that is under way, as a machine does that loses its power: what was not kept is gone. */
const killWhatIsUnderWay = (): Promise<void> =>
  asOwner(contact.world.ownerUrl, async client => {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`,
    )
  })

/** The next mail is taken by the server, and the program dies before it hears of it. */
function dieOnArrival(): void {
  contact.server.onArrival(async () => {
    contact.server.onArrival(async () => {})
    await killWhatIsUnderWay()
  })
}

test('S1 a mail that the server took as the program died is not sent again, and a person finds out', async () => {
  const { caseId, address } = await contact.newCase(goodWorld)
  const messageId = idOf(await contact.ask(caseId))
  dieOnArrival()
  await expect(sendMessage(contact.clinic, caseId, messageId)).rejects.toThrow()
  expect(contact.left(address)).toBe(1)
  expect((await contact.statesOf(caseId))[0]?.state).toBe('sending')
  contact.world.clock.moveTo('2026-03-04T12:05:00Z')
  await sendMessage(contact.clinic, caseId, messageId)
  await sendMessage(contact.clinic, caseId, messageId)
  expect(contact.left(address)).toBe(1)
  expect(await contact.statesOf(caseId)).toEqual([{ state: 'not-known', because: 'program-stopped' }])
  expect(await contact.tasksOf(caseId)).toEqual(['reminder-in-doubt'])
  expect((await contact.ask(caseId)).kind).toBe('asked-before')
})

test('an appointment that is moved while its reminder is in doubt leaves the doubt with a person', async () => {
  const { caseId, address } = await contact.newCase(goodWorld)
  const messageId = idOf(await contact.ask(caseId, 'appointment:1'))
  dieOnArrival()
  await expect(sendMessage(contact.clinic, caseId, messageId)).rejects.toThrow()
  const stopped = await contact.onContact(caseId, transaction =>
    stopMessagesAbout(transaction, caseId, 'appointment', 'appointment-changed'),
  )
  expect(stopped).toBe(1)
  await sendMessage(contact.clinic, caseId, messageId)
  expect(contact.left(address)).toBe(1)
  expect(await contact.tasksOf(caseId)).toEqual(['reminder-in-doubt'])
})

test('S1 through the real queue, with the power failing twice, each mail leaves once at most and none is lost in silence', async () => {
  const cases: Awaited<ReturnType<ContactWorld['newCase']>>[] = []
  for (let which = 0; which < 4; which += 1) {
    const made = await contact.newCase(goodWorld)
    await contact.ask(made.caseId)
    cases.push(made)
  }
  const refused = await contact.newCase({ ...goodWorld, verdict: 'observable' })
  expect((await contact.ask(refused.caseId)).kind).toBe('refused')
  const { database } = contact.clinic
  const stateOf = async (which: (typeof cases)[number]) =>
    (await contact.statesOf(which.caseId))[0]?.state ?? ''
  let deaths = 0
  contact.server.onArrival(async () => {
    deaths += 1
    if (deaths <= 2) await killWhatIsUnderWay()
  })
  const jobs = await startJobs(
    contact.clinic,
    makeContactJobs(async () => {}),
  )
  const ends = ['sent', 'not-known']
  let states: string[] = []
  for (
    let round = 0;
    round < 400 && !(states.length > 0 && states.every(each => ends.includes(each)));
    round += 1
  ) {
    await new Promise(done => setTimeout(done, 50))
    // The pauses between attempts, and the time after which a message can only have been lost, pass at once.
    await database.pool
      .query(`update graphile_worker._private_jobs set run_at = now() where locked_at is null`)
      .catch(() => {})
    contact.world.clock.moveTo(new Date(contact.world.clock.now().getTime() + 30_000).toISOString())
    states = await Promise.all(cases.map(stateOf))
  }
  await jobs.stop()
  contact.server.onArrival(async () => {})
  expect(
    states.every(each => ends.includes(each)),
    states.join(),
  ).toBe(true)
  expect(states).toContain('not-known')
  for (const [index, { caseId, address }] of cases.entries()) {
    expect(contact.left(address)).toBeLessThanOrEqual(1)
    expect(await contact.tasksOf(caseId)).toEqual(states[index] === 'sent' ? [] : ['reminder-in-doubt'])
    if (states[index] === 'sent') expect(contact.left(address)).toBe(1)
  }
  expect(contact.left(refused.address)).toBe(0)
}, 180_000)

test('S1 kill -9 of the program in the middle of a mail, and as the server has it: it leaves once at most, and a person finds out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-send-'))
  const program = await bundleProgram('send-what-waits', folder)
  const run = async (caseId: CaseId) => {
    const orders: SendOrders = {
      ...(await ordersFor(contact.world, caseId)),
      mail: contact.server.settings,
      now: contact.world.clock.now().toISOString(),
    }
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, ORDERS: JSON.stringify(orders) },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return { child, ended: once(child, 'close').then(([, signal]) => signal as NodeJS.Signals | null) }
  }
  const check = async (isWhole: boolean) => {
    const { caseId, address } = await contact.newCase(goodWorld)
    await contact.ask(caseId)
    const { child, ended } = await run(caseId)
    const kill = () => child.kill('SIGKILL')
    contact.server.onBeginning(isWhole ? () => {} : kill)
    contact.server.onArrival(async () => {
      kill()
      await ended
    })
    expect(await ended).toBe('SIGKILL')
    contact.server.onBeginning(() => {})
    contact.server.onArrival(async () => {})
    expect((await contact.statesOf(caseId))[0]?.state).toBe('sending')
    contact.world.clock.moveTo(new Date(contact.world.clock.now().getTime() + 5 * 60_000).toISOString())
    const again = await run(caseId)
    for (let round = 0; round < 600; round += 1) {
      if ((await contact.statesOf(caseId))[0]?.state !== 'sending') break
      await new Promise(done => setTimeout(done, 20))
    }
    expect(await contact.statesOf(caseId)).toEqual([{ state: 'not-known', because: 'program-stopped' }])
    expect(await contact.tasksOf(caseId)).toEqual(['reminder-in-doubt'])
    expect((await contact.ask(caseId)).kind).toBe('asked-before')
    again.child.kill('SIGKILL')
    await again.ended
    expect(contact.left(address)).toBe(isWhole ? 1 : 0)
  }
  try {
    await check(false)
    await check(true)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)
