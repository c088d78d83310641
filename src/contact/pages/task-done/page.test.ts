import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type ContactSite, openContactSite } from '../../../../test/support/contact-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: ContactSite
beforeAll(async () => {
  site = await openContactSite()
})
afterAll(() => site.close())

const as = { as: 'stalking-advocate' } as const

test('a task is closed by those who keep contact with the client, and is of one case', async () => {
  await site.agree()
  const path = await site.raiseTask('c1')
  for (const role of ['police-liaison', 'call-handler', 'manager'] as const)
    expect((await site.post(path, { note: 'x' }, { as: role })).status, role).toBe(404)
  const other = await openTestCase(site.world)
  const closed = await openTestCase(site.world, { agencies: ['lead'] })
  for (const elsewhere of [
    path.replace(site.caseId, other),
    path.replace(site.caseId, closed),
    `/cases/${site.caseId}/tasks/x`,
  ])
    expect((await site.post(elsewhere, { note: 'x' }, as)).status, elsewhere).toBe(404)
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('turned out to be observable')
  await site.confirm(path, { note: 'Done for this test.' }, as)
})

test('a task is closed with what was done, after what follows was read, and raised again when that was a mistake', async () => {
  const path = await site.raiseTask('c2')
  expect((await site.confirm(path, {}, as)).text).toContain('<a href="#note">Enter what was done</a>')
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('turned out to be observable')
  expect((await site.confirm(path, { note: 'Agreed on the library.' }, as)).status).toBe(303)
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('There is nothing to do')
  // Closed by mistake: it comes back as a new one, and the one that was closed keeps its note and its name.
  expect((await site.show()).text).toContain('Raise it again')
  expect((await site.confirm(path, { again: 'yes' }, as)).status).toBe(303)
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('turned out to be observable')
  expect((await site.post(path, { again: 'yes' }, as)).status, 'raised once, not twice').toBe(303)
  const open = [...(await site.get('/tasks', { as: 'idva' })).text.matchAll(/turned out to be observable/g)]
  expect(open).toHaveLength(1)
  const raised = /action="(\/cases\/[^"]+\/tasks\/[^"]+)"/.exec((await site.show()).text)?.[1] ?? ''
  expect(raised).not.toBe(path)
  await site.confirm(raised, { note: 'And now for good.' }, as)
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('There is nothing to do')
  const verbs = await verbsOf(site.world, site.caseId)
  expect(
    verbs.filter(verb => verb === 'task-done'),
    'and one in the test above',
  ).toHaveLength(3)
})

test('S8 what was done about a task lies sealed', async () => {
  const { rows } = await asOwner(site.world.ownerUrl, client =>
    client.query('select task::text as row from unwatched.task'),
  )
  expect(rows.length).toBeGreaterThan(1)
  for (const { row } of rows) expect(row).not.toMatch(/contract|library|for good/)
})
