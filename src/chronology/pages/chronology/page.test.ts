import { afterAll, beforeAll, expect, test } from 'vitest'
import { hearStatements } from '../../../../test/support/heard-statements.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { addTestItem } from '../../../../test/support/test-records.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId, ItemId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
let itemId: ItemId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, { agencies: ['lead', 'stalking', 'police'] })
  itemId = await addTestItem(world, caseId, 'ABC/1', [
    {
      local: '2026-02-14T22:01:00',
      sender: 'Rob <b>M</b>',
      text: 'I can see you\n<script>alert(1)</script>',
    },
    { local: '2026-02-21T23:30:00', sender: 'Rob <b>M</b>', text: 'x'.repeat(2000) },
    { local: '2026-02-22T09:00:00', sender: 'שרה', text: 'אני רואה אותך' },
    { local: null, sender: 'Rob <b>M</b>', text: 'No clock at all' },
  ])
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const path = () => `/cases/${caseId}/chronology`
const as = 'stalking-advocate'

test('somebody whose agency is no party to the case finds no page, and nobody signed out does', async () => {
  expect((await site.get(path(), { as: 'cyber-adviser' })).status).toBe(404)
  for (const role of ['call-handler', 'manager', 'administrator'] as const) {
    expect((await site.get(path(), { as: role })).status).toBe(404)
  }
  expect((await site.get(path())).text).not.toContain('I can see you')
})

test('the line shows each record with its time, zone, sender and place in its exhibit', async () => {
  const { status, text } = await site.get(path(), { as })
  expect(status).toBe(200)
  expect(text).toContain('14 February 2026 at 10:01pm')
  expect(text).toContain('Zone not known')
  expect(text).toContain(`/cases/${caseId}/records/${itemId}.0`)
  expect(text).toMatch(/ABC\/1, <bdi>line 1<\/bdi>/)
})

test('what somebody else wrote is escaped, keeps its lines, and stands in its own direction', async () => {
  const { text } = await site.get(path(), { as })
  expect(text).toContain('I can see you<br>&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(text).not.toContain('<b>M</b>')
  expect(text).toContain('<div dir="auto">אני רואה אותך</div>')
})

test('a long text is cut and leads to the whole of it', async () => {
  const { text } = await site.get(path(), { as })
  expect(text).not.toContain('x'.repeat(600))
  expect(text).toContain('Show all 2000 characters')
  const record = await site.get(`/cases/${caseId}/records/${itemId}.1`, { as })
  expect(record.text).toContain('x'.repeat(2000))
})

test('what has no known time stands apart, and the page says how many', async () => {
  const { text } = await site.get(path(), { as })
  expect(text).toContain('1 entry has no known time')
  expect(text).not.toContain('No clock at all')
  const apart = await site.get(`${path()}?time=unknown`, { as })
  expect(apart.text).toContain('No clock at all')
  expect(apart.text).not.toContain('I can see you')
})

test('the pictures are drawn on the server, and each has its table', async () => {
  const { text } = await site.get(path(), { as })
  expect(text.match(/<svg class="chart"/g)).toHaveLength(2)
  expect(text).toContain('Records each week, as a table')
  expect(text).toContain('Records by hour of the week, as a table')
  expect(text).toContain('not evidence of safety')
})

test('S11 a search is sent as a form and its words never come back in a URL', async () => {
  const found = await site.post(path(), { words: 'see you' }, { as })
  expect(found.status).toBe(200)
  expect(found.text).toContain('I can see you')
  expect(found.text).not.toContain('xxxxxxxx')
  expect(found.text).not.toMatch(/href="[^"]*see/)
  const filtered = await site.post(path(), { words: '', show: 'records', from: '2026-02-20' }, { as })
  expect(filtered.location).toBe(`${path()}?show=records&from=2026-02-20`)
})

