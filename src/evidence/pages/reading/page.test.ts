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
let item: string
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world)
  const taken = await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
    name: 'chat.txt',
    broughtBy: 'ABC',
    howObtained: 'exported',
    body: Readable.from([Buffer.from('nothing that is a chat')]),
  })
  if (taken.kind !== 'taken-in') throw new Error(taken.kind)
  item = `/cases/${caseId}/evidence/${taken.itemId}`
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'cyber-adviser' } as const
const send = (fields: Readonly<Record<string, string>>) => site.post(`${item}/reading`, fields, as)
const day = (prefix: string, text: string) => {
  const [year = '', month = '', date = ''] = text.split('-')
  return { [`${prefix}-day`]: date, [`${prefix}-month`]: month, [`${prefix}-year`]: year }
}

test('S5 what is read of an exhibit is chosen by those who work on the evidence of its case, and by nobody else', async () => {
  expect((await site.get(`${item}/reading`)).location).toContain('/sign-in')
  for (const role of ['coordinator', 'police-liaison', 'manager', 'administrator', 'call-handler'] as const) {
    expect((await site.get(`${item}/reading`, { as: role })).status, role).toBe(404)
    expect((await site.post(`${item}/reading`, { read: 'nothing' }, { as: role })).status, role).toBe(404)
  }
  const foreign = item.replace(caseId, await openTestCase(world))
  expect((await site.get(`${foreign}/reading`, as)).status).toBe(404)
  expect((await site.post(`${foreign}/reading`, { read: 'nothing' }, as)).status).toBe(404)
})

test('each answer that is missing or wrong is named beside the field that its summary leads to, and what was typed stays', async () => {
  const wrong: readonly (readonly [Readonly<Record<string, string>>, string, string])[] = [
    [{}, 'read', 'Select what is to be read'],
    [{ read: 'first' }, 'first', 'Enter how many records are to be read'],
    [{ read: 'last', last: 'many' }, 'last', 'How many records must be a number from 1 to 500,000'],
    [{ read: 'days' }, 'from-day', 'Enter the first day, the last day or both'],
    [
      { read: 'days', ...day('from', '2026-02-10'), ...day('until', '2026-02-09') },
      'until-day',
      'The last day must be the same as or after the first day',
    ],
    [{ read: 'nothing', reason: 'x'.repeat(301) }, 'reason', 'The reason must be 300 characters or less'],
  ]
  for (const [fields, field, message] of wrong) {
    const { status, text } = await send(fields)
    expect(status, message).toBe(422)
    expect(text).toContain('<title>Error: ')
    expect(text).toContain(`<a href="#${field}">${message}</a>`)
    expect(text, message).toContain(` id="${field}"`)
  }
  expect((await send({ read: 'last', last: 'many' })).text).toContain('value="many"')
})

test('what was chosen stands on the form when it is opened again, and nothing is read where nothing is to be', async () => {
  expect((await send({ read: 'nothing', reason: 'It is <b>hers</b>' })).location).toBe(item)
  const { text } = await site.get(`${item}/reading`, as)
  expect(text).toMatch(/value="nothing"[^>]*checked/)
  expect(text).toContain('It is &lt;b&gt;hers&lt;/b&gt;')
  expect((await send({ read: 'whole' })).location).toBe(item)
  expect((await site.get(`${item}/reading`, as)).text).toMatch(/value="whole"[^>]*checked/)
})
