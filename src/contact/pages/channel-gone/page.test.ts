import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { newOnce } from '../../../web/form.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world)
  await site.post(`${base()}/plan`, { wants: 'yes', voicemail: 'never' }, as)
  await enter('phone', '07700 900456')
  await enter('text', '07700 900789')
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'stalking-advocate' } as const
const base = () => `/cases/${caseId}/contact`
const gone = (channel: string) => `${base()}/channels/${channel}/gone`
const enter = (kind: string, value: string) =>
  site.post(
    `${base()}/channels/new`,
    {
      kind,
      value,
      safe: 'yes',
      mayRemind: 'no',
      days: ['1', '2', '3', '4', '5', '6', '7'],
      from: '08:00',
      until: '20:00',
      _once: newOnce(),
    },
    as,
  )

test('only those who keep contact with the client take a channel out of the plan', async () => {
  expect((await site.post(gone('c1'))).status).toBe(403)
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect((await site.post(gone('c1'), {}, { as: role })).status, role).toBe(404)
  expect((await site.post(gone('c9'), {}, as)).status).toBe(404)
  const other = await openTestCase(world)
  expect((await site.post(gone('c1').replace(caseId, other), {}, as)).status).toBe(404)
})

test('S1 before a channel is taken out the page says what is left and what is known of each, and after the last that none is', async () => {
  const check = await site.post(gone('c1'), {}, as)
  expect(check.text).toContain('No message waits on it.')
  expect(check.text).toContain('What is left, and what is known of each:')
  expect(check.text).toContain('Do not use it.')
  expect(check.text, 'a number is shown by a click of its own alone').not.toMatch(/900456|900789/)
  expect((await site.confirm(gone('c1'), {}, as)).location).toBe(base())
  // Sent again it is done already.
  expect((await site.post(gone('c1'), {}, as)).location).toBe(base())
  expect((await site.get(`${base()}/channels/c1`, as)).status).toBe(404)
  const last = await site.post(gone('c2'), {}, as)
  expect(last.text).toContain('No way is left: we could then not reach them at all.')
  // The check is read and not sent: the channel stays.
  expect((await site.get(`${base()}/channels/c2`, as)).status).toBe(200)
})
