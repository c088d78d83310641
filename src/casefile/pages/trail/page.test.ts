import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasefileSite, openCasefileSite } from '../../../../test/support/casefile-site.ts'

let site: CasefileSite
beforeAll(async () => {
  site = await openCasefileSite()
})
afterAll(() => site.close())

test('S5 every access is in the trail, the refused ones too, and only a coordinator reads it', async () => {
  await site.get(site.path, { as: 'stalking-advocate' })
  await site.get(site.path, { as: 'cyber-adviser' })
  for (const role of ['stalking-advocate', 'idva', 'police-liaison', 'manager', 'administrator'] as const)
    expect((await site.get(`${site.path}/trail`, { as: role })).status, role).toBe(404)
  const { status, text } = await site.get(`${site.path}/trail`, { as: 'coordinator' })
  expect(status).toBe(200)
  expect(text).toContain('Test stalking-advocate')
  expect(text).toContain(
    'The page also showed something of the first account, consents, the evidence, the chronology, safe contact, bundles, appointments, the safety plan, orders and the access map',
  )
  expect(text).toContain('Test cyber-adviser')
  expect(text).toContain('Was refused a look at the overview')
  expect(text).toContain('Looked at who looked')
})

test('an odd place or kind in the address of the trail is its newest page', async () => {
  for (const query of ['?before=x', '?before=-1', '?before=99999999999999999', '?by=nobody']) {
    const { status, text } = await site.get(`${site.path}/trail${query}`, { as: 'coordinator' })
    expect([query, status]).toEqual([query, 200])
    expect(text).toContain('Looked at who looked')
  }
})
