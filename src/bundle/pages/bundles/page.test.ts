import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { writeVerifierKey } from '../../../evidence/checkpoint-key.ts'
import { clinicSigner } from '../../../evidence/clinic-signer.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let theCase: CaseId
let path = ''

beforeAll(async () => {
  world = await openTestClinic()
  theCase = await openTestCase(world)
  site = await openTestSite(world)
  path = `/cases/${theCase}/bundles`
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const askFor = (fields: Readonly<Record<string, string>> = {}) =>
  site.post(
    path,
    { purpose: 'police-report', agency: world.agencies.police, records: 'in-incidents', note: '', ...fields },
    { as: 'stalking-advocate' },
  )

test('nobody who may only look can ask for a bundle or decide on one', async () => {
  for (const role of [
    'cyber-adviser',
    'idva',
    'police-liaison',
    'manager',
    'administrator',
    'call-handler',
  ] as const) {
    expect(
      (await site.post(path, { purpose: 'client-copy', records: 'all' }, { as: role })).status,
      role,
    ).toBe(404)
  }
  expect((await site.get(path, { as: 'police-liaison' })).text).toContain(
    'No bundle has been shared with you yet.',
  )
})

test('whoever may see the bundles finds the key that proves them, and is told not to send it with one', async () => {
  const key = writeVerifierKey(clinicSigner(world.clinic.key, world.clinic.clinicId))
  for (const role of ['stalking-advocate', 'coordinator', 'police-liaison'] as const) {
    const { text } = await site.get(path, { as: role })
    expect(text, role).toContain(key)
    expect(text, role).toContain('must not get it with the bundle')
  }
})

test('each thing left out is said beside its field and in the summary, and what was typed stays', async () => {
  const answer = await site.post(path, { note: 'for <b>the</b> inspector' }, { as: 'stalking-advocate' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('Error: Bundles')
  expect(answer.text).toContain('href="#purpose"')
  expect(answer.text).toContain('id="purpose"')
  expect(answer.text).toContain('Select what the bundle is for')
  expect(answer.text).toContain('Select which messages go in the chronology')
  expect(answer.text).toContain('for &lt;b&gt;the&lt;/b&gt; inspector')
})

test('a bundle for the police needs an agency that she agreed to', async () => {
  expect((await askFor({ agency: '' })).text).toContain('Select which agency the bundle is for')
  const refused = await askFor({ agency: '01900000-0000-7000-8000-000000000000' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('not party to this case with consent for bundles')
})

test('asked for by one, decided by another, and refused only with a reason', async () => {
  const asked = await askFor({ note: 'first report', _once: 'AAAAAAAAAAAAAAAAAAAAAA' })
  expect([asked.status, asked.location]).toEqual([303, path])
  const again = await askFor({ note: 'first report', _once: 'AAAAAAAAAAAAAAAAAAAAAA' })
  expect(again.status).toBe(303)
  const list = await site.get(path, { as: 'coordinator' })
  const links = [...list.text.matchAll(/href="([^"]+\/decide)"/g)].map(match => match[1] ?? '')
  expect(links).toHaveLength(1)
  const decide = links[0] ?? ''

  const own = await site.get(path, { as: 'stalking-advocate' })
  expect(own.text).not.toContain(decide)
  expect(own.text).toContain('Somebody else has to approve it')
  const byAsker = await site.post(decide, { decision: 'approve' }, { as: 'stalking-advocate' })
  expect(byAsker.status).toBe(422)
  expect(byAsker.text).toContain('somebody else has to decide')

  expect((await site.post(decide, {}, { as: 'coordinator' })).text).toContain(
    'Select whether you approve this bundle',
  )
  expect((await site.post(decide, { decision: 'refuse' }, { as: 'coordinator' })).text).toContain(
    'Enter why you do not approve it',
  )
  expect((await site.get(decide.replace('/decide', '/file'), { as: 'police-liaison' })).status).toBe(404)
  const refused = await site.post(
    decide,
    { decision: 'refuse', note: 'the wrong dates' },
    { as: 'coordinator' },
  )
  expect(refused.status).toBe(303)
  const after = await site.get(path, { as: 'stalking-advocate' })
  expect(after.text).toContain('Not approved')
  expect(after.text).toContain('the wrong dates')
  // A tab that was left open finds it decided.
  expect((await site.post(decide, { decision: 'approve' }, { as: 'coordinator' })).location).toBe(path)
  expect((await site.get(path, { as: 'stalking-advocate' })).text).toContain('Not approved')
})
