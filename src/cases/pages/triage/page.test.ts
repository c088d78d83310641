import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, openCasesSite, triaged } from '../../../../test/support/cases-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { roles } from '../../../identity/role.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

const asCoordinator = { as: 'coordinator' } as const

test('nobody who is not signed in, and no role that has no business there, sees the waiting referrals of staff', async () => {
  const caseId = await site.saveCall()
  const pages = ['/triage', `/triage/${caseId}`, `/triage/${caseId}/open`, `/triage/${caseId}/not-ours`]
  for (const path of [...pages, '/calls/new', '/cases']) {
    const page = await site.get(path)
    expect([path, page.text.includes('Client 1')]).toEqual([path, false])
    expect([path, page.location?.startsWith('/sign-in') ?? page.text.includes('Sign in')]).toEqual([
      path,
      true,
    ])
  }
  for (const role of roles.filter(each => each !== 'coordinator')) {
    for (const path of pages)
      expect([role, path, (await site.get(path, { as: role })).status]).toEqual([role, path, 403])
  }
})

test('a type needs a reason that points to it, and says which', async () => {
  const caseId = await site.saveCall()
  const answer = await site.post(
    `/triage/${caseId}`,
    { type: 'both', typeReasons: 'gifts', judgement: 'routine', note: 'my note' },
    asCoordinator,
  )
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('Select at least one sign of each')
  expect(answer.text).toContain('href="#typeReasons"')
  expect(answer.text).toContain('my note')
})

test('judgement may raise the urgency and never lower it', async () => {
  const caseId = await site.saveCall()
  await site.post(
    `/triage/${caseId}`,
    { ...triaged, flags: 'strangled', judgement: 'routine' },
    asCoordinator,
  )
  const [row] = await asOwner(
    site.world.ownerUrl,
    async client =>
      (await client.query('select urgency from unwatched.triage where case_id = $1', [caseId])).rows,
  )
  expect(row).toEqual({ urgency: 'today' })
})

test('S6 a channel is shown after a click, one at a time, and never on the page before', async () => {
  const caseId = await site.saveCall({ phone: '07700 900777', phoneSafe: 'yes', codeWords: 'blue kettle' })
  const before = await site.get(`/triage/${caseId}`, asCoordinator)
  for (const secret of ['07700 900777', 'blue kettle', 'TN9 1AA']) expect(before.text).not.toContain(secret)
  const after = await site.post(`/triage/${caseId}/contact`, { kind: 'phone' }, asCoordinator)
  expect(after.text).toContain('07700 900777 (safe to use)')
  expect(after.text).not.toContain('blue kettle')
})

test('a name with markup or a direction mark is shown as text, on its own', async () => {
  const caseId = await site.saveCall({ clientName: '<b>bold</b>', suspectName: '\u202egnorw' })
  const { text } = await site.get(`/triage/${caseId}`, asCoordinator)
  expect(text).toContain('<bdi>&lt;b&gt;bold&lt;/b&gt;</bdi>')
  expect(text).toContain('<bdi>\u202egnorw</bdi>')
})
