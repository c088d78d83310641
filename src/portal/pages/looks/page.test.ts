import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite, type Visitor } from '../../../../test/support/test-site.ts'
import { accessCase, withCase } from '../../../audit/operations/access-case.ts'
import { recordAct } from '../../../audit/operations/record-act.ts'
import { legalBasisTable } from '../../../cases/legal-basis.ts'
import { writeSharingPromise } from '../../../cases/sharing-promise.ts'
import { findTellingWords } from '../../../contact/neutral-wording.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { makePhrases } from '../../../identity/operations/make-phrases.ts'
import { newOnce } from '../../../web/form.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
let client: Visitor
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world)
  client = await signInTo(caseId)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

async function signInTo(which: CaseId): Promise<Visitor> {
  const made = await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId: which, part: 'contact', mode: 'write' })
    return makePhrases(world.clinic, transaction, world.people.coordinator, which, {
      check: 'code-words',
      once: newOnce(),
    })
  })
  const visitor = await site.visitor()
  expect((await visitor.post('/my/words', { words: made?.open.join(' ') ?? '' })).location).toBe('/my')
  return visitor
}

/** The lines of the client's page, the newest first: who, and what. */
const linesOf = (page: string): readonly string[] =>
  [...page.matchAll(/<dd class="govuk-summary-list__value"><bdi>([^<]*)<\/bdi>(?:, [^<]*)?<br>([^<]*)/g)].map(
    ([, who, did]) => `${who}: ${did}`,
  )

test('the client reads exactly what people asked for and saw, or were refused, and nothing of what a page decided to offer', async () => {
  const before = linesOf((await client.get('/my/looks')).text).length
  const visits = [
    ['coordinator', ''],
    ['police-liaison', ''],
    ['police-liaison', '/bundles'],
    ['police-liaison', '/evidence'],
    ['idva', '/bundles'],
    ['cyber-adviser', '/plan'],
    ['coordinator', '/first-account'],
  ] as const
  for (const [role, path] of visits) await site.get(`/cases/${caseId}${path}`, { as: role })
  await site.post(`/cases/${caseId}/contact/plan`, { wants: 'no', voicemail: 'never' }, { as: 'idva' })
  // A form that is told what is missing takes a second transaction, and is one visit all the same.
  expect((await site.post(`/cases/${caseId}/bars`, {}, { as: 'coordinator' })).status).toBe(422)
  const lines = linesOf((await client.get('/my/looks')).text)
  expect(lines.slice(0, lines.length - before)).toEqual([
    'You: Looked at who has looked',
    'Test coordinator: Looked at who may see your file',
    'Test idva: Worked on your file',
    'Test coordinator: Looked at what you first told us',
    'Test cyber-adviser: Looked at your plan',
    'Test idva: Looked at copies made for you',
    'Test police-liaison: Was not let in to what you brought in',
    'Test police-liaison: Looked at copies made for you',
    'Test police-liaison: Looked at the first page of your file',
    'Test coordinator: Looked at the first page of your file',
  ])
})

test('S2 the client reads what alone is passed on without asking them, in words that say nothing to anyone who stands by', async () => {
  const { text } = await client.get('/my/looks')
  for (const { promise } of legalBasisTable) expect(text).toContain(promise)
  const { lead, only, how } = writeSharingPromise()
  const wording = { senderName: '', subject: '', text: [lead, ...only, how].join(' ') }
  expect(findTellingWords(wording, [])).toEqual([])
})

