import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { findReachOfThing } from '../../inventory/exposure.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'

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

test('the kinds stand in groups with a list to jump to them, each with a line that explains it, and can be found without a script', async () => {
  const { text } = await site.get(site.base, as)
  const { entries } = await loadCatalogue()
  const groups = new Set([...entries.values()].map(each => each.group))
  for (const group of groups) {
    expect(text).toContain(`href="#kinds-${group}"`)
    expect(text).toContain(`id="kinds-${group}"`)
  }
  expect(text.match(/name="entries"/g)).toHaveLength(entries.size)
  for (const { id, says } of entries.values()) {
    const box = new RegExp(
      `id="([^"]+)" name="entries" type="checkbox" value="${id}"[^>]*aria-describedby="([^"]+)"`,
    )
    const [, , hint = ''] = box.exec(text) ?? []
    expect(text, id).toMatch(new RegExp(`id="${hint}" class="[^"]*">${says.slice(0, 12)}`))
  }
  const ticksOf = (page: string): readonly string[] =>
    [...page.matchAll(/name="entries" type="checkbox" value="([^"]+)"/g)].map(([, id = '']) => id)
  const found = await site.get(`${site.base}?find=Doorbell+ring`, as)
  expect(ticksOf(found.text)).toEqual(['ring'])
  expect(found.text).toContain('1 kind has “Doorbell ring”')
  const none = await site.get(`${site.base}?find=${encodeURIComponent('<b>zzz')}`, as)
  expect(ticksOf(none.text)).toEqual([])
  expect(none.text).toContain('No kind has “&lt;b&gt;zzz”')
})

test('the map shows what is called what as text, and that they reach it', async () => {
  const told = {
    label: '  Lena’s <b>phone</b> ',
    note: '',
    basis: 'told',
    seen: '1',
    'q-passcode': 'yes',
    'q-hands': 'yes',
  }
  await site.post(`${site.base}/things/t1`, told, as)
  const { text } = await site.get(site.base, as)
  expect(text).toContain('Lena’s &lt;b&gt;phone&lt;/b&gt;')
  expect(text).toContain('They reach it')
  expect(text).toContain('Phone 2')
})

test('S1 a thing that is reached through another one is not called out of reach in the list, whatever its own answers are', () => {
  const map = { nodes: [] as { id: string; kind: string; label: string }[] }
  const cameFrom = new Map<string, string>()
  for (const [id, kind] of [
    ['t1', 'number'],
    ['t2.password', 'secret'],
    ['t2', 'account'],
    ['t3', 'account'],
  ] as const) {
    map.nodes.push({ id, kind, label: id })
    cameFrom.set(id, id.slice(0, 2))
  }
  const levelOf = (thing: string, reached: Readonly<Record<string, 'known' | 'suspected' | 'possible'>>) =>
    findReachOfThing(thing, map, cameFrom, new Map(Object.entries(reached)))
  expect(levelOf('t1', { t1: 'suspected' })).toBe('probably')
  expect(levelOf('t2', { 't2.password': 'known' })).toBe('part')
  expect(levelOf('t2', { 't2.password': 'known', t2: 'possible' })).toBe('unknown')
  expect(levelOf('t3', { t2: 'known' })).toBe('no')
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

test('things are named when they are ticked, one line for each, and those without a name get one by rule', async () => {
  const names = {
    'names-tablet': ' Lena’s tablet \n\nTom’s tablet\r\nLena’s tablet',
    'names-car': 'not ticked',
  }
  const form = { entries: ['tablet', 'computer'], ...names }
  expect((await site.post(site.base, form, as)).location).toBe(`${site.base}/questions`)
  const { text } = await site.get(site.base, as)
  const table = /<table[\s\S]*?<\/table>/.exec(text)?.[0] ?? ''
  for (const name of ['Lena’s tablet', 'Tom’s tablet', 'Lena’s tablet 2', 'Computer'])
    expect(table, name).toContain(`<bdi>${name}</bdi>`)
  expect(table).not.toContain('not ticked')
  const long = { entries: ['car', 'bank'], 'names-car': 'x'.repeat(101), 'names-bank': 'Joint account' }
  const refused = await site.post(site.base, long, as)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('What they call it must be 100 characters or less')
  // What was ticked and typed stays.
  expect(refused.text).toMatch(/value="bank" checked/)
  expect(refused.text).toContain('>Joint account</textarea>')
  const many = { entries: 'car', 'names-car': Array.from({ length: 21 }, (_, at) => `Car ${at}`).join('\n') }
  expect((await site.post(site.base, many, as)).text).toContain('Enter 20 names or fewer')
})

test('S1 a number of which everything was answered with no is not green in the list while its phone is reached', async () => {
  const made = await site.post(site.base, { entries: ['vodafone'], 'names-vodafone': 'A number' }, as)
  const [thing] = /t[0-9]+$/.exec(made.location ?? '') ?? []
  const no = Object.fromEntries(['theirs', 'holder', 'pin', 'diverted'].map(id => [`q-${id}`, 'no']))
  const none = { 'q-forwarded': 'none', 'q-bills': 'none', 'q-sim': 't1' }
  const about = { label: 'A number', note: '', basis: 'told', seen: '99', ...no, ...none }
  expect((await site.post(`${site.base}/things/${thing ?? ''}`, about, as)).status).toBe(303)
  const rowOf = (text: string) => text.split('<tr').find(row => row.includes('A number')) ?? ''
  expect(rowOf((await site.get(site.base, as)).text)).toContain('They reach it')
  const [past] = /history\/[0-9]+/.exec((await site.get(`${site.base}/history`, as)).text) ?? []
  const earlier = rowOf((await site.get(`${site.base}/${past ?? ''}`, as)).text)
  expect(earlier).toContain('Not by its answers alone')
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
