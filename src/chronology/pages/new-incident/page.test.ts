import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { addTestItem } from '../../../../test/support/test-records.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId, ItemId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
let itemId: ItemId
beforeAll(async () => {
  world = await openTestClinic('2026-11-02T10:00:00Z')
  site = await openTestSite(world)
  caseId = await openTestCase(world, { agencies: ['lead', 'stalking', 'police'] })
  itemId = await addTestItem(world, caseId, 'ABC/1', [
    { local: '2026-02-14T22:01:00', sender: 'Rob', text: 'I can see you' },
    { local: '2026-02-14T22:03:00', sender: 'Rob', text: 'Turn round' },
  ])
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = 'stalking-advocate'
const form = () => `/cases/${caseId}/incidents/new`
const once = () => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url')
const told = {
  what: 'He waited outside the library',
  precision: 'exact',
  'date-day': '14',
  'date-month': '2',
  'date-year': '2026',
  time: '10:30pm',
  codes: ['E_LOITER', 'G_WATCH'],
  herWords: 'I went cold',
}

test('only those who work on the chronology of this case reach the form', async () => {
  for (const role of ['coordinator', 'police-liaison', 'cyber-adviser', 'manager'] as const) {
    expect((await site.get(form(), { as: role })).status).toBe(404)
    expect((await site.post(form(), told, { as: role })).status).toBe(404)
  }
})

test('an empty form says everything that is missing at once, beside its field and at the top', async () => {
  const { status, text } = await site.post(form(), {}, { as })
  expect(status).toBe(422)
  expect(text).toContain('<title>Error: Make an incident')
  expect(text).toContain('<a href="#what">Enter what happened</a>')
  expect(text).toContain('<a href="#precision">Select how surely the time is known</a>')
  expect(text).toMatch(/id="what"/)
  expect(text).toMatch(/id="precision"/)
})

test('what was typed is still there when something is wrong, and each problem lands on its field', async () => {
  const { text } = await site.post(
    form(),
    { ...told, 'date-month': '13', time: 'teatime', noticedOn: '', 'noticedOn-day': '3' },
    { as },
  )
  expect(text).toContain('He waited outside the library')
  expect(text).toContain('value="teatime"')
  expect(text).toContain('I went cold')
  expect(text).toMatch(/value="E_LOITER"[^>]* checked/)
  for (const field of ['date-day', 'noticedOn-month']) {
    expect(text).toContain(`href="#${field}"`)
    expect(text).toContain(`id="${field}"`)
  }
})

test('an hour that came twice is asked about, and the answer is kept', async () => {
  const twice = { ...told, 'date-day': '25', 'date-month': '10', time: '1:30am' }
  const asked = await site.post(form(), twice, { as })
  expect(asked.text).toContain('happened twice on that day')
  expect(asked.text).toContain('name="which"')
  const saved = await site.post(form(), { ...twice, which: 'later' }, { as })
  expect((await site.get(saved.location ?? '', { as })).text).toContain('On 25 October 2026 at 1:30am')
})

test('who was told has its own day and reference, stays through a revision, and is asked about when half is there', async () => {
  const day = { 'toldOn-day': '16', 'toldOn-month': '2', 'toldOn-year': '2026' }
  const half = await site.post(form(), { ...told, ...day }, { as })
  expect(half.text).toContain(
    '<a href="#toldWhom">Select who was told, or leave the day and the reference empty</a>',
  )
  const future = { ...told, ...day, 'toldOn-year': '2027', toldWhom: 'police' }
  expect((await site.post(form(), future, { as })).text).toContain(
    '<a href="#toldOn-day">The date somebody was told',
  )
  const whole = { ...told, ...day, toldWhom: 'police', toldReference: 'KP/<7>', shows: ['threat', 'others'] }
  const saved = (await site.post(form(), whole, { as })).location ?? ''
  const shown = await site.get(saved, { as })
  expect(shown.text).toContain('The police, on 16 February 2026, reference KP/&lt;7&gt;')
  expect(shown.text).toContain('A threat, open or hinted')
  const again = await site.get(`${saved}/revise`, { as })
  expect(again.text).toMatch(/name="toldWhom"[^>]*value="police"[^>]* checked/)
  expect(again.text).toContain('value="KP/&lt;7&gt;"')
  expect(again.text).toMatch(/name="shows"[^>]*value="others"[^>]* checked/)
})

test('ticked records fill the form in and stay linked to the incident', async () => {
  const { text } = await site.get(`${form()}?record=${itemId}.0&record=${itemId}.1`, { as })
  expect(text).toContain('Rob: I can see you')
  expect(text).toContain('value="22:01"')
  expect(text).toMatch(/value="between"[^>]* checked/)
  const saved = await site.post(form(), { ...told, record: [`${itemId}.0`, `${itemId}.1`] }, { as })
  const incident = await site.get(saved.location ?? '', { as })
  expect(incident.text).toContain(`/records/${itemId}.0`)
  const record = await site.get(`/cases/${caseId}/records/${itemId}.0`, { as })
  expect(record.text).toContain('Incidents that rest on it')
})

test('a record of another case cannot be linked, whatever the form says', async () => {
  const other = await openTestCase(world)
  const foreign = await addTestItem(world, other, 'XYZ/1', [{ local: null, sender: '', text: 'not yours' }])
  expect((await site.get(`${form()}?record=${foreign}.0`, { as })).text).not.toContain('not yours')
  const saved = await site.post(form(), { ...told, record: [`${foreign}.0`] }, { as })
  expect((await site.get(saved.location ?? '', { as })).text).toContain('What the client told')
})

test('the same form sent twice at once is one incident, and both answers lead to it', async () => {
  const sent = { ...told, _once: once() }
  const [first, second] = await Promise.all([
    site.post(form(), sent, { as }),
    site.post(form(), sent, { as }),
  ])
  expect(first.location).toBe(second.location)
})
