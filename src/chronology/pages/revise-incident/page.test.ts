import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IncidentsSite, openIncidentsSite, told } from '../../../../test/support/incidents-site.ts'
import { addTestItem, keepTestRecords } from '../../../../test/support/test-records.ts'

let site: IncidentsSite
beforeAll(async () => {
  site = await openIncidentsSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('an incident is revised by those who work on the chronology of its case', async () => {
  const path = await site.make()
  const revised = { ...told, base: '1', what: 'Not theirs', reason: 'x' }
  for (const role of ['coordinator', 'police-liaison', 'cyber-adviser', 'manager'] as const) {
    expect((await site.get(`${path}/revise`, { as: role })).status, role).toBe(404)
    expect((await site.post(`${path}/revise`, revised, { as: role })).status, role).toBe(404)
  }
  expect((await site.get(path, { as })).text).not.toContain('Not theirs')
})

test('a revision needs its reason, stays beside the first text, and a stale tab is shown the newer one', async () => {
  const { location } = await site.post(site.form, told, { as })
  const revise = `${location}/revise`
  const opened = await site.get(revise, { as })
  expect(opened.text).toContain('He waited outside the library')
  expect(opened.text).toContain('value="22:30"')
  const revised = { ...told, base: '1', what: 'He waited at the bus stop' }
  expect((await site.post(revise, revised, { as })).text).toContain('Enter why it is being revised')
  const saved = await site.post(revise, { ...revised, reason: 'She remembered' }, { as })
  expect(saved.location).toBe(location)
  const page = await site.get(location ?? '', { as })
  expect(page.text).toContain('He waited at the bus stop')
  expect(page.text).toContain('He waited outside the library')
  expect(page.text).toContain('She remembered')
  const stale = await site.post(
    revise,
    { ...revised, what: 'He was in his car', reason: 'Another memory' },
    { as },
  )
  expect(stale.status).toBe(409)
  expect(stale.text).toContain('Somebody revised this incident while you were writing')
  expect(stale.text).toContain('He waited at the bus stop')
  expect(stale.text).toContain('He was in his car')
  expect(stale.text).toContain('name="base" value="2"')
})

test('an incident rests on what is not read now through a revision, and finds it again when it is read', async () => {
  const records = [{ local: '2026-02-15T22:01:00', sender: 'Rob', text: 'set aside for now' }]
  const aside = await addTestItem(site.world, site.caseId, 'ABC/9', records)
  const saved = await site.post(site.form, { ...told, record: [`${site.itemId}.0`, `${aside}.0`] }, { as })
  // Set aside, its record is there no longer; read again, it is back under its number.
  await keepTestRecords(site.world, site.caseId, aside, [])
  const shown = await site.get(saved.location ?? '', { as })
  expect(shown.text).toContain('1 of its records')
  const revised = { ...told, base: '1', reason: 'She remembered', record: [`${site.itemId}.0`] }
  expect((await site.post(`${saved.location}/revise`, revised, { as })).status).toBe(303)
  await keepTestRecords(site.world, site.caseId, aside, records)
  expect((await site.get(saved.location ?? '', { as })).text).toContain(`/records/${aside}.0`)
})

test('an incident that is not in this case is not found', async () => {
  const missing = `/cases/${site.caseId}/incidents/${site.itemId}`
  expect((await site.get(`${missing}/revise`, { as })).status).toBe(404)
  expect((await site.post(`${missing}/revise`, { ...told, reason: 'x', base: '1' }, { as })).status).toBe(404)
})
