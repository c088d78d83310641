import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type CasesSite, openCasesSite, triaged } from '../../../../test/support/cases-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

const asCoordinator = { as: 'coordinator' } as const

test('the triage of a case is read by those whose role and consent cover it, and revised by nobody else', async () => {
  const caseId = await site.openCase()
  const path = `/cases/${caseId}/triage`
  expect(await statusesOf(site, [path, `${path}/revise`], 'coordinator')).toEqual([200, 200])
  for (const role of ['cyber-adviser', 'stalking-advocate', 'police-liaison', 'manager'] as const) {
    expect(await statusesOf(site, [path, `${path}/revise`], role), role).toEqual([404, 404])
    expect((await site.post(`${path}/revise`, triaged, { as: role })).status, role).toBe(404)
  }
})

test('a revision without a judgement is not kept and says what is missing', async () => {
  const caseId = await site.openCase()
  const path = `/cases/${caseId}/triage/revise`
  const before = await verbsOf(site.world, caseId)
  const bad = await site.post(
    path,
    { type: 'both', typeReasons: 'gifts', why: 'my <b>note</b>' },
    asCoordinator,
  )
  expect(bad.status).toBeGreaterThanOrEqual(400)
  expect(bad.text).toContain('govuk-error-summary')
  expect(bad.text).toContain('my &lt;b&gt;note&lt;/b&gt;')
  expect(await verbsOf(site.world, caseId)).toEqual(before)
})