test('a search opens the case as it comes in, as a look at the timeline does, and only where it looks', async () => {
  const accesses = () =>
    asOwner(world.ownerUrl, async owner => {
      const opened = "select 1 from unwatched.act where case_id = $1 and verb = 'case-opened'"
      return (await owner.query(opened, [caseId])).rowCount ?? 0
    })
  const before = await accesses()
  const heard: string[] = []
  hearStatements(world.clinic.database.pool, statement => heard.push(statement))
  const found = await site.post(path(), { words: 'see you' }, { as })
  expect(found.text).toContain('I can see you')
  expect(heard.filter(statement => statement.includes('enter_as_staff'))).toHaveLength(1)
  expect(heard.filter(statement => /open_case\(|file_key/.test(statement))).toEqual([])
  expect(await accesses()).toBe(before + 1)
  await site.post(path(), { words: '' }, { as })
  expect(await accesses()).toBe(before + 1)
})

test('each filter that the form offers narrows the line: sender, kind, exhibit, days, and either end of it first', async () => {
  const ownCase = await openTestCase(world, { agencies: ['lead', 'stalking', 'police'] })
  const own = `/cases/${ownCase}/chronology`
  await addTestItem(world, ownCase, 'ABC/1', [
    { local: '2026-02-01T10:00:00', sender: 'Rob', text: 'first of all' },
    { local: '2026-02-03T10:00:00', sender: 'Linda', text: 'second of all', kind: 'call' },
  ])
  await addTestItem(world, ownCase, 'DEF/2', [
    { local: '2026-02-02T10:00:00', sender: 'Rob', text: 'between the two' },
  ])
  const all = ['first of all', 'between the two', 'second of all']
  const shownBy = async (form: Record<string, string>): Promise<readonly string[]> => {
    const sent = await site.post(own, form, { as })
    const { text } = sent.location ? await site.get(sent.location, { as }) : sent
    const line = text.slice(text.indexOf('id="line"'))
    return all
      .filter(words => line.includes(words))
      .sort((one, other) => line.indexOf(one) - line.indexOf(other))
  }
  const { text: form } = await site.get(own, { as })
  const keyOfOption = (name: string): string =>
    new RegExp(`value="([^"]+)"[^>]*>${name}<`).exec(form)?.[1] ?? ''
  expect(await shownBy({})).toEqual(all)
  expect(await shownBy({ sender: keyOfOption('Linda') })).toEqual(['second of all'])
  expect(await shownBy({ kind: keyOfOption('Calls') })).toEqual(['second of all'])
  expect(await shownBy({ 'exhibit-reference': 'def/2' })).toEqual(['between the two'])
  expect(await shownBy({ 'exhibit-reference': 'XYZ/9' })).toEqual([])
  expect(await shownBy({ from: '2026-02-02' })).toEqual(['between the two', 'second of all'])
  expect(await shownBy({ until: '2026-02-02' })).toEqual(['first of all', 'between the two'])
  expect(await shownBy({ order: 'newest' })).toEqual([...all].reverse())
  expect(await shownBy({ words: 'all' })).toEqual(['first of all', 'second of all'])
  expect(await shownBy({ words: 'all', sender: keyOfOption('Rob'), order: 'newest' })).toEqual([
    'first of all',
  ])
  expect(await shownBy({ words: 'all', 'exhibit-reference': 'DEF/2' })).toEqual([])
})

test('S11 an exhibit that is asked for stands in the URL under its key, and in the form by its reference', async () => {
  const sent = await site.post(path(), { 'exhibit-reference': 'ABC/1' }, { as })
  expect(sent.location).toMatch(/\?exhibit=[0-9a-f]{16}$/)
  expect((await site.get(sent.location ?? '', { as })).text).toMatch(
    /name="exhibit-reference"[^>]*value="ABC\/1"/,
  )
})

test('a filter that makes no sense is left out, and one that fits nothing says so', async () => {
  expect((await site.get(`${path()}?from=yesterday&after=x~y~z&kind=spells`, { as })).text).toContain(
    'I can see you',
  )
  const { text } = await site.get(`${path()}?from=2030-01-01`, { as })
  expect(text).toContain('Nothing on the line fits what you asked for')
})

test('ticks and the links to make an incident are there only for those who may make one', async () => {
  expect((await site.get(path(), { as })).text).toContain('Make an incident from these')
  for (const role of ['coordinator', 'police-liaison'] as const) {
    const { status, text } = await site.get(path(), { as: role })
    expect(status).toBe(200)
    expect(text).not.toContain('Make an incident')
    expect(text).not.toContain('name="record"')
  }
})

test('a record of no case, or of nonsense, is not found', async () => {
  expect((await site.get(`/cases/${caseId}/records/${itemId}.99`, { as })).status).toBe(404)
  expect((await site.get(`/cases/${caseId}/records/nonsense`, { as })).status).toBe(404)
})
