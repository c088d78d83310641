import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type CasesSite, openCasesSite, opening, triaged } from '../../../../test/support/cases-site.ts'
import { roles } from '../../../identity/role.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

const asCoordinator = { as: 'coordinator' } as const

test('only the coordinator opens a case', async () => {
  const caseId = await site.saveCall({ clientName: 'Hidden Caller' })
  const path = `/triage/${caseId}/open`
  expect((await site.get(path)).location).toMatch(/^\/sign-in/)
  for (const role of roles.filter(each => each !== 'coordinator'))
    expect((await site.get(path, { as: role })).status, role).toBe(403)
  expect((await site.get(path, asCoordinator)).text).toContain('Hidden Caller')
  for (const role of roles.filter(each => each !== 'coordinator'))
    expect((await site.post(path, opening, { as: role })).status, role).toBe(403)
  const untriaged = await site.confirm(path, opening, asCoordinator).catch(() => null)
  expect(untriaged?.location ?? null).toBeNull()
  expect((await site.get('/triage/nothing/open', asCoordinator)).status).toBe(404)
})

test('a case is opened from triage with the agencies and parts that the client agreed to, and is in the trail', async () => {
  const caseId = await site.saveCall({ clientName: 'Opened Client', phone: '07700 900888' })
  expect((await site.post(`/triage/${caseId}`, triaged, asCoordinator)).location).toBe(
    `/triage/${caseId}/open`,
  )
  expect((await site.get(`/triage/${caseId}/open`, asCoordinator)).text).toContain(
    'Who may work on this case?',
  )

  const without = await site.post(
    `/triage/${caseId}/open`,
    { agency: 'cyber', 'parts-cyber': 'overview', how: 'in-writing' },
    asCoordinator,
  )
  expect(without.status).toBe(400)
  expect(without.text).toContain('it keeps the file')
  const late = { ...opening, 'until-day': '1', 'until-month': '3', 'until-year': '2026' }
  expect((await site.post(`/triage/${caseId}/open`, late, asCoordinator)).text).toContain(
    'must be today or in the future',
  )
  expect((await site.confirm(`/triage/${caseId}/open`, opening, asCoordinator)).location).toBe(
    `/cases/${caseId}`,
  )
  expect(await verbsOf(site.world, caseId)).toContain('case-made')
})
