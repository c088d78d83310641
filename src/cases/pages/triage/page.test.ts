import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { roles } from '../../../identity/role.ts'

let world: TestClinic
let site: TestSite

beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const onceOf = (page: string): string => /name="_once" value="([^"]+)"/.exec(page)?.[1] ?? ''
const asHandler = { as: 'call-handler' } as const
const asCoordinator = { as: 'coordinator' } as const
let names = 0

/** A call saved on the call sheet; returns the case id. */
async function saveCall(fields: Readonly<Record<string, string | readonly string[]>> = {}): Promise<string> {
  names += 1
  const typed = { words: 'He is always there.', adult: 'yes', postcode: 'TN9 1AA', cyberstalked: 'maybe' }
  const sheet = await site.get('/calls/new', asHandler)
  const saved = await site.post(
    '/calls/new',
    {
      ...typed,
      clientName: `Client ${names}`,
      ...fields,
      _once: onceOf(sheet.text.slice(sheet.text.indexOf('action="/calls/new"'))),
    },
    asHandler,
  )
  const reference = /saved\/([^?]+)/.exec(saved.location ?? '')?.[1]
  const rows = await asOwner(
    world.ownerUrl,
    async client =>
      (await client.query('select case_id from unwatched.referral where reference = $1', [reference])).rows,
  )
  return String(rows[0]?.case_id)
}

const triaged = { type: 'known-control', typeReasons: 'lived-together', judgement: 'routine' }
const opening = {
  agency: ['lead', 'cyber'],
  'parts-lead': [
    'overview',
    'referral',
    'contact',
    'triage',
    'consent',
    'evidence',
    'chronology',
    'bundle',
    'trail',
  ],
  'parts-cyber': ['overview', 'contact'],
  how: 'spoken-on-the-phone',
}

test('nobody who is not signed in, and no role that has no business there, sees the waiting referrals of staff', async () => {
  const caseId = await saveCall()
  const pages = ['/triage', `/triage/${caseId}`, `/triage/${caseId}/open`, `/triage/${caseId}/not-ours`]
  for (const path of [...pages, '/calls/new', '/cases']) {
    const page = await site.get(path)
    expect([path, page.text.includes('Client 1')]).toEqual([path, false])
    expect([path, page.location?.startsWith('/sign-in') ?? page.text.includes('Sign in')]).toEqual([
      path,
      true,
    ])
  }
  for (const role of roles.filter(each => each !== 'coordinator')) {
    for (const path of pages)
      expect([role, path, (await site.get(path, { as: role })).status]).toEqual([role, path, 403])
  }
})

test('a call handler saves a call, and what is read out is a reference with what happens next', async () => {
  const sheet = await site.get('/calls/new', asHandler)
  const saved = await site.post(
    '/calls/new',
    {
      words: 'Followed',
      dangerNow: 'yes',
      _once: onceOf(sheet.text.slice(sheet.text.indexOf('action="/calls/new"'))),
    },
    asHandler,
  )
  const page = await site.get(saved.location ?? '', asHandler)
  expect(page.text).toContain('Call saved')
  expect(page.text).toContain('Danger now')
  expect(page.text).toContain('Still to ask')
  expect(saved.location).not.toContain('Followed')
})

test('the coordinator sees who is waiting, the most urgent first', async () => {
  await saveCall({ clientName: 'Calm Caller' })
  await saveCall({ clientName: 'Urgent Caller', flags: 'strangled' })
  const { text } = await site.get('/triage', asCoordinator)
  expect(text.indexOf('Urgent Caller')).toBeGreaterThan(0)
  expect(text.indexOf('Urgent Caller')).toBeLessThan(text.indexOf('Calm Caller'))
})

test('a type needs a reason that points to it, and says which', async () => {
  const caseId = await saveCall()
  const answer = await site.post(
    `/triage/${caseId}`,
    { type: 'both', typeReasons: 'gifts', judgement: 'routine', note: 'my note' },
    asCoordinator,
  )
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('Select at least one sign of each')
  expect(answer.text).toContain('href="#typeReasons"')
  expect(answer.text).toContain('my note')
})

test('judgement may raise the urgency and never lower it', async () => {
  const caseId = await saveCall()
  await site.post(
    `/triage/${caseId}`,
    { ...triaged, flags: 'strangled', judgement: 'routine' },
    asCoordinator,
  )
  const [row] = await asOwner(
    world.ownerUrl,
    async client =>
      (await client.query('select urgency from unwatched.triage where case_id = $1', [caseId])).rows,
  )
  expect(row).toEqual({ urgency: 'today' })
})

