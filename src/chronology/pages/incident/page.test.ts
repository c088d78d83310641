import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IncidentsSite, openIncidentsSite, told } from '../../../../test/support/incidents-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: IncidentsSite
beforeAll(async () => {
  site = await openIncidentsSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('an incident is read by those who may see the chronology of its case, and revising is offered to those who work on it', async () => {
  const path = await site.make()
  const other = path.replace(site.caseId, await openTestCase(site.world))
  expect(await statusesOf(site, [path, other, `${site.list}/${site.itemId}`], as)).toEqual([200, 404, 404])
  for (const role of ['cyber-adviser', 'manager', 'call-handler', 'administrator'] as const)
    expect(await statusesOf(site, [path], role), role).toEqual([404])
  expect((await site.get(path, { as })).text).toContain(`${path}/revise`)
  const liaison = await site.get(path, { as: 'police-liaison' })
  expect([liaison.status, liaison.text.includes(`${path}/revise`)]).toEqual([200, false])
})

test('an incident told by the client is saved with its acts and shown with its number', async () => {
  const saved = await site.post(site.form, told, { as })
  expect(saved.status).toBe(303)
  const { text } = await site.get(saved.location ?? '', { as })
  expect(text).toMatch(/Incident \d+<\/h1>/)
  expect(text).toContain('On 14 February 2026 at 10:30pm (Europe/London)')
  expect(text).toContain('s.2A(3)(e)')
  expect(text).toContain('What the client told')
})
