import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { takeInEvidence } from '../../operations/take-in-evidence.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
let path: string
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, { clientName: 'Marigold Fenwick' })
  const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
    name: '<i>him</i> at the door.png',
    broughtBy: 'ABC',
    howObtained: 'she filmed it',
    body: Readable.from([Buffer.from('a picture')]),
  })
  if (taken.kind !== 'taken-in') throw new Error(taken.kind)
  path = `/cases/${caseId}/evidence/receipts/${taken.arrivalId}`
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'cyber-adviser' } as const

test('S5 the receipt of a file is for those who may see the evidence of its case, and for no other case', async () => {
  expect((await site.get(path)).location).toContain('/sign-in')
  for (const role of ['police-liaison', 'manager', 'administrator', 'call-handler'] as const)
    expect((await site.get(path, { as: role })).status, role).toBe(404)
  const other = await openTestCase(world)
  expect((await site.get(path.replace(caseId, other), as)).status).toBe(404)
  expect((await site.get(`/cases/${caseId}/evidence/receipts/nothing`, as)).status).toBe(404)
})

test('S2 the slip that the client keeps says nothing of them, of the file or of the clinic', async () => {
  const { status, text } = await site.get(path, as)
  expect(status).toBe(200)
  const [, slip = ''] = /<section class="print-slip"[^>]*>([\s\S]*?)<\/section>/.exec(text) ?? []
  expect(slip).toContain('SHA-256')
  expect(slip).toContain('<svg')
  for (const word of ['Marigold', 'Fenwick', 'him', 'door', 'filmed', 'stalk', 'clinic', caseId])
    expect(slip.toLowerCase()).not.toContain(word.toLowerCase())
  // Beside the slip, and not printed, stands what it is the receipt of.
  expect(text).toContain('&lt;i&gt;him&lt;/i&gt; at the door.png')
})