test('S6 a channel is shown after a click, one at a time, and never on the page before', async () => {
  const caseId = await saveCall({ phone: '07700 900777', phoneSafe: 'yes', codeWords: 'blue kettle' })
  const before = await site.get(`/triage/${caseId}`, asCoordinator)
  for (const secret of ['07700 900777', 'blue kettle', 'TN9 1AA']) expect(before.text).not.toContain(secret)
  const after = await site.post(`/triage/${caseId}/contact`, { kind: 'phone' }, asCoordinator)
  expect(after.text).toContain('07700 900777 (safe to use)')
  expect(after.text).not.toContain('blue kettle')
})

test('from triage to an open case, its consents and its contact, each for those who may see it', async () => {
  const caseId = await saveCall({ clientName: 'Opened Client', phone: '07700 900888' })
  expect((await site.post(`/triage/${caseId}`, triaged, asCoordinator)).location).toBe(
    `/triage/${caseId}/open`,
  )
  expect((await site.get(`/triage/${caseId}/open`, asCoordinator)).text).toContain(
    'Who may work on this case?',
  )

  const without = await site.post(
    `/triage/${caseId}/open`,
    { agency: 'cyber', 'parts-cyber': 'overview', how: 'in-writing' },
    asCoordinator,
  )
  expect(without.status).toBe(400)
  expect(without.text).toContain('it keeps the file')
  const late = { ...opening, 'until-day': '1', 'until-month': '3', 'until-year': '2026' }
  expect((await site.post(`/triage/${caseId}/open`, late, asCoordinator)).text).toContain(
    'must be today or in the future',
  )
  expect((await site.confirm(`/triage/${caseId}/open`, opening, asCoordinator)).location).toBe(
    `/cases/${caseId}`,
  )

  expect((await site.get('/cases', { as: 'cyber-adviser' })).text).toContain('Opened Client')
  for (const role of [
    'stalking-advocate',
    'police-liaison',
    'call-handler',
    'administrator',
    'manager',
  ] as const) {
    expect([role, (await site.get('/cases', { as: role })).text.includes('Opened Client')]).toEqual([
      role,
      false,
    ])
    expect([role, (await site.get(`/cases/${caseId}/contact/said`, { as: role })).status]).toEqual([
      role,
      404,
    ])
    expect([role, (await site.get(`/cases/${caseId}/consents`, { as: role })).status]).toEqual([role, 404])
  }
  // The adviser's consent covers contact, and not the consents.
  expect((await site.get(`/cases/${caseId}/contact/said`, { as: 'cyber-adviser' })).text).not.toContain(
    '07700 900888',
  )
  expect(
    (await site.post(`/cases/${caseId}/contact/said`, { kind: 'phone' }, { as: 'cyber-adviser' })).text,
  ).toContain('07700 900888')
  expect((await site.get(`/cases/${caseId}/consents`, { as: 'cyber-adviser' })).status).toBe(404)

  const consents = `/cases/${caseId}/consents`
  const give = { agency: 'police', parts: ['overview', 'chronology'], how: 'in-writing' }
  expect((await site.post(consents, {}, asCoordinator)).text).toContain('Select which agency')
  expect((await site.confirm(consents, give, asCoordinator)).location).toBe(consents)
  const again = await site.post(consents, give, asCoordinator)
  expect([again.status, again.text.includes('already has a consent in force')]).toEqual([409, true])
  expect((await site.get('/cases', { as: 'police-liaison' })).text).toContain('Opened Client')

  const page = (await site.get(consents, asCoordinator)).text
  const row = page.slice(page.indexOf('>police agency<'))
  const consent = /name="consent" value="([^"]+)"/.exec(row)?.[1] ?? ''
  expect((await site.confirm(`${consents}/withdraw`, { consent }, asCoordinator)).location).toBe(consents)
  expect((await site.get('/cases', { as: 'police-liaison' })).text).not.toContain('Opened Client')
})

test('a referral that is not ours is closed with a reason, and leaves triage', async () => {
  const caseId = await saveCall({ clientName: 'Elsewhere Person' })
  expect((await site.confirm(`/triage/${caseId}/not-ours`, {}, asCoordinator)).text).toContain(
    'Select why it is not for this clinic',
  )
  expect(
    (await site.confirm(`/triage/${caseId}/not-ours`, { because: 'other-area' }, asCoordinator)).location,
  ).toBe('/triage')
  expect((await site.get('/triage', asCoordinator)).text).not.toContain('Elsewhere Person')
  expect((await site.get(`/triage/${caseId}`, asCoordinator)).status).toBe(404)
})

test('a name with markup or a direction mark is shown as text, on its own', async () => {
  const caseId = await saveCall({ clientName: '<b>bold</b>', suspectName: '\u202egnorw' })
  const { text } = await site.get(`/triage/${caseId}`, asCoordinator)
  expect(text).toContain('<bdi>&lt;b&gt;bold&lt;/b&gt;</bdi>')
  expect(text).toContain('<bdi>\u202egnorw</bdi>')
})
