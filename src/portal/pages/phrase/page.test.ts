import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import {
  identityCheck,
  openPortalSite,
  type PortalSite,
  slipsOn,
} from '../../../../test/support/portal-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { newOnce } from '../../../web/form.ts'

let site: PortalSite

beforeAll(async () => {
  site = await openPortalSite()
})
afterAll(() => site.close())

test('a phrase is made by those who keep contact with the client, after the check that was agreed, and shown once', async () => {
  for (const role of ['police-liaison', 'manager', 'administrator', 'call-handler'] as const) {
    expect((await site.get(site.path('/phrase'), { as: role })).status).toBe(404)
    expect((await site.post(site.path('/phrase'), identityCheck, { as: role })).status).toBe(404)
  }
  const missing = await site.post(site.path('/phrase'), {}, { as: 'cyber-adviser' })
  expect(missing.status).toBe(422)
  expect(missing.text).toContain('Select how you made sure that this is the client')
  expect(missing.text).toContain('Confirm that the check is the one agreed beforehand')
  expect(site.words.open.split(' ')).toHaveLength(7)
  expect(site.words.duress.split(' ')).toHaveLength(7)
  expect((await site.get(site.path('/phrase'), { as: 'coordinator' })).text).not.toContain(site.words.open)
})

test('a form for a phrase that is sent twice makes one, and the words are not shown again', async () => {
  const other = await openTestCase(site.world)
  const fields = { ...identityCheck, _once: newOnce() }
  const made = slipsOn(await site.post(`/cases/${other}/phrase`, fields, { as: 'idva' }))
  const again = await site.post(`/cases/${other}/phrase`, fields, { as: 'idva' })
  expect(again.text).toContain('This phrase was made already')
  expect(again.text).not.toContain(made.open)
  await site.signIn(made.open)
})

test('a new phrase is made after a page that says what follows, and the old ones open nothing from then on', async () => {
  const caseId = await openTestCase(site.world)
  const path = `/cases/${caseId}/phrase`
  const old = await site.makePhrases(caseId)
  const before = await site.signIn(old.open)
  const asked = await site.post(path, identityCheck, { as: 'idva' })
  expect(asked.text).toContain('Replace the client’s phrase?')
  expect((await before.get('/my')).status, 'nothing happens before it was read').toBe(200)
  const made = slipsOn(await site.confirm(path, identityCheck, { as: 'idva' }))
  expect((await before.get('/my')).location).toBe('/my/start')
  for (const phrase of [old.open, old.duress])
    expect((await (await site.visitor()).post('/my/words', { words: phrase })).status).toBe(422)
  expect((await (await site.signIn(made.open)).get('/my')).status).toBe(200)
  const verbs = await verbsOf(site.world, caseId)
  expect(verbs.filter(verb => verb === 'phrase-made')).toHaveLength(2)
})

test('the use of a second phrase is closed with what was done about it, by those who keep contact with the client', async () => {
  const path = site.path('/phrase/second')
  const mute = await site.post(path, { uses: '', last: '', note: '' }, { as: 'stalking-advocate' })
  expect(mute.status).toBe(422)
  expect(mute.text).toContain('<a href="#note">Enter what you did about it</a>')
  expect((await site.post(path, { note: 'x' }, { as: 'police-liaison' })).status).toBe(404)
  const closed = await openTestCase(site.world, { agencies: ['lead'] })
  for (const tail of ['/phrase', '/phrase/second'])
    expect((await site.post(`/cases/${closed}${tail}`, {}, { as: 'stalking-advocate' })).status).toBe(404)
})

test('S4 the second phrase opens the same pages over a file of its own, tells the clinic at once, and the client never reads of it', async () => {
  const client = await site.signIn(site.words.open)
  await client.post('/my/notes/new', { what: 'It was the bakery', precision: 'unknown' })
  await site.get(site.path('/diary'), { as: 'stalking-advocate' })
  const visitor = await site.signIn(site.words.duress)
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
  for (const asked of ['/cases', site.path(''), '/staff'])
    expect((await site.get(asked, { as: 'stalking-advocate' })).text, asked).toMatch(alarm)
  expect((await site.get('/cases', { as: 'police-liaison' })).text).not.toContain('second phrase')
  expect((await client.get('/my/looks')).text).not.toMatch(/second phrase|quiet|duress/)
  // What was written there is shown where its use is looked into, and nowhere else.
  const page = (await site.get(site.path('/phrase'), { as: 'stalking-advocate' })).text
  expect(page).toContain('Typed by &lt;i&gt;him')
  expect(page).toContain('By whom is not known')
  expect((await site.get(site.path('/diary'), { as: 'stalking-advocate' })).text).not.toContain('Typed by')
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  const note = 'Looked at the plan and rang her sister.'
  const fields = { uses: hidden('uses'), last: hidden('last'), note }
  await site.post(site.path('/phrase/second'), fields, { as: 'stalking-advocate' })
  expect((await site.get('/cases', { as: 'stalking-advocate' })).text).not.toContain('second phrase')
  expect((await site.get(site.path('/phrase'), { as: 'idva' })).text).toContain(note)
  const trail = (await site.get(site.path('/trail'), { as: 'coordinator' })).text
  expect(trail).toContain('Looked into the use of the second phrase')
  expect(trail).toContain('Read what was written with the second phrase')
  expect(trail).toContain('With the second phrase, by whom is not known')
  expect((await client.get('/my/looks')).text).not.toMatch(/second phrase|Read what was written/)
  expect((await client.get('/my/notes')).text).not.toContain('Typed by')
  // Weeks later it is there, for anyone who has the phrase.
  site.pass(20 * 24 * 60)
  expect((await (await site.signIn(site.words.duress)).get('/my/notes')).text).toContain('Typed by')
})
