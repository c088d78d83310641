import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { roles } from '../../../identity/role.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

const asCoordinator = { as: 'coordinator' } as const

test('only the coordinator removes a referral, after what follows was read', async () => {
  const caseId = await site.saveCall({ clientName: 'Hidden Caller' })
  const path = `/triage/${caseId}/not-ours`
  expect((await site.get(path)).location).toMatch(/^\/sign-in/)
  for (const role of roles.filter(each => each !== 'coordinator'))
    expect((await site.get(path, { as: role })).status, role).toBe(403)
  expect((await site.get(path, asCoordinator)).text).toContain('Hidden Caller')
  for (const role of roles.filter(each => each !== 'coordinator'))
    expect((await site.post(path, { because: 'other-area' }, { as: role })).status, role).toBe(403)
  expect((await site.post(path, { because: 'other-area' }, asCoordinator)).text).toContain(
    'It cannot be undone',
  )
  expect((await site.get('/triage', asCoordinator)).text).toContain('Hidden Caller')
  expect((await site.get('/triage/nothing/not-ours', asCoordinator)).status).toBe(404)
})

test('a referral that is not ours is closed with a reason, and leaves triage', async () => {
  const caseId = await site.saveCall({ clientName: 'Elsewhere Person' })
  expect((await site.confirm(`/triage/${caseId}/not-ours`, {}, asCoordinator)).text).toContain(
    'Select why it is not for this clinic',
  )
  expect(
    (await site.confirm(`/triage/${caseId}/not-ours`, { because: 'other-area' }, asCoordinator)).location,
  ).toBe('/triage')
  expect((await site.get('/triage', asCoordinator)).text).not.toContain('Elsewhere Person')
  expect((await site.get(`/triage/${caseId}`, asCoordinator)).status).toBe(404)
  const { rows } = await asOwner(site.world.ownerUrl, client =>
    client.query('select referral::text as row from unwatched.referral where case_id = $1', [caseId]),
  )
  expect(rows[0].row, 'what was told is gone').not.toContain('always there')
})
