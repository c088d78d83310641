import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { caseParts } from '../../../foundation/case-part.ts'
import { newOnce } from '../../../web/form.ts'

let world: TestClinic
let site: TestSite
let caseId: string
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openedCase()
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const coordinator = { as: 'coordinator' } as const
const typed = {
  words: 'He knows where I park.\nHe wrote <b>soon</b>',
  dangerNow: 'yes',
  filledBy: 'client',
  adult: 'yes',
  postcode: 'TN9 1AA',
  cyberstalked: 'maybe',
  flags: ['weapon', 'insider'],
  suspectName: 'Quentin Marsh',
  relation: 'former-partner',
  clientName: 'Opal Reed',
  phone: '07700 900321',
  phoneSafe: 'yes',
  codeWords: 'blue kettle',
}

/** A call that was saved, triaged with one flag more and one fewer, and opened for every agency. */
async function openedCase(): Promise<string> {
  const saved = await site.post('/calls/new', { ...typed, _once: newOnce() }, { as: 'call-handler' })
  const reference = /saved\/([^?]+)/.exec(saved.location ?? '')?.[1]
  const rows = await asOwner(
    world.ownerUrl,
    async client =>
      (await client.query('select case_id from unwatched.referral where reference = $1', [reference])).rows,
  )
  const id = String(rows[0]?.case_id)
  const triage = {
    type: 'known-control',
    typeReasons: 'lived-together',
    flags: ['weapon', 'strangled'],
    judgement: 'routine',
    note: 'Rang back',
    _once: newOnce(),
  }
  await site.post(`/triage/${id}`, triage, coordinator)
  const agencies = ['lead', 'cyber', 'stalking', 'police']
  const parts = Object.fromEntries(agencies.map(agency => [`parts-${agency}`, [...caseParts]]))
  const opening = { agency: agencies, ...parts, how: 'spoken-on-the-phone', _once: newOnce() }
  expect((await site.confirm(`/triage/${id}/open`, opening, coordinator)).location).toBe(`/cases/${id}`)
  return id
}

test('once a case is open, what was said first is on its page as it was said, and in short on the overview', async () => {
  const overview = await site.get(`/cases/${caseId}`, coordinator)
  expect(overview.text).toContain('He knows where I park. He wrote &lt;b&gt;soon&lt;/b&gt;')
  expect(overview.text).toContain('Said to be in danger then')
  expect(overview.text).toContain(`href="/cases/${caseId}/first-account"`)
  for (const role of ['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva'] as const) {
    const { status, text } = await site.get(`/cases/${caseId}/first-account`, { as: role })
    expect([role, status]).toEqual([role, 200])
    expect(text).toContain('He knows where I park.\nHe wrote &lt;b&gt;soon&lt;/b&gt;')
    expect(text).toContain('They said then that somebody was in danger')
    expect(text).toContain('<bdi>Quentin Marsh</bdi>, former partner')
    expect(text).toContain('Weapons used, shown or spoken of')
    expect(text).toContain('Helpers, or works in police')
    expect(text, 'a flag that only triage found was never told').not.toContain('Strangled or choked')
    expect(text).toContain('by phone')
    expect(text).toContain('Test call-handler')
  }
})

test('S5 it is for those whose role and agency may see that part, and for nobody else', async () => {
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const) {
    const { status, text } = await site.get(`/cases/${caseId}/first-account`, { as: role })
    expect([role, status]).toEqual([role, 404])
    expect(text).not.toContain('Quentin')
    if (role === 'police-liaison')
      expect((await site.get(`/cases/${caseId}`, { as: role })).text).not.toContain('where I park')
  }
  expect((await site.get(`/cases/${caseId}/first-account`)).status).toBe(303)
})

test('S6 the client’s channels stay sealed behind a click that is recorded, one at a time', async () => {
  const page = await site.get(`/cases/${caseId}/first-account`, coordinator)
  for (const secret of ['900321', 'blue kettle', 'TN9 1AA', 'TN91AA']) expect(page.text).not.toContain(secret)
  expect(page.text).toContain('Show<span class="govuk-visually-hidden"> Phone number</span>')
  const shown = await site.post(`/cases/${caseId}/contact/said`, { kind: 'phone' }, coordinator)
  expect(shown.text).toContain('07700 900321')
  expect(shown.text).not.toContain('blue kettle')
  expect((await site.get(`/cases/${caseId}/trail`, coordinator)).text).toContain('Uncovered a contact detail')
})

test('where nothing of it is kept, the page says so', async () => {
  const bare = await openTestCase(world)
  const { status, text } = await site.get(`/cases/${bare}/first-account`, coordinator)
  expect(status).toBe(200)
  expect(text).toContain('Nothing is held: no account was kept with this case.')
  expect((await site.get(`/cases/${bare}`, coordinator)).text).toContain('Nothing is held')
  expect((await site.get(`/cases/${bare}/triage`, coordinator)).text).toContain(
    'no reasons were kept with this case',
  )
})

