import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const
const once = (name: string) => name.padEnd(22, 'x').slice(0, 22)

test('somebody who may not see the map finds no page, and a role that may only look changes nothing', async () => {
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect((await site.get(site.base, { as: role })).status).toBe(404)
  expect((await site.get(site.base)).location).toContain('/sign-in')
  for (const role of ['coordinator', 'idva'] as const) {
    expect((await site.get(site.base, { as: role })).text).not.toContain('Put these on the map')
    expect((await site.post(site.base, { entries: 'phone' }, { as: role })).status).toBe(404)
  }
})

test('an adviser ticks what the client has, once however often it is sent, and is asked about each', async () => {
  const empty = await site.post(site.base, {}, as)
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Select what they have')
  const added = await site.post(site.base, { entries: ['phone', 'phone'], _once: once('add') }, as)
  expect(added.location).toBe(`${site.base}/questions`)
  // The same form once more puts nothing on the map a second time.
  expect((await site.post(site.base, { entries: ['phone', 'phone'], _once: once('add') }, as)).location).toBe(
    `${site.base}/questions`,
  )
  const { text } = await site.get(site.base, as)
  expect(text).toContain('Phone 2')
  const verbs = await verbsOf(site.world, site.caseId)
  expect(verbs.filter(verb => verb === 'map-changed')).toHaveLength(1)
})

test('the map shows what is called what as text, and that they reach it', async () => {
  const told = { label: '  Lena’s <b>phone</b> ', note: '', basis: 'told', seen: '1', 'q-passcode': 'yes' }
  await site.post(`${site.base}/things/t1`, told, as)
  const { text } = await site.get(site.base, as)
  expect(text).toContain('Lena’s &lt;b&gt;phone&lt;/b&gt;')
  expect(text).toContain('They reach it')
  expect(text).toContain('Phone 2')
})

test('what to ask next is of the map as it is: a question that was answered is not asked again', async () => {
  const link = `href="${site.base}/things/t2#q-passcode"`
  expect((await site.get(site.base, as)).text).toContain(link)
  const said = { label: 'Phone 2', note: '', basis: 'told', seen: '9', 'q-passcode': 'no' }
  expect((await site.post(`${site.base}/things/t2`, said, as)).status).toBe(303)
  const { text } = await site.get(site.base, as)
  expect(text).toContain('id="ask-next"')
  expect(text).not.toContain(link)
})

test('S8 nothing of the map lies readable in the database', async () => {
  await site.post(
    `${site.base}/words`,
    { words: 'The car said heron at the school.' },
    { as: 'cyber-adviser' },
  )
  const rows = await asOwner(site.world.ownerUrl, client =>
    client.query('select access_map::text as row from unwatched.access_map'),
  )
  expect(rows.rows.length).toBeGreaterThan(2)
  for (const { row } of rows.rows) expect(row).not.toMatch(/heron|passcode|Lena/)
})
