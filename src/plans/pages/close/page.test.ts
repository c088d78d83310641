import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { day } from '../../../../test/support/date-fields.ts'
import { openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'

let site: PlansSite
beforeAll(async () => {
  site = await openPlansSite()
})
afterAll(() => site.close())

const as = 'idva'

test('a plan is closed by those who work with it, in a case in their sight', async () => {
  const { path } = await site.openPlan()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['stalking'] })}/plan/close`
  expect(await site.statuses([`${path}/close`, closed])).toEqual([200, 404])
  for (const role of ['police-liaison', 'manager', 'call-handler'] as const)
    expect(await site.statuses([`${path}/close`], role), role).toEqual([404])
  expect((await site.post(`${path}/close`, {}, { as: 'police-liaison' })).status).toBe(404)
  expect((await site.post(`${path}/reopen`, {}, { as: 'police-liaison' })).status).toBe(404)
})

test('a plan is closed with its outcome after what follows was read, takes no action then, and is reopened until a day', async () => {
  const { caseId, path } = await site.openPlan()
  await site.addAction(path)
  const empty = await site.confirm(`${path}/close`, {}, { as })
  expect(empty.text).toContain('<a href="#outcome">Select how it is now</a>')
  expect((await site.get(path, { as })).text).not.toContain('Closed on')
  const close = { outcome: 'reduced', safetyAtEnd: '4', seen: await site.seen(`${path}/close`) }
  expect((await site.confirm(`${path}/close`, close, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Closed on 2 March 2026. Less contact than before')
  expect((await site.post(`${path}/actions`, { 'a1-words': 'x', 'a1-owner': 'client' }, { as })).status).toBe(
    409,
  )
  const undated = await site.post(`${path}/reopen`, { note: 'They <b>came</b> back' }, { as })
  expect([undated.status, undated.text.includes('They &lt;b&gt;came')]).toEqual([422, true])
  const reopen = { ...day('endsOn', '2026-08-20'), seen: await site.seen(`${path}/reopen`) }
  expect((await site.post(`${path}/reopen`, reopen, { as })).location).toBe(path)
  expect(await verbsOf(site.world, caseId)).toEqual([
    'plan-made',
    'plan-actions-added',
    'plan-closed',
    'plan-reopened',
  ])
})

test('a plan that is open is not reopened, and a case without a plan closes none', async () => {
  const { path } = await site.openPlan()
  const open = await site.post(`${path}/reopen`, { ...day('endsOn', '2026-08-20'), seen: '1' }, { as })
  expect(open.status).toBe(409)
  const none = `/cases/${await openTestCase(site.world)}/plan`
  expect((await site.get(`${none}/close`, { as })).text).toContain('no safety plan yet')
  expect((await site.post(`${none}/close`, { outcome: 'reduced' }, { as })).status).toBe(409)
})
