import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { day } from '../../../../test/support/date-fields.ts'
import { openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { raiseReview } from '../../operations/raise-review.ts'

let site: PlansSite
beforeAll(async () => {
  site = await openPlansSite()
})
afterAll(() => site.close())

const as = 'idva'

test('a review is held by those who work with the plan of a case in their sight', async () => {
  const { path } = await site.openPlan()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['stalking'] })}/plan/review`
  expect(await site.statuses([`${path}/review`, closed])).toEqual([200, 404])
  for (const role of ['police-liaison', 'manager', 'call-handler'] as const)
    expect(await site.statuses([`${path}/review`], role), role).toEqual([404])
  expect((await site.post(`${path}/review`, {}, { as: 'police-liaison' })).status).toBe(404)
})

test('a review is due after a week and after something changed, and holding it settles both', async () => {
  const { path, caseId } = await site.openPlan()
  await site.post(`${path}/changed`, { trigger: 'separation', changedNote: 'He moved out' }, { as })
  // The day has not come: a job that comes too early raises nothing.
  await raiseReview(site.world.clinic, caseId)
  expect((await site.get('/tasks', { as })).text).not.toContain('A review of the safety plan is due. Hold it')
  expect((await site.get(path, { as })).text).toContain('A separation, 2 March 2026')
  site.world.clock.moveTo('2026-03-09T10:00:00Z')
  const later = await site.visitor(as)
  expect((await later.get(path)).text).toContain('The first week, due 9 March 2026')
  expect((await later.get('/reviews')).text).toContain(`/cases/${caseId}/plan"`)
  await raiseReview(site.world.clinic, caseId)
  await raiseReview(site.world.clinic, caseId)
  const tasks = (await later.get('/tasks')).text
  expect(tasks.split('A review of the safety plan is due. Hold it')).toHaveLength(2)
  expect((await later.post(`${path}/review`, {})).text).toContain(
    '<a href="#note">Enter what was looked at and agreed</a>',
  )
  const page = await later.get(`${path}/review`)
  const revision = /name="seen" value="(\d+)"/.exec(page.text)?.[1] ?? ''
  const note = 'All <b>three</b> done'
  const tooLong = await later.post(`${path}/review`, {
    note,
    seen: revision,
    ...day('extendTo', '2026-12-01'),
  })
  expect(tooLong.text).toContain('<a href="#extendTo-day">The new end must be on or before 9 September 2026')
  site.world.clock.moveTo('2026-03-09T10:01:00Z')
  const done = await later.post(`${path}/review`, { note, seen: revision, ...day('extendTo', '2026-09-09') })
  expect(done.location).toBe(path)
  const stale = await later.post(`${path}/review`, { note, seen: revision })
  expect(stale.status).toBe(409)
  expect(await verbsOf(site.world, caseId)).toContain('plan-reviewed')
  const { text } = await later.get(path)
  expect(text).not.toContain('govuk-notification-banner')
  expect(text).toContain('2 March 2026 to 9 September 2026')
  expect(text).toContain('All &lt;b&gt;three&lt;/b&gt; done')
  expect((await later.get('/reviews')).text).not.toContain(`/cases/${caseId}/plan"`)
  const asked = await asOwner(site.world.ownerUrl, db =>
    db.query<{ run_at: Date }>('select run_at from graphile_worker.jobs where key = $1', [
      `review-due ${caseId} ${site.world.clinic.clinicId}`,
    ]),
  )
  // One month after the second of March, at six by a clock that went forward meanwhile.
  expect(asked.rows.map(row => row.run_at.toISOString())).toEqual(['2026-04-02T05:00:00.000Z'])
})
