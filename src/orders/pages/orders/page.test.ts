import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { withCase } from '../../../audit/operations/access-case.ts'
import { makeIncident } from '../../../chronology/operations/make-incident.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic('2026-03-02T10:00:00Z')
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = 'stalking-advocate'
const day = (prefix: string, text: string) => {
  const [year = '', month = '', date = ''] = text.split('-') // '--' leaves it empty
  return { [`${prefix}-day`]: date, [`${prefix}-month`]: month, [`${prefix}-year`]: year }
}
const served = {
  kind: 'spo',
  court: 'Fiction Magistrates <b>Court</b>',
  made: 'on',
  ...day('madeOn', '2026-02-10'),
  endsHow: 'until-further-order',
  knew: 'not-known',
  service: 'served',
  ...day('servedOn', '2026-02-12'),
  servedTime: '2:30pm',
  templates: ['any-contact', 'cameras'],
}
const open = async (fields: object = served): Promise<{ caseId: CaseId; base: string; path: string }> => {
  const caseId = await openTestCase(world, { clientName: 'Linda Fairweather' })
  const base = `/cases/${caseId}/orders`
  const sent = await site.post(`${base}/new`, fields as Record<string, string>, { as })
  if (!sent.location) throw new Error(sent.text)
  return { caseId, base, path: sent.location }
}
const incident = (caseId: CaseId, text: string, codes: readonly 'B_CONTACT'[] = ['B_CONTACT']) =>
  withCase(
    world.clinic.database,
    world.as(as),
    { caseId, part: 'chronology', mode: 'write' },
    async transaction =>
      makeIncident(transaction, caseId, randomUUID(), {
        when: { precision: 'exact', startsAt: new Date(text) },
        zone: 'Europe/London',
        noticedOn: null,
        what: 'Wrote <i>again</i>',
        clientWords: 'Afraid',
        changed: '',
        whereCoarse: '',
        toldTo: '',
        platform: '',
        codes,
        records: [],
      }),
  )
const seen = async (path: string) =>
  /name="seen" value="(\d+)"/.exec((await site.get(path, { as })).text)?.[1] ?? ''

test('orders of a case out of sight are not found, and an IDVA may read them and change nothing', async () => {
  const { path, base } = await open()
  const closed = `/cases/${await openTestCase(world, { agencies: ['lead'] })}/orders`
  for (const tail of ['', '/new', '/request'])
    expect((await site.get(`${closed}${tail}`, { as })).status).toBe(404)
  for (const role of ['manager', 'call-handler', 'administrator'] as const)
    expect((await site.get(base, { as: role })).status).toBe(404)
  for (const tail of ['/correct', '/terms', '/event'])
    expect((await site.post(`${path}${tail}`, {}, { as: 'idva' })).status).toBe(404)
  expect((await site.get(path, { as: 'idva' })).text).not.toContain('Correct or complete')
  const foreign = `/cases/${await openTestCase(world)}/orders/${path.split('/').at(-1)}`
  for (const tail of ['', '/correct', '/terms', '/event', '/request'])
    expect((await site.get(`${foreign}${tail}`, { as })).status, tail).toBe(404)
})

test('an order without an end is asked how long it lasts, and keeps what was typed', async () => {
  const base = `/cases/${await openTestCase(world)}/orders`
  const { endsHow: _, ...endless } = served
  const sent = await site.post(`${base}/new`, endless, { as })
  expect(sent.status).toBe(422)
  expect(sent.text).toContain('<a href="#endsHow">Select how long it lasts: the order says so</a>')
  expect(sent.text).toContain('Fiction Magistrates &lt;b&gt;Court')
  // The questions depend on the kind, so the kind comes first.
  const kinds = await site.get(`${base}/new`, { as })
  expect(kinds.text).toContain(`${base}/new?kind=bail`)
  const bail = await site.get(`${base}/new?kind=bail`, { as })
  expect(bail.text).toContain('Were the conditions given to them in writing?')
  expect(bail.text).not.toContain('take the place of an interim order')
  const interim = await site.get(`${base}/new?kind=interim-spo`, { as })
  expect(interim.text).not.toContain('value="until-further-order"')
  expect(interim.text).toContain('Sexual Offences Act 2003')
  const empty = await site.post(`${base}/new`, { kind: 'spo' }, { as })
  expect(empty.text).toContain('<a href="#made">Select whether it has been made')
  const twice = await site.post(`${base}/new`, { ...served, service: ['served', 'not-yet'] }, { as })
  expect(twice.status).toBe(422)
  expect(twice.text).toContain('<a href="#service">Two answers came for this: select one</a>')
  const both = await site.post(`${base}/new`, { ...served, service: 'not-yet', servedTime: '' }, { as })
  expect(both.text).toContain('There is a date here, and “Not yet” is selected: keep one of the two')
  expect((await site.get(base, { as })).text).toContain('There are no orders in this case yet')
})

