import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContactSite, openContactSite } from '../../../../test/support/contact-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: ContactSite
beforeAll(async () => {
  site = await openContactSite()
})
afterAll(() => site.close())

const as = { as: 'stalking-advocate' } as const

test('tasks are for those who keep contact with clients', async () => {
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect((await site.get('/tasks', { as: role })).status, role).toBe(403)
  for (const role of ['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva'] as const)
    expect((await site.get('/tasks', { as: role })).text, role).toContain('There is nothing to do')
})

test('a task is listed by its case and in words, without a name, until it is done', async () => {
  await site.agree()
  const path = await site.raiseTask('c1')
  const tasks = await site.get('/tasks', { as: 'idva' })
  expect(tasks.text).toContain('turned out to be observable')
  expect(tasks.text).toContain(`href="${site.base}"`)
  expect(tasks.text).not.toMatch(/Lucid|900456|contract/)
  await site.confirm(path, { note: 'Agreed on the library.' }, as)
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('There is nothing to do')
})

test('S5 a task of a case is listed for nobody whose agency has no consent in it', async () => {
  await site.raiseTask('c2')
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain(`href="${site.base}"`)
  const { rows } = await asOwner(site.world.ownerUrl, client =>
    client.query<{ consent_id: string }>(
      'select consent_id from unwatched.consent where case_id = $1 and agency_id = $2',
      [site.caseId, site.world.agencies.stalking],
    ),
  )
  const withdrawal = { consent: rows[0]?.consent_id ?? '' }
  await site.confirm(`/cases/${site.caseId}/consents/withdraw`, withdrawal, { as: 'coordinator' })
  expect((await site.get('/tasks', as)).text).not.toContain(`href="${site.base}"`)
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain(`href="${site.base}"`)
})
