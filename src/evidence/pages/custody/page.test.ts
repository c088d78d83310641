import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EvidenceSite, openEvidenceSite } from '../../../../test/support/evidence-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: EvidenceSite
beforeAll(async () => {
  site = await openEvidenceSite()
})
afterAll(() => site.close())

test('S5 the custody log is for those who may see the evidence of its case', async () => {
  const path = `${site.path}/custody`
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/evidence/custody`
  expect(await statusesOf(site, [path, closed], 'cyber-adviser')).toEqual([200, 404])
  for (const role of ['police-liaison', 'manager', 'administrator', 'call-handler'] as const)
    expect(await statusesOf(site, [path], role), role).toEqual([404])
})

test('S7 every touch of an item is a line of its custody, in its order, and a check finds the log whole', async () => {
  const item = await site.bringOne('note.txt', 'one line')
  await site.readToEnd(item)
  await site.show(`${item}/original`)
  const { text } = await site.show(`${site.path}/custody?check=whole`)
  expect(text).toContain('The log is whole')
  expect(text).toContain('ABC/1')
  expect(text).toContain('Original downloaded')
  const unchecked = await site.show(`${site.path}/custody`)
  expect(unchecked.text).toContain('were not checked')
  expect(unchecked.text).not.toContain('The log is whole')
})