test('an order served before it was made, or in the future, is refused beside its field', async () => {
  const base = `/cases/${await openTestCase(world)}/orders`
  const early = await site.post(`${base}/new`, { ...served, ...day('servedOn', '2026-02-09') }, { as })
  expect(early.text).toContain(
    '<a href="#servedOn-day">The date it was served must be on or after the day it was made',
  )
  const late = await site.post(
    `${base}/new`,
    { ...served, servedTime: '4pm', ...day('servedOn', '2026-03-02') },
    { as },
  )
  expect(late.text).toContain(
    '<a href="#servedOn-day">The date and time it was served must be in the past</a>',
  )
  const unclear = await site.post(`${base}/new`, { ...served, servedTime: '4' }, { as })
  expect(unclear.text).toContain('<a href="#servedTime">Time must include minutes or am or pm')
})

test('an incident after service shows as a possible breach, a person decides with a reason, and both stay', async () => {
  const { caseId, base, path } = await open()
  await incident(caseId, '2026-02-09T14:29:00Z')
  expect((await site.get(base, { as })).text).not.toContain('A possible breach')
  const after = await incident(caseId, '2026-02-12T14:31:00Z')
  const list = await site.get(base, { as: 'police-liaison' })
  expect(list.text).toContain('A possible breach is not a finding')
  expect(list.text).toContain('After they knew of the order')
  const breach = `${path}/breaches/${after}`
  const page = await site.get(breach, { as })
  expect(page.text).toContain('Wrote &lt;i&gt;again&lt;/i&gt;')
  const empty = await site.post(breach, {}, { as })
  expect(empty.text).toContain('<a href="#taken">Select what you make of it</a>')
  expect(empty.text).toContain('<a href="#reason">Enter why</a>')
  const future = { taken: 'yes', reason: 'Same words', seen: '0', ...day('told', '2026-04-01') }
  expect((await site.post(breach, future, { as })).text).toContain('<a href="#told-day">')
  const yes = { taken: 'yes', reason: 'Same <b>words</b>', policeReference: 'KP/1', seen: '0' }
  expect((await site.post(breach, yes, { as })).location).toBe(path)
  const second = await site.post(breach, { taken: 'no', reason: 'Mine', seen: '0' }, { as: 'police-liaison' })
  expect(second.status).toBe(409)
  expect(second.text).toContain('A colleague decided on this while you were writing')
  expect(second.text).toContain('Same &lt;b&gt;words&lt;/b&gt;')
  expect(second.text).toContain('Mine</textarea>')
  expect((await site.post(breach, { taken: 'no', reason: 'Mine', seen: '1' }, { as })).location).toBe(path)
  const diary = await site.get(path, { as })
  expect(diary.text).toContain('Not taken for a breach')
  expect((await site.get(breach, { as })).text).toContain('Police reference <bdi>KP/1</bdi>')
  expect((await site.get(base, { as })).text).not.toContain('A possible breach')
  const absent = `${path}/breaches/01900000-0000-7000-8000-000000000000`
  expect((await site.post(absent, yes, { as })).status).toBe(404)
})

test('where only the day of service is known, an incident of that day may be before it', async () => {
  const { caseId, base } = await open({ ...served, servedTime: '' })
  await incident(caseId, '2026-02-12T20:00:00Z')
  expect((await site.get(base, { as })).text).toContain(
    'May be before service or anything else that told them',
  )
})

