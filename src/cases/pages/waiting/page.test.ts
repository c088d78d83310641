import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'
import { roles } from '../../../identity/role.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

const asCoordinator = { as: 'coordinator' } as const

test('only the coordinator sees who is waiting', async () => {
  await site.saveCall({ clientName: 'Hidden Caller' })
  const path = '/triage'
  expect((await site.get(path)).location).toMatch(/^\/sign-in/)
  for (const role of roles.filter(each => each !== 'coordinator'))
    expect((await site.get(path, { as: role })).status, role).toBe(403)
  expect((await site.get(path, asCoordinator)).text).toContain('Hidden Caller')
})

test('the coordinator sees who is waiting, the most urgent first', async () => {
  await site.saveCall({ clientName: 'Calm Caller' })
  await site.saveCall({ clientName: 'Urgent Caller', flags: 'strangled' })
  const { text } = await site.get('/triage', asCoordinator)
  expect(text.indexOf('Urgent Caller')).toBeGreaterThan(0)
  expect(text.indexOf('Urgent Caller')).toBeLessThan(text.indexOf('Calm Caller'))
  const [urgency = ''] = [...text.matchAll(/<option value="([^"]+)"/g)].map(found => found[1])
  const some = (await site.get(`/triage?urgency=${urgency}`, asCoordinator)).text
  expect(some.includes('Urgent Caller') && some.includes('Calm Caller')).toBe(false)
})
