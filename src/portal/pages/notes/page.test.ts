import { afterAll, beforeAll, expect, test } from 'vitest'
import { note, openPortalSite, type PortalSite } from '../../../../test/support/portal-site.ts'
import type { Visitor } from '../../../../test/support/test-site.ts'

let site: PortalSite
let client: Visitor
beforeAll(async () => {
  site = await openPortalSite()
  client = await site.signIn(site.words.open)
})
afterAll(() => site.close())

test('nobody reads the client’s notes who is not signed in', async () => {
  for (const asked of ['/my/notes']) {
    const { status, location, text } = await site.get(asked)
    expect([status, location]).toEqual([303, '/my/start'])
    expect(text).not.toContain('Fairweather')
  }
})

test('the client reads what they wrote, the newest first, as text, with each correction over what it corrects', async () => {
  expect((await client.get('/my/notes')).text).toContain('You have written nothing yet.')
  await client.post('/my/notes/new', note)
  site.pass(1)
  await client.post('/my/notes/new', { ...note, what: 'He rang' })
  const { text, headers } = await client.get('/my/notes')
  expect(text).toContain('He stood &lt;b&gt;outside&lt;/b&gt;<br>the shop')
  expect(text.indexOf('He rang')).toBeLessThan(text.indexOf('He stood'))
  expect(headers.get('cache-control')).toBe('no-store')
  const correct = /\/my\/notes\/[0-9a-f-]+\/correct/.exec(text)?.[0] ?? ''
  await client.post(correct, { what: 'He rang twice', precision: 'unknown' })
  const both = (await client.get('/my/notes')).text
  expect(both).toContain('as corrected')
  expect(both.indexOf('He rang twice')).toBeLessThan(both.lastIndexOf('He rang'))
})

test('S4 the second phrase shows nothing of what the client wrote, and what is written with it is not among their notes', async () => {
  await client.post('/my/notes/new', note)
  const visitor = await site.signIn(site.words.duress)
  expect((await visitor.get('/my/notes')).text).not.toContain('the shop')
  await visitor.post('/my/notes/new', { what: 'Typed by <i>him</i>', precision: 'unknown' })
  expect((await visitor.get('/my/notes')).text).toContain('Typed by &lt;i&gt;him')
  expect((await client.get('/my/notes')).text).not.toContain('Typed by')
})
