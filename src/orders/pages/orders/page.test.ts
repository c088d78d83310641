import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { withCase } from '../../../audit/operations/open-case.ts'
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
  const [year = '', month = '', date = ''] = text.split('-')
  return { [`${prefix}-day`]: date, [`${prefix}-month`]: month, [`${prefix}-year`]: year }
}
const served = {
  kind: 'spo',
  court: 'Fiction Magistrates <b>Court</b>',
  ...day('madeOn', '2026-02-10'),
  endsHow: 'until-further-order',
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
        herWords: 'Afraid',
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

test('an order without an end is asked whether it lasts until further order, and keeps what was typed', async () => {
  const base = `/cases/${await openTestCase(world)}/orders`
  const { endsHow: _, ...endless } = served
  const sent = await site.post(`${base}/new`, endless, { as })
  expect(sent.status).toBe(422)
  expect(sent.text).toContain(
    '<a href="#endsHow">Select whether it ends on a date or lasts until further order: the order says which</a>',
  )
  expect(sent.text).toContain('Fiction Magistrates &lt;b&gt;Court')
  const empty = await site.post(`${base}/new`, {}, { as })
  expect(empty.text).toContain('<a href="#kind">Select what kind of order it is</a>')
  expect((await site.get(base, { as })).text).toContain('There are no orders in this case yet')
})

test('an order served before it was made, or in the future, is told so beside its field', async () => {
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
  await incident(caseId, '2026-02-12T14:29:00Z')
  expect((await site.get(base, { as })).text).not.toContain('A possible breach')
  const after = await incident(caseId, '2026-02-12T14:31:00Z')
  const list = await site.get(base, { as: 'police-liaison' })
  expect(list.text).toContain('A possible breach is not a finding')
  expect(list.text).toContain('After the order was served')
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
  expect((await site.get(base, { as })).text).toContain('May be before the order was served')
})

test('of two who correct an order at once the second is told, and what they wrote stays', async () => {
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
  expect((await event(discharged)()).text).toContain('Mark this order as discharged?')
  expect((await site.get(path, { as })).text).not.toContain('Discharged')
  expect((await site.confirm(`${path}/event`, discharged, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Discharged')
})

test('a request shows what each ground has and what it lacks, and is kept for the police', async () => {
  const caseId = await openTestCase(world)
  await incident(caseId, '2026-02-12T14:31:00Z')
  const base = `/cases/${caseId}/orders`
  const asked = await site.get(`${base}/request`, { as })
  expect(asked.text).toContain('Whether to apply for an order is the decision of the police')
  expect(asked.text).toContain('Nothing yet')
  const empty = await site.post(`${base}/request`, {}, { as })
  expect(empty.text).toContain('<a href="#necessity">Enter why an order is needed')
  expect(empty.text).toContain('<a href="#templates">Select at least one term to propose</a>')
  const fields = { necessity: 'It <b>goes</b> on', templates: ['any-account', 'trackers'] }
  const sent = await site.post(`${base}/request`, fields, { as })
  const print = await site.get(sent.location ?? '', { as: 'police-liaison' })
  expect(print.text).toContain('It &lt;b&gt;goes&lt;/b&gt; on')
  expect(print.text).toContain('Not to place or have placed a tracker')
  expect((await site.get(base, { as })).text).toContain('Asked for')
})

test('S8 not a word of an order lies in the open, and no revision is changed', async () => {
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

test('an order that was served asks for a review of the plan', async () => {
  const { caseId } = await open({ kind: 'spo', ...day('appliedOn', '2026-02-10') })
  const plan = `/cases/${caseId}/plan`
  await site.post(plan, { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-07-02') }, { as })
  expect((await site.get(plan, { as })).text).not.toContain('An order was served, ')
  await site.post(`/cases/${caseId}/orders/new`, served, { as })
  expect((await site.get(plan, { as })).text).toContain('An order was served, 2 March 2026')
})