test('contact between the making and service is shown with the question, also when nobody recorded service', async () => {
  const { caseId, base, path } = await open({ ...served, kind: 'restraining' })
  await incident(caseId, '2026-02-11T10:00:00Z')
  const list = await site.get(base, { as })
  expect(list.text).toContain('before service or anything else that told them')
  expect(list.text).toContain('Ask whether they knew of it')
  const unserved = await open({
    ...served,
    kind: 'bail',
    service: 'not-known',
    ...day('servedOn', '--'),
    servedTime: '',
  })
  await incident(unserved.caseId, '2026-02-20T10:00:00Z')
  const bail = await site.get(unserved.path, { as })
  expect(bail.text).toContain('Nothing here says that they were served or told')
  expect(bail.text).toContain('Not an offence: they can be arrested for it')
  expect(path).toContain(base)
})

test('a breach can be recorded by an incident that was not found, and stays in the diary of the order', async () => {
  const { caseId, path } = await open()
  const before = await incident(caseId, '2026-01-05T10:00:00Z')
  const other = await incident(caseId, '2026-02-20T10:00:00Z', [])
  expect((await site.get(path, { as })).text).toContain('by an incident that is not listed here')
  const others = await site.get(`${path}/breaches`, { as })
  expect(others.text).toContain(`${path}/breaches/${before}`)
  expect(others.text).not.toContain(`${path}/breaches/${other}`)
  expect((await site.get(`${path}/breaches`, { as: 'idva' })).status).toBe(404)
  const page = await site.get(`${path}/breaches/${before}`, { as })
  expect(page.text).toContain('You can record it all the same')
  const sent = { taken: 'yes', reason: 'The clock was wrong', seen: '0' }
  expect((await site.post(`${path}/breaches/${before}`, sent, { as })).location).toBe(path)
  const diary = await site.get(path, { as })
  expect(diary.text).toContain('Recorded by a person')
  expect(diary.text).toContain('The clock was wrong')
})

test('an order page never says that no incident falls under it when it cannot know', async () => {
  const none = await open({ ...served, templates: [] })
  await incident(none.caseId, '2026-02-20T10:00:00Z')
  expect((await site.get(none.path, { as })).text).toContain('cannot be known: no terms are recorded')
  const empty = await open()
  expect((await site.get(empty.path, { as })).text).toContain('cannot be known: there are no incidents')
  const unmade = await open({ kind: 'spo', made: 'not-yet', templates: 'any-contact' })
  await incident(unmade.caseId, '2026-02-20T10:00:00Z')
  expect((await site.get(unmade.path, { as })).text).toContain('It is not made yet, so nothing was compared')
})

