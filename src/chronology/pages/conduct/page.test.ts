import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { withCase } from '../../../audit/operations/access-case.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { makeIncident } from '../../operations/make-incident.ts'

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
const tell = (caseId: CaseId, text: string) =>
  withCase(world.clinic.database, world.as(as), { caseId, part: 'chronology', mode: 'write' }, transaction =>
    makeIncident(transaction, caseId, randomUUID(), {
      when: { precision: 'exact', startsAt: new Date(text) },
      zone: 'Europe/London',
      noticedOn: null,
      what: 'Wrote <i>again</i>',
      clientWords: '',
      changed: '',
      whereCoarse: '',
      toldTo: '',
      platform: '',
      codes: [],
      records: [],
    }),
  )

test('nobody has chosen, then an advocate does, and the day counts from the last that was ticked', async () => {
  const caseId = await openTestCase(world)
  const path = `/cases/${caseId}/incidents`
  const first = await tell(caseId, '2026-01-05T10:00:00Z')
  const second = await tell(caseId, '2026-01-20T10:00:00Z')
  const third = await tell(caseId, '2026-02-20T10:00:00Z')
  const before = await site.get(path, { as })
  expect(before.text).toContain('Nobody has chosen which incidents are the course of conduct')
  expect(before.text).not.toContain('Last day:')
  expect((await site.get(`/cases/${caseId}`, { as })).text).toContain(
    'until then a time limit cannot be known',
  )
  const page = await site.get(`${path}/conduct`, { as })
  expect(page.text).toContain('Wrote &lt;i&gt;again&lt;/i&gt;')
  const shown = [first, second, third].filter(each => each !== null)
  const form = { shown, conduct: shown.slice(0, 2), seen: '0', why: 'The <b>same</b> account' }
  expect((await site.post(`${path}/conduct`, form, { as })).location).toBe(path)
  const after = await site.get(path, { as })
  expect(after.text).toContain('Course of conduct: incidents 1 and 2, as chosen by')
  expect(after.text).toContain('Last day: 20 July 2026')
  expect((await site.get(`/cases/${caseId}`, { as })).text).toContain('Last day: 20 July 2026')
  const again = await site.get(`${path}/conduct`, { as })
  expect(again.text).toContain('The &lt;b&gt;same&lt;/b&gt; account')
  expect([...again.text.matchAll(/name="conduct"[^>]*checked/g)]).toHaveLength(2)
  // Of two at once the second is told, and keeps what was ticked.
  const second409 = await site.post(`${path}/conduct`, { ...form, conduct: [third ?? ''] }, { as })
  expect(second409.status).toBe(409)
  expect(second409.text).toContain('A colleague changed this choice')
  // An incident made since is asked about.
  await tell(caseId, '2026-02-25T10:00:00Z')
  expect((await site.get(path, { as })).text).toContain('One incident was made since then')
  expect((await site.get(`/cases/${caseId}`, { as })).text).toContain('Say whether a new incident belongs')
  const trail = await site.get(`/cases/${caseId}/trail`, { as: 'coordinator' })
  expect(trail.text).toContain('Chose which incidents are the course of conduct')
})

test('a date in the future, a date that is none, and an incident of another case are answered clearly', async () => {
  const caseId = await openTestCase(world)
  const path = `/cases/${caseId}/incidents`
  const own = (await tell(caseId, '2026-01-05T10:00:00Z')) ?? ''
  const foreign = (await tell(await openTestCase(world), '2026-01-05T10:00:00Z')) ?? ''
  const future = {
    shown: [own],
    seen: '0',
    'statementOn-day': '1',
    'statementOn-month': '4',
    'statementOn-year': '2026',
  }
  const late = await site.post(`${path}/conduct`, future, { as })
  expect(late.text).toContain(
    '<a href="#statementOn-day">The date of the statement must be today or in the past</a>',
  )
  const none = await site.post(`${path}/conduct`, { ...future, 'statementOn-day': '31' }, { as })
  expect(none.text).toContain('must be a real date')
  const sent = { shown: [own, foreign], conduct: [foreign], seen: '0' }
  expect((await site.post(`${path}/conduct`, sent, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Course of conduct: none')
})

test('S5 who may not write the chronology chooses nothing, and a case out of sight is not found', async () => {
  const caseId = await openTestCase(world)
  await tell(caseId, '2026-01-05T10:00:00Z')
  for (const role of ['police-liaison', 'manager', 'call-handler', 'administrator'] as const) {
    expect((await site.get(`/cases/${caseId}/incidents/conduct`, { as: role })).status, role).toBe(404)
    expect((await site.post(`/cases/${caseId}/incidents/conduct`, { seen: '0' }, { as: role })).status).toBe(
      404,
    )
  }
  const closed = await openTestCase(world, { agencies: ['lead'] })
  expect((await site.get(`/cases/${closed}/incidents/conduct`, { as })).status).toBe(404)
})

test('S8 what was chosen lies sealed, and no choice is changed or removed', async () => {
  const caseId = await openTestCase(world)
  const own = (await tell(caseId, '2026-01-05T10:00:00Z')) ?? ''
  const form = { shown: [own], conduct: [own], seen: '0', why: 'Xyzzyplugh' }
  await site.post(`/cases/${caseId}/incidents/conduct`, form, { as })
  await asOwner(world.ownerUrl, async db => {
    const rows = await db.query('select c::text as row from unwatched.conduct_choice c where case_id = $1', [
      caseId,
    ])
    expect(rows.rows).toHaveLength(1)
    expect(JSON.stringify(rows.rows)).not.toContain('Xyzzyplugh')
    expect(JSON.stringify(rows.rows)).not.toContain(own)
    await expect(db.query('update unwatched.conduct_choice set revision = 9')).rejects.toThrow()
    await expect(db.query('delete from unwatched.conduct_choice')).rejects.toThrow()
  })
})
