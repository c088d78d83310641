import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { withCase } from '../../../audit/operations/access-case.ts'
import { listActsOfClinic } from '../../../audit/operations/list-acts-of-clinic.ts'
import { roles } from '../../role.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('administrators and coordinators read what was done, and nobody else', async () => {
  for (const role of roles) {
    const browser = await site.signedIn(role)
    const isTheirs = role === 'administrator' || role === 'coordinator'
    expect((await browser.get('/admin/acts')).status, role).toBe(isTheirs ? 200 : 403)
  }
})

test('administrator and coordinator read the same acts, and what the command line did with a case without the case', async () => {
  const cleo = { name: 'Cleo', 'sign-in-name': 'cleo', role: 'coordinator', agency: site.world.agencies.lead }
  await site.askForLink(cleo)
  const decides = await site.signedIn('coordinator')
  const path = await site.findWaiting(decides)
  await decides.submit(await decides.get(path), path, { decision: 'refuse', reason: 'Nobody told us' })
  const caseId = await openTestCase(site.world, { clientName: 'Hidden Testname' })
  await withCase(
    site.clinic.database,
    site.world.task('job-command-line'),
    { caseId, part: 'evidence', mode: 'read' },
    async () => null,
  )
  const pages = await Promise.all(
    (['administrator', 'coordinator'] as const).map(async role => {
      const browser = await site.signedIn(role)
      return (await browser.get('/admin/acts')).text
    }),
  )
  for (const text of pages) {
    expect(text).toContain('Did not approve a link')
    expect(text).toContain('Cleo, Coordinator')
    expect(text).toContain('Looked into a case')
    expect(text).toContain('At the machine')
    expect(text).not.toContain(caseId)
    expect(text).not.toContain('Hidden Testname')
    expect(text).not.toMatch(/>Signed in</)
  }
  const other = await site.clinic.database.transaction(site.world.as('cyber-adviser'), transaction =>
    listActsOfClinic(transaction, { before: null, withSignIns: true, atMost: 10 }),
  )
  expect(other.acts).toEqual([])
  const whole = await site.clinic.database.transaction(site.world.as('coordinator'), transaction =>
    listActsOfClinic(transaction, { before: null, withSignIns: true, atMost: 2 }),
  )
  expect([whole.acts.length, whole.older]).toEqual([2, whole.acts[1]?.actId])
})

test('what was done is read a page at a time, and an address that is no place in it begins at the newest', async () => {
  const browser = await site.signedIn('administrator')
  const newest = await browser.get('/admin/acts?sign-ins=yes')
  expect(newest.text).toContain('Leave signing in out')
  const odd = await browser.get('/admin/acts?sign-ins=yes&before=%27%20or%201')
  expect(odd.status).toBe(200)
  expect(odd.text).toContain('Did not approve a link')
  const before = await browser.get('/admin/acts?before=1')
  expect(before.status).toBe(200)
  expect(before.text).not.toContain('Did not approve a link')
})
