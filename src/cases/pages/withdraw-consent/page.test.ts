import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type CasesSite, openCasesSite } from '../../../../test/support/cases-site.ts'
import { roles } from '../../../identity/role.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

const asCoordinator = { as: 'coordinator' } as const

test('S5 a consent is withdrawn by those who may write consents, after what follows was read, and from then on nothing is seen', async () => {
  const caseId = await site.openCase({ clientName: 'Opened Client' })
  const consents = `/cases/${caseId}/consents`
  const page = (await site.get(consents, asCoordinator)).text
  const row = page.slice(page.indexOf('>cyber agency<'))
  const consent = /name="consent" value="([^"]+)"/.exec(row)?.[1] ?? ''
  for (const role of roles.filter(each => each !== 'coordinator')) {
    // An IDVA of the lead agency reads the consents and changes none.
    expect((await site.get(consents, { as: role })).status, role).toBe(role === 'idva' ? 200 : 404)
    expect((await site.post(`${consents}/withdraw`, { consent }, { as: role })).status, role).toBe(404)
  }
  const check = await site.post(`${consents}/withdraw`, { consent }, asCoordinator)
  expect(check.text).toContain('Withdraw the consent for cyber agency?')
  expect((await site.get(`/cases/${caseId}`, { as: 'cyber-adviser' })).status, 'nothing yet').toBe(200)
  expect((await site.confirm(`${consents}/withdraw`, { consent }, asCoordinator)).location).toBe(consents)
  expect((await site.get(`/cases/${caseId}`, { as: 'cyber-adviser' })).status).toBe(404)
  expect(await verbsOf(site.world, caseId)).toContain('consent-withdrawn')
})

test('a consent of another case, or none, is not withdrawn here', async () => {
  const [one, other] = [await site.openCase(), await site.openCase()]
  const page = (await site.get(`/cases/${other}/consents`, asCoordinator)).text
  const theirs = /name="consent" value="([^"]+)"/.exec(page)?.[1] ?? ''
  expect(theirs).not.toBe('')
  for (const consent of [theirs, 'nothing', ''])
    expect((await site.post(`/cases/${one}/consents/withdraw`, { consent }, asCoordinator)).status).toBe(404)
})
