import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailServer, openMailServer } from '../../../test/support/mail-server.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../test/support/test-site.ts'
import type { CaseId, PhraseUseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { startJobs } from '../../platform/jobs.ts'
import { makeContactJobs } from '../jobs.ts'
import { findTellingWords, writeOnCall } from '../neutral-wording.ts'
import { tellOnCall } from './tell-on-call.ts'

let world: TestClinic
let server: MailServer
let clinic: Clinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic()
  server = await openMailServer()
  clinic = { ...world.clinic, mail: server.settings }
  site = await openTestSite(world, { clinic })
})
beforeEach(async () => {
  server.behave('take')
  await putOnCall(['rota@example.org', 'second@example.org'])
})
afterAll(async () => {
  await site.close()
  await server.close()
  await world.close()
})

const as = { as: 'coordinator' } as const
const putOnCall = (addresses: readonly string[]) =>
  asOwner(world.ownerUrl, owner =>
    owner.query(`update unwatched.clinic set profile = jsonb_set(profile, '{onCall}', $1::jsonb)`, [
      JSON.stringify(addresses),
    ]),
  )
const pass = (minutes: number): void =>
  world.clock.moveTo(new Date(world.clock.now().getTime() + minutes * 60_000).toISOString())

async function newCase(): Promise<{ caseId: CaseId; open: string; duress: string }> {
  const caseId = await openTestCase(world, { clientName: 'Linda Fairweather' })
  const made = await site.post(`/cases/${caseId}/phrase`, { check: 'code-words', agreed: 'yes' }, as)
  const slips = [...made.text.matchAll(/slip"><strong>([a-z ]+)<\/strong>/g)].map(match => match[1] ?? '')
  return { caseId, open: slips[0] ?? '', duress: slips[1] ?? '' }
}
/** Signs in, and names the use that it left. */
async function enter(caseId: CaseId, words: string): Promise<PhraseUseId> {
  world.clock.moveTo(new Date(world.clock.now().getTime() + 1000).toISOString())
  expect((await (await site.visitor()).post('/my/words', { words })).location).toBe('/my')
  const { rows } = await asOwner(world.ownerUrl, owner =>
    owner.query<{ use_id: PhraseUseId }>(
      'select use_id from unwatched.phrase_use where case_id = $1 order by at desc, use_id desc limit 1',
      [caseId],
    ),
  )
  return rows[0]?.use_id as PhraseUseId
}
const alarmOf = async (caseId: CaseId): Promise<string> => {
  const { text } = await site.get('/staff', as)
  const part =
    text.split('<p class="govuk-body">').find(each => each.includes(`/cases/${caseId}/phrase`)) ?? ''
  return /announcement__small">([^<]*)/.exec(part)?.[1] ?? ''
}
/** What those on call are to be told of, as the queue has it: after a note, the file; and when a use is told at last. */
const filesToTell = async (): Promise<readonly CaseId[]> => {
  const { rows } = await asOwner(world.ownerUrl, owner =>
    owner.query<{ file: CaseId }>(
      `select payload ->> 'fileId' as file from graphile_worker._private_jobs where payload ->> 'fileId' is not null order by id`,
    ),
  )
  return rows.map(row => row.file)
}
const jobsOf = async (useId: PhraseUseId): Promise<string> => {
  const { rows } = await asOwner(world.ownerUrl, owner =>
    owner.query<{ at: Date }>(
      `select run_at as at from graphile_worker._private_jobs where payload ->> 'useId' = $1 and key is not null`,
      [useId],
    ),
  )
  return rows.map(row => row.at.toISOString()).join()
}
const receivedSince = (from: number) => server.received.slice(from)

test('S2 S4 those on call are written to at once, each alone, in words that say nothing, and the alarm says so', async () => {
  const { caseId, open, duress } = await newCase()
  const from = server.received.length
  await tellOnCall(clinic, { useId: await enter(caseId, open) })
  expect(receivedSince(from)).toEqual([])
  const useId = await enter(caseId, duress)
  expect(await alarmOf(caseId)).toBe('Those on call have not been written to yet.')
  await tellOnCall(clinic, { useId })
  await tellOnCall(clinic, { useId })
  const mails = receivedSince(from)
  expect(mails.map(each => each.to)).toEqual([['rota@example.org'], ['second@example.org']])
  for (const { source } of mails) {
    expect(source).toContain('Something came in that cannot wait.')
    expect(source).not.toMatch(/fairweather|linda|T-[0-9A-F]{8}|http|www\.|\/my|\/cases|phrase|client/i)
    const words = { senderName: '', subject: '', text: source.replaceAll('appointments@example.org', '') }
    expect(findTellingWords(words, ['Test clinic', 'lead agency'])).toEqual([])
  }
  pass(4)
  expect(await alarmOf(caseId)).toMatch(
    /took a mail to those on call 4 minutes ago; whether they read it is not known/,
  )
  // However often the words are used in a quarter of an hour, one mail leaves; and nobody is said to know of the last use.
  const second = await enter(caseId, duress)
  await tellOnCall(clinic, { useId: second })
  expect(receivedSince(from)).toHaveLength(2)
  expect(await alarmOf(caseId)).toMatch(
    /have not been written to about the last of it.* A mail about what came before that left 4 minutes ago/,
  )
  expect(await alarmOf(caseId)).not.toContain('took a mail')
  // It is told when the quarter of an hour is over, if nobody has looked into it.
  expect(await jobsOf(second)).toContain('2026-03-02T10:1')
  pass(12)
  await tellOnCall(clinic, { useId: second })
  expect(receivedSince(from)).toHaveLength(4)
  expect(await alarmOf(caseId)).toContain('took a mail to those on call less than a minute ago')
  pass(16)
  await tellOnCall(clinic, { useId: await enter(caseId, duress) })
  expect(receivedSince(from)).toHaveLength(6)
  // The client reads of none of it.
  const client = await site.visitor()
  await client.post('/my/words', { words: open })
  expect((await client.get('/my/looks')).text).not.toMatch(/on call|rota|What our computer did/i)
})

test('S4 what is written in a visit of the second phrase is mailed, also after its use was looked into', async () => {
  const { caseId, open, duress } = await newCase()
  const from = server.received.length
  const useId = await enter(caseId, duress)
  await tellOnCall(clinic, { useId })
  expect(receivedSince(from)).toHaveLength(2)
  const visitor = await site.visitor()
  await visitor.post('/my/words', { words: duress })
  const { text } = await site.get(`/cases/${caseId}/phrase`, as)
  const of = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
  const settled = { uses: of('uses'), last: of('last'), note: 'Rang her sister.' }
  expect((await site.post(`/cases/${caseId}/phrase/second`, settled, as)).status).toBe(303)
  expect(await alarmOf(caseId)).toBe('')
  // Three minutes after the mail the client writes for help: nobody was told of this alarm, so it is told at once.
  pass(3)
  await visitor.post('/my/notes/new', { what: 'Help', precision: 'unknown' })
  expect(await alarmOf(caseId)).toBe('Those on call have not been written to yet.')
  const [file] = await filesToTell()
  await tellOnCall(clinic, { fileId: file as CaseId })
  expect(receivedSince(from)).toHaveLength(4)
  expect(await alarmOf(caseId)).toContain('took a mail to those on call less than a minute ago')
  expect((await site.get('/staff', as)).text).toContain(
    'Something was written with it less than a minute ago.',
  )
  // Another, while the alarm is open, is not said to be told before it is.
  pass(2)
  await visitor.post('/my/notes/new', { what: 'He is asleep', precision: 'unknown' })
  expect(await alarmOf(caseId)).toContain('have not been written to yet. A mail about what came before')
  await tellOnCall(clinic, { fileId: file as CaseId })
  expect(receivedSince(from)).toHaveLength(4)
  expect(await alarmOf(caseId)).toContain('have not been written to about the last of it')
  pass(14)
  await tellOnCall(clinic, { fileId: file as CaseId })
  expect(receivedSince(from)).toHaveLength(6)
  // Asked for after a note of the client's own as well, and nothing comes of it.
  const client = await site.visitor()
  await client.post('/my/words', { words: open })
  await client.post('/my/notes/new', { what: 'Mine', precision: 'unknown' })
  expect(await filesToTell()).toEqual([file, file, caseId])
  await tellOnCall(clinic, { fileId: caseId })
  expect(receivedSince(from)).toHaveLength(6)
})

test('a mail server that is away is tried again, one that refuses an address ends it for that one alone, and the alarm says which', async () => {
  const { caseId, duress } = await newCase()
  const from = server.received.length
  const useId = await enter(caseId, duress)
  server.behave('busy')
  await expect(tellOnCall(clinic, { useId })).rejects.toMatchObject({ code: 'on-call-not-reached' })
  expect(await alarmOf(caseId)).toContain('has not left for all of them')
  pass(2)
  server.behave('take')
  await tellOnCall(clinic, { useId })
  expect(receivedSince(from)).toHaveLength(2)
  expect(await alarmOf(caseId)).toContain('took a mail')
  const other = await newCase()
  server.behave('refuse-recipient')
  await tellOnCall(clinic, { useId: await enter(other.caseId, other.duress) })
  expect(await alarmOf(other.caseId)).toContain('refused the mail')
})

test('where nobody is on call, no mail server is set, or the sender would give it away, the alarm says that nobody was told', async () => {
  const answers = async (which: Clinic): Promise<string> => {
    const { caseId, duress } = await newCase()
    await tellOnCall(which, { useId: await enter(caseId, duress) })
    return alarmOf(caseId)
  }
  expect(await answers({ ...clinic, mail: null })).toContain('no mail server is set')
  const mail = { ...server.settings, from: 'desk@testclinic.example.org' }
  expect(await answers({ ...clinic, mail })).toContain('would give away')
  await putOnCall([])
  expect(await answers(clinic)).toContain('no address of anybody on call')
})

test('S4 the mail leaves from a lane of its own, while everything else in the queue waits', async () => {
  const { caseId, duress } = await newCase()
  const from = server.received.length
  const useId = await enter(caseId, duress)
  const urgent = makeContactJobs(async () => {}).filter(job => job.isUrgent)
  expect(urgent.map(job => job.name)).toEqual(['tell-on-call'])
  const lane = await startJobs(clinic, urgent, { concurrency: 1 })
  try {
    await expect.poll(() => receivedSince(from).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2)
  } finally {
    await lane.stop()
  }
  expect(useId).not.toBe('')
  expect(findTellingWords(writeOnCall(), [])).toEqual([])
})
