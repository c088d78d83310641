import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

const asCoordinator = { as: 'coordinator' } as const

test('the caseload is for those who work on cases', async () => {
  expect((await site.get('/cases')).location).toMatch(/^\/sign-in/)
  for (const role of ['call-handler', 'manager', 'administrator'] as const)
    expect((await site.get('/cases', { as: role })).status, role).toBe(403)
  expect((await site.get('/cases', { as: 'police-liaison' })).text).toContain('No case is shared with you')
})

test('S5 a case is listed for those whose agency the client agreed to, from the consent until its withdrawal', async () => {
  const caseId = await site.openCase({ clientName: 'Opened Client' })
  expect((await site.get('/cases', { as: 'cyber-adviser' })).text).toContain('Opened Client')
  for (const role of [
    'stalking-advocate',
    'police-liaison',
    'call-handler',
    'administrator',
    'manager',
  ] as const) {
    expect([role, (await site.get('/cases', { as: role })).text.includes('Opened Client')]).toEqual([
      role,
      false,
    ])
  }
  const consents = `/cases/${caseId}/consents`
  const give = { agency: 'police', parts: ['overview', 'chronology'], how: 'in-writing' }
  expect((await site.confirm(consents, give, asCoordinator)).location).toBe(consents)
  expect((await site.get('/cases', { as: 'police-liaison' })).text).toContain('Opened Client')

  const page = (await site.get(consents, asCoordinator)).text
  const row = page.slice(page.indexOf('>police agency<'))
  const consent = /name="consent" value="([^"]+)"/.exec(row)?.[1] ?? ''
  expect((await site.confirm(`${consents}/withdraw`, { consent }, asCoordinator)).location).toBe(consents)
  expect((await site.get('/cases', { as: 'police-liaison' })).text).not.toContain('Opened Client')
})

test('a name is shown as text, and an order or urgency that there is not is the usual one', async () => {
  await site.openCase({ clientName: '<b>bold</b>' })
  for (const query of ['', '?order=x&urgency=x&page=x', '?order=most-urgent']) {
    const { status, text } = await site.get(`/cases${query}`, asCoordinator)
    expect([query, status]).toEqual([query, 200])
    expect(text).toContain('&lt;b&gt;bold&lt;/b&gt;')
  }
  expect((await site.get('/cases?closed=yes', asCoordinator)).text).toContain('No closed case')
})
