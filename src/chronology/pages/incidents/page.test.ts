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

test('the incidents of a case are listed for those who may see its chronology', async () => {
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/incidents`
  expect(await statusesOf(site, [site.list, closed], as)).toEqual([200, 404])
  for (const role of ['cyber-adviser', 'manager', 'call-handler', 'administrator'] as const)
    expect(await statusesOf(site, [site.list], role), role).toEqual([404])
})

test('an incident is listed as it is told now, with the time limit of what it may be', async () => {
  const path = await site.make()
  const list = await site.get(site.list, { as })
  expect(list.text).toContain('He waited outside the library')
  expect(list.text).toContain('section 4A')
  expect(list.text).toContain(`href="${path}"`)
  await site.post(`${path}/revise`, { ...told, base: '1', what: 'He <b>ran</b>', reason: 'Why' }, { as })
  const now = (await site.get(site.list, { as })).text
  expect(now).toContain('He &lt;b&gt;ran&lt;/b&gt;')
  expect(now).not.toContain('He waited outside the library')
})
