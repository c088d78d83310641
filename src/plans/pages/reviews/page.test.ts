import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWithPlan, openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: PlansSite
let withdrawn: CaseWithPlan
beforeAll(async () => {
  site = await openPlansSite()
  withdrawn = await site.openPlan()
})
afterAll(() => site.close())

const as = 'idva'

test('reviews that are due by their day are listed for those who work with plans, of cases in their sight', async () => {
  expect((await site.get('/reviews', { as })).text).toContain('No review is due by its date')
  const { path } = await site.openPlan()
  expect((await site.get('/reviews', { as })).text).toContain('No review is due by its date')
  site.world.clock.moveTo('2026-03-09T10:00:00Z')
  for (const role of ['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva'] as const) {
    const { text } = await (await site.visitor(role)).get('/reviews')
    expect(text, role).toContain(`href="${path}"`)
    expect(text, role).toContain('9 March 2026')
    expect(text, role).toContain('Linda &lt;b&gt;Fairweather&lt;/b&gt;')
  }
  for (const role of ['police-liaison', 'manager', 'call-handler', 'administrator'] as const)
    expect((await (await site.visitor(role)).get('/reviews')).status, role).toBe(403)
})

test('S5 a review of a case whose consent was withdrawn is no longer listed', async () => {
  const { caseId, path } = withdrawn
  const advocate = await site.visitor('stalking-advocate')
  expect((await advocate.get('/reviews')).text).toContain(`href="${path}"`)
  const { rows } = await asOwner(site.world.ownerUrl, client =>
    client.query<{ consent_id: string }>(
      'select consent_id from unwatched.consent where case_id = $1 and agency_id = $2',
      [caseId, site.world.agencies.stalking],
    ),
  )
  const consent = rows[0]?.consent_id ?? ''
  await (await site.visitor('coordinator')).confirm(`/cases/${caseId}/consents/withdraw`, { consent })
  expect((await advocate.get('/reviews')).text).not.toContain(`href="${path}"`)
  expect((await (await site.visitor('idva')).get('/reviews')).text).toContain(`href="${path}"`)
})