const revision = {
  type: 'both',
  typeReasons: ['lived-together', 'new-accounts'],
  dangerNow: 'no',
  flags: ['insider'],
  judgement: 'seven-days',
  why: 'The knife is with the police; she <i>has</i> the receipt',
}
const revise = async (change: Record<string, string | readonly string[]> = {}) => {
  const form = await site.get(`/cases/${caseId}/triage/revise`, coordinator)
  const seen = /name="seen" value="(\d+)"/.exec(form.text)?.[1] ?? ''
  const fields = { ...revision, seen, _once: newOnce(), ...change }
  return site.post(`/cases/${caseId}/triage/revise`, fields, coordinator)
}

test('type and urgency are revised with reasons, and the earlier ones stay beside them, from what to what', async () => {
  const before = await site.get(`/cases/${caseId}/triage`, coordinator)
  expect(before.text).toContain('Strangled or choked, ever')
  expect(before.text).toContain('Rang back')
  for (const [change, words] of [
    [{ why: '' }, 'Enter what changed, and how that is known'],
    [{ typeReasons: 'new-accounts' }, 'Select at least one sign of each'],
    [{ dangerNow: '' }, 'Select whether anybody is in danger now'],
    [{ judgement: 'soon' }, 'Select how soon somebody must act'],
  ] as const) {
    const refused = await revise(change)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(words)
    expect(refused.text, 'what was typed stays').toContain('value="insider" checked')
  }
  world.clock.moveTo('2026-03-02T10:05:00Z')
  expect((await revise()).location).toBe(`/cases/${caseId}/triage`)
  const after = await site.get(`/cases/${caseId}/triage`, coordinator)
  expect(after.text).toContain('Type: from Known person with control to Both')
  expect(after.text).toContain('Urgency: from Today to Within 7 days')
  expect(after.text).toContain('The knife is with the police; she &lt;i&gt;has&lt;/i&gt; the receipt')
  expect(after.text).toContain('Rang back')
  expect(after.text).toContain('Test coordinator')
  expect((await site.get('/cases', { as: 'idva' })).text).toContain('Within 7 days')
  expect((await site.get(`/cases/${caseId}/trail`, coordinator)).text).toContain(
    'Revised the working type or the urgency',
  )
  // What was said first did not move.
  expect((await site.get(`/cases/${caseId}/first-account`, coordinator)).text).toContain('Weapons used')
})

test('judgement never lowers what the red flags ask for, in a revision either', async () => {
  expect((await revise({ flags: 'weapon', judgement: 'routine' })).status).toBe(303)
  expect((await site.get(`/cases/${caseId}/triage`, coordinator)).text).toContain('to Today')
})

test('when two people revise at once the second one is told, keeps what they wrote, and may save it after reading', async () => {
  const form = await site.get(`/cases/${caseId}/triage/revise`, coordinator)
  const seen = /name="seen" value="(\d+)"/.exec(form.text)?.[1] ?? ''
  const send = (why: string) =>
    site.post(`/cases/${caseId}/triage/revise`, { ...revision, seen, why, _once: newOnce() }, coordinator)
  const answers = await Promise.all([send('First of two'), send('Second of two')])
  expect(answers.map(each => each.status).sort()).toEqual([303, 409])
  const second = answers.find(each => each.status === 409)
  expect(second?.text).toContain('Somebody else revised this while you were writing')
  expect(second?.text).toContain('What stands now')
  expect(second?.text.match(/(First|Second) of two/g)).toHaveLength(2)
  const history = (await site.get(`/cases/${caseId}/triage`, coordinator)).text
  expect(history.includes('First of two')).not.toBe(history.includes('Second of two'))
})

test('a form of a revision that arrives twice is one revision', async () => {
  const count = async () =>
    (await site.get(`/cases/${caseId}/triage`, coordinator)).text.match(/Once only/g)?.length ?? 0
  const form = await site.get(`/cases/${caseId}/triage/revise`, coordinator)
  const seen = /name="seen" value="(\d+)"/.exec(form.text)?.[1] ?? ''
  const once = { ...revision, seen, why: 'Once only', _once: newOnce() }
  for (let times = 0; times < 2; times += 1)
    expect((await site.post(`/cases/${caseId}/triage/revise`, once, coordinator)).status).toBe(303)
  // As what holds now, and as its line among the earlier ones.
  expect(await count()).toBe(2)
})

test('S5 only a person who may change it revises it, and only in an open case', async () => {
  for (const role of ['cyber-adviser', 'stalking-advocate', 'idva', 'police-liaison', 'manager'] as const) {
    expect((await site.get(`/cases/${caseId}/triage`, { as: role })).status).toBe(404)
    expect((await site.post(`/cases/${caseId}/triage/revise`, revision, { as: role })).status).toBe(404)
  }
  await asOwner(world.ownerUrl, client =>
    client.query(
      `update unwatched.case_file set state = 'closed', closed_at = opened_at, outcome = 'not-known' where case_id = $1`,
      [caseId],
    ),
  )
  const closed = await revise()
  expect([closed.status, closed.text.includes('Open the case again first')]).toEqual([409, true])
})

test('S8 why it was revised lies sealed', async () => {
  const rows = await asOwner(
    world.ownerUrl,
    async client => (await client.query('select t::text as row from unwatched.triage t')).rows,
  )
  expect(rows.length).toBeGreaterThan(3)
  for (const { row } of rows) expect(row).not.toMatch(/knife|Rang back|of two/)
})
