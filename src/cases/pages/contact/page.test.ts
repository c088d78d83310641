import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

test('S6 what was said at the first contact is shown on a click, to those who keep contact, and the click is recorded', async () => {
  const caseId = await site.openCase({ phone: '07700 900888' })
  for (const role of [
    'stalking-advocate',
    'police-liaison',
    'call-handler',
    'administrator',
    'manager',
  ] as const) {
    expect([role, (await site.get(`/cases/${caseId}/contact/said`, { as: role })).status]).toEqual([
      role,
      404,
    ])
    const asked = await site.post(`/cases/${caseId}/contact/said`, { kind: 'phone' }, { as: role })
    expect([role, asked.status]).toEqual([role, 404])
  }
  expect((await site.get(`/cases/${caseId}/contact/said`, { as: 'cyber-adviser' })).text).not.toContain(
    '07700 900888',
  )
  expect(
    (await site.post(`/cases/${caseId}/contact/said`, { kind: 'phone' }, { as: 'cyber-adviser' })).text,
  ).toContain('07700 900888')
  const odd = { kind: '__proto__' }
  expect((await site.post(`/cases/${caseId}/contact/said`, odd, { as: 'cyber-adviser' })).status).toBe(400)
  expect(await verbsOf(site.world, caseId)).toContain('contact-revealed')
})
