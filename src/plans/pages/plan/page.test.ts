import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { day } from '../../../../test/support/date-fields.ts'
import { openPlansSite, type PlansSite } from '../../../../test/support/plans-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { loadPlanForClient } from '../../operations/load-plan-for-client.ts'

let site: PlansSite
beforeAll(async () => {
  site = await openPlansSite()
})
afterAll(() => site.close())

const as = 'idva'

test('a plan of a case out of sight is not found, and a police liaison may read it and change nothing', async () => {
  const { path } = await site.openPlan()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['stalking'] })}/plan`
  expect(await site.statuses([closed])).toEqual([404])
  for (const tail of ['', '/changed'])
    expect((await site.post(`${path}${tail}`, {}, { as: 'police-liaison' })).status, tail).toBe(404)
  const read = (await site.get(path, { as: 'police-liaison' })).text
  expect(read).toContain('2 March 2026 to 2 August 2026')
  expect(read).not.toContain('Hold a review')
})

test('a plan of seven months is told what to do, keeps what was typed, and is not made', async () => {
  const path = `/cases/${await openTestCase(site.world)}/plan`
  const sent = await site.post(
    path,
    { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-10-02') },
    { as },
  )
  expect(sent.status).toBe(422)
  expect(sent.text).toContain('<a href="#endsOn-day">A plan runs for 6 months at most')
  expect(sent.text).toContain('extend it at a review')
  expect(sent.text).toContain('value="10"')
  const empty = await site.post(path, {}, { as })
  expect(empty.text).toContain('<a href="#startsOn-day">Enter the date the plan starts</a>')
  expect(empty.text).toContain('<a href="#endsOn-day">Enter the date the plan ends</a>')
  expect((await site.get(path, { as })).text).toContain('no safety plan yet')
})

test('a second plan is not made over the first', async () => {
  const { path } = await site.openPlan()
  const again = await site.post(
    path,
    { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-07-02') },
    { as },
  )
  expect(again.status).toBe(409)
  expect(again.text).toContain('A colleague made the plan a moment ago')
})

test('what changed is told with its kind, shows until a review is held, and is in the trail', async () => {
  const { caseId, path } = await site.openPlan()
  expect((await site.get(path, { as })).text).not.toContain('govuk-notification-banner')
  const missing = await site.post(`${path}/changed`, { changedNote: 'They <b>moved</b>' }, { as })
  expect(missing.text).toContain('<a href="#trigger">Select what changed</a>')
  expect(missing.text).toContain('They &lt;b&gt;moved')
  await site.post(`${path}/changed`, { trigger: 'separation', changedNote: 'He moved out' }, { as })
  expect((await site.get(path, { as })).text).toContain('A separation, 2 March 2026')
  expect(await verbsOf(site.world, caseId)).toEqual(['plan-made', 'plan-change-told'])
})

test('S5 the client reads their own plan in plain words and nobody else’s, and their access is recorded', async () => {
  const { path, caseId } = await site.openPlan()
  const { caseId: other } = await site.openPlan()
  await site.addAction(path, { 'a1-words': 'Report him to the police', 'a1-plain': 'Make the call' })
  const client = { kind: 'client', clinicId: site.world.clinic.clinicId, caseId } as const
  const read = (which: CaseId) =>
    site.world.clinic.database.transaction(client, transaction =>
      loadPlanForClient(site.world.clinic, transaction, which),
    )
  const own = await read(caseId)
  expect(own?.actions).toEqual([
    { number: 1, part: 'waiting', words: 'Make the call', isOfClient: true, dueOn: null, state: 'Not yet' },
  ])
  expect(own?.nextReviewOn).toBe('2026-03-09')
  expect(await read(other)).toBeNull()
  await asOwner(site.world.ownerUrl, async db => {
    const found = await db.query(
      `select 1 from unwatched.act where case_id = $1 and task = 'client' and part = 'plan'`,
      [caseId],
    )
    expect(found.rowCount).toBe(1)
  })
})

test('S8 no word of a plan is readable in the database', async () => {
  const { path, caseId } = await site.openPlan()
  await site.addAction(path, { 'a1-words': 'Xyzzyplugh' })
  await asOwner(site.world.ownerUrl, async db => {
    const rows = await db.query('select p::text as row from unwatched.plan_revision p where case_id = $1', [
      caseId,
    ])
    expect(JSON.stringify(rows.rows)).not.toContain('Xyzzyplugh')
    expect(JSON.stringify(rows.rows)).not.toContain(Buffer.from('Xyzzyplugh').toString('hex'))
    await expect(db.query('update unwatched.plan_revision set revision = 9')).rejects.toThrow()
  })
})