test('an interim order is ended by the decision on the main application, and the law of its kind is shown', async () => {
  const interim = { ...served, kind: 'interim-spo', endsHow: 'on', ...day('endsOn', '2026-08-01') }
  const { path } = await open(interim)
  const page = await site.get(path, { as })
  expect(page.text).toContain('All parts of the United Kingdom, unless the order limits it')
  expect(page.text).toContain('can ask the police to')
  const event = { event: 'determined', ...day('on', '2026-03-01'), seen: await seen(`${path}/event`) }
  const asks = await site.post(`${path}/event`, event, { as })
  expect(asks.text).toContain('Record that it was ended by the decision on the main application?')
  expect((await site.confirm(`${path}/event`, event, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Ended on 1 March 2026')
  const full = await open()
  const wrong = await site.post(
    `${full.path}/event`,
    { ...event, seen: await seen(`${full.path}/event`) },
    { as },
  )
  expect(wrong.status).toBe(422)
  const early = { event: 'discharged', ...day('on', '2026-02-01'), seen: await seen(`${full.path}/event`) }
  expect((await site.post(`${full.path}/event`, early, { as })).text).toContain(
    'on or after the day it was made',
  )
  const restraining = await open({ ...served, kind: 'restraining' })
  expect((await site.get(restraining.path, { as })).text).toContain('has a right to be heard')
})

test('when two people correct an order at once the second one is told, and what they wrote stays', async () => {
  const { path } = await open()
  const before = await seen(`${path}/correct`)
  const form = (court: string) => ({ ...served, court, seen: before })
  expect((await site.post(`${path}/correct`, form('Mine'), { as })).location).toBe(path)
  const second = await site.post(`${path}/correct`, form('Theirs'), { as: 'police-liaison' })
  expect(second.status).toBe(409)
  expect(second.text).toContain('A colleague changed this order while you were writing')
  expect(second.text).toContain('value="Theirs"')
})

test('terms are added in the court’s words and taken out again, and an order is renewed and discharged', async () => {
  const { path } = await open()
  const none = await site.post(`${path}/terms`, {}, { as })
  expect(none.text).toContain('<a href="#words">Enter the term as it stands in the order</a>')
  const term = { termKind: 'prohibition', words: 'Not to go to <b>Old</b> Bridge', codes: 'E_LOITER' }
  expect((await site.post(`${path}/terms`, { ...term, seen: await seen(path) }, { as })).location).toBe(path)
  const shown = await site.get(path, { as })
  expect(shown.text).toContain('Not to go to &lt;b&gt;Old&lt;/b&gt; Bridge')
  const end = [...shown.text.matchAll(/action="([^"]+\/terms\/[^"]+\/end)"/g)].at(-1)?.[1] ?? ''
  expect((await site.confirm(end, {}, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('until 2 March 2026')
  const event = (fields: Record<string, string>) => async () =>
    site.post(`${path}/event`, { ...fields, seen: await seen(`${path}/event`) }, { as })
  expect((await event({})()).text).toContain('<a href="#event">Select what happened</a>')
  expect((await event({ event: 'renewed', ...day('on', '2026-03-01') })()).text).toContain(
    '<a href="#newEnd-day">',
  )
  const renewed = { event: 'renewed', ...day('on', '2026-03-01'), ...day('newEnd', '2026-04-20') }
  expect((await event(renewed)()).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('20 April 2026, in 49 days: think of renewal now')
  const discharged = { event: 'discharged', ...day('on', '2026-03-02') }
  expect((await event(discharged)()).text).toContain('Record that it was discharged?')
  expect((await site.get(path, { as })).text).not.toContain('Discharged')
  expect((await site.confirm(`${path}/event`, discharged, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Discharged')
})

test('a request shows what each statutory ground has and what it lacks, and is kept for the police', async () => {
  const caseId = await openTestCase(world)
  await incident(caseId, '2026-02-12T14:31:00Z')
  const base = `/cases/${caseId}/orders`
  const asked = await site.get(`${base}/request`, { as })
  expect(asked.text).toContain('Whether to apply for an order is the decision of the police')
  expect(asked.text).not.toContain('Nothing yet')
  expect(asked.text).toContain('Nothing is on the access map yet')
  expect(asked.text).toContain('No incident is marked with this')
  const empty = await site.post(`${base}/request`, {}, { as })
  expect(empty.text).toContain('<a href="#necessity">Enter why an order is needed')
  expect(empty.text).toContain('<a href="#templates">Select at least one term to propose</a>')
  const fields = {
    necessity: 'It <b>goes</b> on',
    limits: 'Works nights',
    templates: ['any-account', 'trackers'],
  }
  const sent = await site.post(`${base}/request`, fields, { as })
  const print = await site.get(sent.location ?? '', { as: 'police-liaison' })
  expect(print.text).toContain('It &lt;b&gt;goes&lt;/b&gt; on')
  expect(print.text).toContain('Not to place or have placed a tracker')
  expect(print.text).toContain('Works nights')
  expect((await site.get(base, { as })).text).toContain('Asked for')
})

test('S8 no word of an order is readable in the database, and no revision is changed', async () => {
  const { caseId } = await open({ ...served, court: 'Xyzzyplugh' })
  await asOwner(world.ownerUrl, async db => {
    const rows = await db.query('select o::text as row from unwatched.order_revision o where case_id = $1', [
      caseId,
    ])
    expect(JSON.stringify(rows.rows)).not.toContain('Xyzzyplugh')
    await expect(db.query('update unwatched.order_revision set revision = 9')).rejects.toThrow()
    await expect(db.query('delete from unwatched.breach_decision')).rejects.toThrow()
  })
})

test('an order that they were served with or learnt of asks for a review of the plan', async () => {
  const { caseId } = await open({ kind: 'spo', made: 'not-yet', ...day('appliedOn', '2026-02-10') })
  const plan = `/cases/${caseId}/plan`
  await site.post(plan, { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-07-02') }, { as })
  expect((await site.get(plan, { as })).text).not.toContain('An order was served, or they learnt of it, ')
  const present = { ...served, knew: 'present', service: 'not-yet', servedTime: '', ...day('servedOn', '--') }
  await site.post(`/cases/${caseId}/orders/new`, present, { as })
  expect((await site.get(plan, { as })).text).toContain(
    'An order was served, or they learnt of it, 2 March 2026',
  )
})
