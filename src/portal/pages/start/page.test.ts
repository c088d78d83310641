import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import {
  openTestSite,
  type SiteAnswer,
  type TestSite,
  type Visitor,
} from '../../../../test/support/test-site.ts'
import { legalBasisTable } from '../../../cases/legal-basis.ts'
import { writeSharingPromise } from '../../../cases/sharing-promise.ts'
import { findTellingWords } from '../../../contact/neutral-wording.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { newOnce } from '../../../web/form.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
let words: { open: string; duress: string }
let client: Visitor

const path = (rest: string): string => `/cases/${caseId}${rest}`
const check = { check: 'code-words', agreed: 'yes' }

/** The two phrases on the page that shows them once. */
function slipsOn({ text }: SiteAnswer): { open: string; duress: string } {
  const slips = [...text.matchAll(/slip"><strong>([a-z ]+)<\/strong>/g)].map(match => match[1] ?? '')
  return { open: slips[0] ?? '', duress: slips[1] ?? '' }
}

async function signIn(phrase: string): Promise<Visitor> {
  const visitor = await site.visitor()
  expect((await visitor.post('/my/words', { words: phrase })).location).toBe('/my')
  return visitor
}

beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, { clientName: 'Linda Fairweather' })
  words = slipsOn(await site.post(path('/phrase'), check, { as: 'coordinator' }))
  client = await signIn(words.open)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

test('nobody who is not signed in gets past the first page, whatever they ask for', async () => {
  for (const asked of ['/my', '/my/notes', '/my/notes/new', '/my/looks']) {
    const { status, location, text } = await site.get(asked)
    expect([status, location]).toEqual([303, '/my/start'])
    expect(text).not.toContain('Fairweather')
  }
  const { location } = await site.post('/my/notes/new', { what: 'Typed by nobody' })
  expect(location).toBe('/my/start?ended=yes')
})

test('a phrase is made by those who keep contact with the client, after the check that was agreed, and shown once', async () => {
  for (const role of ['police-liaison', 'manager', 'administrator', 'call-handler'] as const) {
    expect((await site.get(path('/phrase'), { as: role })).status).toBe(404)
    expect((await site.post(path('/phrase'), check, { as: role })).status).toBe(404)
  }
  const missing = await site.post(path('/phrase'), {}, { as: 'cyber-adviser' })
  expect(missing.status).toBe(422)
  expect(missing.text).toContain('Select how you made sure that this is the client')
  expect(missing.text).toContain('Confirm that the check is the one agreed beforehand')
  expect(words.open.split(' ')).toHaveLength(7)
  expect(words.duress.split(' ')).toHaveLength(7)
  expect((await site.get(path('/phrase'), { as: 'coordinator' })).text).not.toContain(words.open)
})

test('a form for a phrase that is sent twice makes one, and the words are not shown again', async () => {
  const other = await openTestCase(world)
  const fields = { ...check, _once: newOnce() }
  const made = slipsOn(await site.post(`/cases/${other}/phrase`, fields, { as: 'idva' }))
  const again = await site.post(`/cases/${other}/phrase`, fields, { as: 'idva' })
  expect(again.text).toContain('This phrase was made already')
  expect(again.text).not.toContain(made.open)
  await signIn(made.open)
})

test('S4 the sign-in says nothing of what it opens, and the same for anything that is wrong', async () => {
  const askForWords = await site.get('/my/words')
  expect(askForWords.text).not.toMatch(/stalk|abus|police|clinic|unwatched|client|safety/i)
  const answers: string[] = []
  for (const typed of [
    'zoo zoo zoo zoo zoo zoo zoo',
    `${words.open.split(' ').slice(0, 6).join(' ')} zoo`,
    words.open.split(' ').slice(0, 3).join(' '),
    'x'.repeat(20_000),
  ]) {
    const visitor = await site.visitor()
    const { status, text } = await visitor.post('/my/words', { words: typed })
    expect(status).toBe(422)
    expect(visitor.cookies.has('page')).toBe(false)
    answers.push(text.replace(/value="[^"]*"/g, ''))
  }
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toContain('These words are not right')
  world.clock.moveTo(new Date(world.clock.now().getTime() + 600_000).toISOString())
  client = await signIn(words.open)
})

test('S2 the client’s page says what is next and what is planned in neutral words, or that there is nothing', async () => {
  const { status, text, headers } = await client.get('/my')
  expect(status).toBe(200)
  expect(text).toContain('None booked at the moment.')
  expect(text).toContain('<title>Your page</title>')
  expect(text).toContain('Exit this page')
  expect(text).not.toContain('Fairweather')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('the client writes a note, sealed, and a correction leaves the first as it was', async () => {
  const wrong = await client.post('/my/notes/new', { what: '', precision: '', felt: 'Scared' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Enter what happened')
  expect(wrong.text).toContain('Select when it happened')
  expect(wrong.text).toContain('Scared')
  const future = await client.post('/my/notes/new', {
    what: 'x',
    precision: 'about',
    'date-day': '1',
    'date-month': '1',
    'date-year': '2030',
  })
  expect(future.text).toContain('must be in the past')
  const note = {
    what: 'He stood <b>outside</b>\nthe shop',
    felt: 'Very cold',
    precision: 'exact',
    'date-day': '1',
    'date-month': '3',
    'date-year': '2026',
    time: '4:05pm',
    _once: newOnce(),
  }
  expect((await client.post('/my/notes/new', note)).location).toBe('/my/notes')
  expect((await client.post('/my/notes/new', note)).location).toBe('/my/notes')
  const first = await client.get('/my/notes')
  expect(first.text.match(/outside/g)).toHaveLength(1)
  expect(first.text).toContain('He stood &lt;b&gt;outside&lt;/b&gt;<br>the shop')
  expect(first.text).toContain('On 1 March 2026 at 4:05pm')
  const correct = /\/my\/notes\/[0-9a-f-]+\/correct/.exec(first.text)?.[0] ?? ''
  expect((await client.post(correct, { what: 'It was the bakery', precision: 'unknown' })).location).toBe(
    '/my/notes',
  )
  const both = await client.get('/my/notes')
  expect(both.text).toContain('It was the bakery')
  expect(both.text).toContain('the shop')
  expect(both.text).toContain('as corrected')
  const dump = await asOwner(world.ownerUrl, owner =>
    owner.query<{ row: string }>('select d::text as row from unwatched.diary_entry d'),
  )
  expect(dump.rows).toHaveLength(2)
  for (const { row } of dump.rows) expect(row).not.toMatch(/bakery|shop|cold/)
})

test('staff whose role covers it read the client’s diary and make an incident from it, with no word in the address', async () => {
  for (const role of ['police-liaison', 'manager', 'administrator'] as const)
    expect((await site.get(path('/diary'), { as: role })).status).toBe(404)
  const diary = await site.get(path('/diary'), { as: 'stalking-advocate' })
  expect(diary.text).toContain('It was the bakery')
  const link = /\/cases\/[0-9a-f-]+\/incidents\/new\?diary=[0-9a-f-]+(?=")/.exec(diary.text)?.[0] ?? ''
  const form = await site.get(link, { as: 'stalking-advocate' })
  expect(form.text).toContain('It was the bakery')
  expect((await site.get(path('/diary'), { as: 'coordinator' })).text).not.toContain('Make an incident')
  const others = await openTestCase(world)
  const elsewhere = await site.get(`/cases/${others}/incidents/new?${link.split('?')[1]}`, {
    as: 'stalking-advocate',
  })
  expect(elsewhere.text).not.toContain('It was the bakery')
})

test('the client reads who has opened their file: names, where they work, which part, and themselves', async () => {
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

test('S2 the client reads what alone is passed on without asking them, in words that say nothing to anyone who stands by', async () => {
  const { text } = await client.get('/my/looks')
  for (const { promise } of legalBasisTable) expect(text).toContain(promise)
  const { lead, only, how } = writeSharingPromise()
  const wording = { senderName: '', subject: '', text: [lead, ...only, how].join(' ') }
  expect(findTellingWords(wording, [])).toEqual([])
})

test('S4 the second phrase opens the same pages over a file of its own, tells the clinic at once, and the client never reads of it', async () => {
  const visitor = await signIn(words.duress)
  for (const asked of ['/my', '/my/notes', '/my/looks', '/my/notes/new']) {
    const { status, text } = await visitor.get(asked)
    expect(status).toBe(200)
    expect(text).toContain('Exit this page')
    expect(text).not.toMatch(/bakery|Test stalking-advocate/)
  }
  const typed = { what: 'Typed by <i>him</i>', precision: 'unknown' }
  expect((await visitor.post('/my/notes/new', typed)).location).toBe('/my/notes')
  expect((await visitor.get('/my/notes')).text).toContain('Typed by &lt;i&gt;him')
  const alarm = /the second phrase was used less than a minute ago/
  for (const asked of ['/cases', path(''), '/staff'])
    expect((await site.get(asked, { as: 'stalking-advocate' })).text, asked).toMatch(alarm)
  expect((await site.get('/cases', { as: 'police-liaison' })).text).not.toContain('second phrase')
  expect((await client.get('/my/looks')).text).not.toMatch(/second phrase|quiet|duress/)
  // What was written there is shown where its use is looked into, and nowhere else.
  const page = (await site.get(path('/phrase'), { as: 'stalking-advocate' })).text
  expect(page).toContain('Typed by &lt;i&gt;him')
  expect(page).toContain('By whom is not known')
  expect((await site.get(path('/diary'), { as: 'stalking-advocate' })).text).not.toContain('Typed by')
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  const note = 'Looked at the plan and rang her sister.'
  const fields = { uses: hidden('uses'), last: hidden('last'), note }
  await site.post(path('/phrase/second'), fields, { as: 'stalking-advocate' })
  expect((await site.get('/cases', { as: 'stalking-advocate' })).text).not.toContain('second phrase')
  expect((await site.get(path('/phrase'), { as: 'idva' })).text).toContain(note)
  const trail = (await site.get(path('/trail'), { as: 'coordinator' })).text
  expect(trail).toContain('Looked into the use of the second phrase')
  expect(trail).toContain('Read what was written with the second phrase')
  expect(trail).toContain('With the second phrase, by whom is not known')
  expect((await client.get('/my/looks')).text).not.toMatch(/second phrase|Read what was written/)
  expect((await client.get('/my/notes')).text).not.toContain('Typed by')
  // Weeks later it is there, for anyone who has the phrase.
  world.clock.moveTo(new Date(world.clock.now().getTime() + 20 * 86_400_000).toISOString())
  expect((await (await signIn(words.duress)).get('/my/notes')).text).toContain('Typed by')
  client = await signIn(words.open)
})

test('S3 leaving ends the client’s session on the server, asks the browser to forget, and a form sent after it keeps nothing', async () => {
  const visitor = await signIn(words.open)
  const token = visitor.cookies.get('page') ?? ''
  const { headers, location } = await visitor.get('/leave')
  expect(location).toMatch(/^https:/)
  expect(headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(visitor.cookies.has('page')).toBe(false)
  visitor.cookies.set('page', token)
  expect((await visitor.get('/my')).location).toBe('/my/start')
  const late = await visitor.post('/my/notes/new', { what: 'Typed too late', precision: 'unknown' })
  expect(late.status === 303 || late.status === 403).toBe(true)
  expect(late.text).not.toContain('Typed too late')
  expect((await client.get('/my/notes')).text).not.toContain('Typed too late')
})

test('signing out ends the session, and ten minutes without use do too', async () => {
  const visitor = await signIn(words.open)
  expect((await visitor.post('/my/out')).location).toBe('/my/start?out=yes')
  expect((await visitor.get('/my')).location).toBe('/my/start')
  const idle = await signIn(words.open)
  world.clock.moveTo(new Date(world.clock.now().getTime() + 600_000).toISOString())
  expect((await idle.get('/my')).location).toBe('/my/start')
})

test('S4 sixty wrong phrases from one address do not close it to a right one', async () => {
  const visitor = await site.visitor()
  for (let each = 0; each < 65; each += 1)
    expect((await visitor.post('/my/words', { words: `zoo ${each} zoo` })).location).toBe(null)
  await signIn(words.open)
})

test('a note that is too long comes back whole, in any script, with how much of it is too long', async () => {
  const visitor = await signIn(words.open)
  // three bytes each, and nine as they travel
  const long = 'অ'.repeat(10_003)
  const answer = await visitor.post('/my/notes/new', { what: long, precision: 'unknown', felt: 'ভয়' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('This is 3 characters longer than one note can be. It is all still here')
  expect(answer.text).toContain(`${long}</textarea>`)
  expect(answer.text).toContain('ভয়</textarea>')
  const saved = await visitor.post('/my/notes/new', { what: 'অ'.repeat(10_000), precision: 'unknown' })
  expect(saved.location).toBe('/my/notes')
})