test('what our computer did by itself is counted and folded, and a person at it is not', async () => {
  const access = { caseId, part: 'evidence', mode: 'write' } as const
  for (let times = 0; times < 3; times += 1)
    await withCase(world.clinic.database, world.task('job-read-item'), access, transaction =>
      recordAct(transaction, { verb: 'evidence-read', caseId, part: 'evidence' }),
    )
  await withCase(world.clinic.database, world.task('job-command-line'), access, async () => true)
  const { text } = await client.get('/my/looks')
  const folded = /<details[\s\S]*?<\/details>/.exec(text)?.[0] ?? ''
  expect(folded).toContain('What our computer did by itself: 6 times')
  expect(folded).toContain('Looked at what you brought in, the last time on')
  expect(folded).not.toContain('open=')
  expect(linesOf(text).filter(line => line.startsWith('Our computer'))).toEqual([])
  expect(linesOf(text)[1]).toBe('Somebody at our computer: Looked at what you brought in')
  const staff = await site.get(`/cases/${caseId}/trail`, { as: 'coordinator' })
  expect(staff.text).toContain('What the program did by itself: 6 acts')
  expect(staff.text).toContain('The command line')
  const each = await site.get(`/cases/${caseId}/trail?by=program`, { as: 'coordinator' })
  expect(each.text.match(/The program, reading evidence/g)).toHaveLength(3)
  expect(each.text).not.toContain('The command line')
})

test('a long trail comes a page at a time, no line twice and none lost', async () => {
  const other = await openTestCase(world)
  const accesses = 230
  for (let times = 0; times < accesses; times += 1)
    await withCase(
      world.clinic.database,
      world.as('idva'),
      { caseId: other, part: 'plan', mode: 'read' },
      transaction => recordAct(transaction, { verb: 'plan-reviewed', caseId: other, subject: `${times}` }),
    )
  let path: string | null = `/cases/${other}/trail`
  let read = 0
  let pages = 0
  while (path && pages < 20) {
    const { text }: { readonly text: string } = await site.get(path, { as: 'coordinator' })
    const found = text.match(/Held a review of the safety plan/g)?.length ?? 0
    expect(found).toBeLessThanOrEqual(100)
    // What was opened for it is never parted from it by the end of a page.
    expect(text.match(/Opened for it: the safety plan/g)?.length).toBe(found)
    read += found
    pages += 1
    const older: RegExpExecArray | null = /href="([^"]+\?before=\d+)">Older/.exec(text)
    path = older?.[1] ?? null
  }
  expect([read, pages]).toEqual([accesses, 5])
  for (const wrong of ['?before=x', '?before=-1', '?before=99999999999999999', '?by=nobody'])
    expect((await site.get(`/cases/${other}/trail${wrong}`, { as: 'coordinator' })).status).toBe(200)
})

test('what another version of the program recorded is shown as just that, to staff and to the client', async () => {
  const other = await openTestCase(world)
  const reader = await signInTo(other)
  await asOwner(world.ownerUrl, owner =>
    owner.query(
      `insert into unwatched.act (clinic_id, at, task, verb, case_id, part)
       values ($1, $2, 'job-boil-kettle', 'kettle-boiled', $3, 'kitchen')`,
      [world.clinic.clinicId, world.clock.now(), other],
    ),
  )
  expect(linesOf((await reader.get('/my/looks')).text)).toContain('Not known: Worked on your file')
  const staff = (await site.get(`/cases/${other}/trail`, { as: 'coordinator' })).text
  expect(staff).toContain('Did something that this version of the program has no words for')
  expect(staff).not.toMatch(/kettle|kitchen/)
})

test('the client reads who has opened their file: names, where they work, which part, and themselves', async () => {
  await client.post('/my/notes/new', { what: 'It was the bakery', precision: 'unknown' })
  await site.get(`/cases/${caseId}/diary`, { as: 'stalking-advocate' })
  const { text } = await client.get('/my/looks')
  expect(text).toContain('Test stalking-advocate')
  expect(text).toContain('Looked at your notes')
  expect(text).toContain('>You<')
  expect(text).toContain('Wrote a note')
  expect(text).toContain('lead agency')
  expect(text.replaceAll('Test stalking-advocate', '')).not.toMatch(
    /stalk|abus|victim|suspect|incident|evidence|chronolog|diary-|case-/i,
  )
})

test('nobody reads who has looked who is not signed in', async () => {
  const { status, location } = await site.get('/my/looks')
  expect([status, location]).toEqual([303, '/my/start'])
})
