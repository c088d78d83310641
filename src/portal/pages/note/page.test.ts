import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { countHeld } from '../../../../test/support/count-held.ts'
import { note, openPortalSite, type PortalSite } from '../../../../test/support/portal-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import type { Visitor } from '../../../../test/support/test-site.ts'
import { mostNotesInHour } from '../../../chronology/note-limit.ts'
import { newOnce } from '../../../web/form.ts'

let site: PortalSite
let client: Visitor
beforeAll(async () => {
  site = await openPortalSite()
  client = await site.signIn(site.words.open)
})
afterAll(() => site.close())

test('nobody writes a note who is not signed in, and what they typed is kept nowhere', async () => {
  expect((await site.get('/my/notes/new')).location).toBe('/my/start')
  const { location } = await site.post('/my/notes/new', { what: 'Typed by nobody', precision: 'unknown' })
  expect(location).toBe('/my/start?ended=yes')
  expect((await client.get('/my/notes')).text).not.toContain('Typed by nobody')
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
  const written = (await verbsOf(site.world, site.caseId)).filter(verb => verb === 'diary-entry-written')
  expect(written).toHaveLength(2)
  const dump = await asOwner(site.world.ownerUrl, owner =>
    owner.query<{ row: string }>('select d::text as row from unwatched.diary_entry d'),
  )
  expect(dump.rows).toHaveLength(2)
  for (const { row } of dump.rows) expect(row).not.toMatch(/bakery|shop|cold/)
})

test('a note that is too long comes back whole, in any script, with how much of it is too long', async () => {
  const visitor = await site.signIn(site.words.open)
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

test('S4 a note of the client is corrected by nobody who came with the second phrase, or into another case', async () => {
  await client.post('/my/notes/new', note)
  const correct = /\/my\/notes\/[0-9a-f-]+\/correct/.exec((await client.get('/my/notes')).text)?.[0] ?? ''
  const other = await site.signIn((await site.makePhrases(await openTestCase(site.world))).open)
  const duress = await site.signIn(site.words.duress)
  for (const visitor of [other, duress]) {
    expect((await visitor.get(correct)).status).toBe(404)
    await visitor.post(correct, { what: 'It was somebody else', precision: 'unknown' })
  }
  expect((await client.get('/my/notes')).text).not.toContain('It was somebody else')
  expect((await client.get(correct)).status).toBe(200)
})

test('S13 beyond what an hour keeps, a note comes back with everything that was typed, and is kept later', async () => {
  const caseId = await openTestCase(site.world)
  const words = (await site.makePhrases(caseId)).open
  const visitor = await site.signIn(words)
  const { ownerUrl, clinic, clock } = site.world
  await asOwner(ownerUrl, owner =>
    owner.query(
      `insert into unwatched.diary_entry (clinic_id, case_id, entry_id, written_at, body)
       select $1, $2, gen_random_uuid(), $3, '' from generate_series(1, $4)`,
      [clinic.clinicId, caseId, clock.now(), mostNotesInHour - 1],
    ),
  )
  const forms = Array.from({ length: 5 }, (_, index) => ({
    ...note,
    what: `At the gate, number ${index}`,
    _once: newOnce(),
  }))
  // All at once: one is the last that is kept. None is, until all five have come as far as they get.
  const answers = await asOwner(ownerUrl, async owner => {
    await owner.query('begin')
    await owner.query('lock table unwatched.diary_entry in share mode')
    const sent = Promise.all(forms.map(form => visitor.post('/my/notes/new', form)))
    await expect.poll(() => countHeld(owner), { timeout: 20_000 }).toBe(forms.length)
    await owner.query('rollback')
    return sent
  })
  expect(answers.map(each => each.status).sort()).toEqual([303, 422, 422, 422, 422])
  const keptAt = answers.findIndex(each => each.status === 303)
  const lostAt = answers.findIndex(each => each.status === 422)
  expect(answers[lostAt]?.text).toContain('this one is not saved yet. It is all still here')
  expect(answers[lostAt]?.text).toContain(`At the gate, number ${lostAt}</textarea>`)
  // The one that was kept stays kept, however often it is sent.
  expect((await visitor.post('/my/notes/new', forms[keptAt] ?? {})).location).toBe('/my/notes')
  // Nobody else's notes are counted with theirs.
  expect((await client.post('/my/notes/new', { ...note, _once: newOnce() })).location).toBe('/my/notes')
  site.pass(61)
  const later = await site.signIn(words)
  expect((await later.post('/my/notes/new', forms[lostAt] ?? {})).location).toBe('/my/notes')
})
