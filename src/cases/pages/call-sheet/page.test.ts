import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesSite, onceOf, openCasesSite } from '../../../../test/support/cases-site.ts'
import { roles } from '../../../identity/role.ts'

let site: CasesSite
beforeAll(async () => {
  site = await openCasesSite()
})
afterAll(() => site.close())

const asHandler = { as: 'call-handler' } as const

test('a call is saved by those who answer the telephone', async () => {
  expect((await site.get('/calls/new')).location).toMatch(/^\/sign-in/)
  for (const role of roles.filter(each => each !== 'coordinator' && each !== 'call-handler')) {
    expect((await site.get('/calls/new', { as: role })).status, role).toBe(403)
    expect((await site.post('/calls/new', { words: 'x' }, { as: role })).status, role).toBe(403)
  }
  expect((await site.get('/calls/saved/nothing', asHandler)).status).toBe(404)
})

test('a call that cannot be saved yet says why, and what was typed stays', async () => {
  const bad = await site.sendCall({ words: 'He <b>waits</b>', clientName: 'x'.repeat(1_000) })
  expect(bad.status).toBe(400)
  expect(bad.text).toContain('href="#clientName"')
  expect(bad.text).toContain('He &lt;b&gt;waits&lt;/b&gt;')
})

test('a call handler saves a call, and what is read out is a reference with what happens next', async () => {
  const sheet = await site.get('/calls/new', asHandler)
  const saved = await site.post(
    '/calls/new',
    {
      words: 'Followed',
      dangerNow: 'yes',
      _once: onceOf(sheet.text.slice(sheet.text.indexOf('action="/calls/new"'))),
    },
    asHandler,
  )
  const page = await site.get(saved.location ?? '', asHandler)
  expect(page.text).toContain('Call saved')
  expect(page.text).toContain('Danger now')
  expect(page.text).toContain('Still to ask')
  expect(saved.location).not.toContain('Followed')
})
