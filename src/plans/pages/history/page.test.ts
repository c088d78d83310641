import { afterAll, beforeAll, expect, test } from 'vitest'
import { day } from '../../../../test/support/date-fields.ts'
import { openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'

let site: PlansSite
beforeAll(async () => {
  site = await openPlansSite()
})
afterAll(() => site.close())

const as = 'idva'

test('earlier states of a plan are read by those who may read the plan', async () => {
  const { path } = await site.openPlan()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['stalking'] })}/plan/history`
  expect(await site.statuses([`${path}/history`, closed])).toEqual([200, 404])
  expect(await site.statuses([`${path}/history`], 'police-liaison')).toEqual([200])
  for (const role of ['manager', 'call-handler', 'administrator'] as const)
    expect(await site.statuses([`${path}/history`], role), role).toEqual([404])
})

test('every state of a plan stays readable as it was, and what is no state of it is not found', async () => {
  const { path } = await site.openPlan()
  await site.addAction(path)
  const close = { outcome: 'reduced', safetyAtEnd: '4', seen: await site.seen(`${path}/close`) }
  expect((await site.confirm(`${path}/close`, close, { as })).location).toBe(path)
  const reopen = { ...day('endsOn', '2026-08-20'), seen: await site.seen(`${path}/reopen`) }
  expect((await site.post(`${path}/reopen`, reopen, { as })).location).toBe(path)
  const history = await site.get(`${path}/history`, { as })
  expect(history.text).toContain('The plan was reopened')
  expect((await site.get(`${path}/history/1`, { as })).text).toContain('There are no actions yet')
  expect((await site.get(`${path}/history/2`, { as })).text).toContain(
    'Change &lt;i&gt;the&lt;/i&gt; password',
  )
  for (const revision of ['99', 'x', '0', '-1', '99999999999'])
    expect((await site.get(`${path}/history/${revision}`, { as })).status, revision).toBe(404)
  const none = `/cases/${await openTestCase(site.world)}/plan/history`
  expect((await site.get(none, { as })).text).toContain('no safety plan yet')
})
