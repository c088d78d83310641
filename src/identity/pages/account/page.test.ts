import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { joinWith, linkAtMachine } from '../../../../test/support/joining.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148'

test('S12 anyone who was set up again reads it first on every page until they say they know', async () => {
  const member = await site.joined('idva')
  const link = await linkAtMachine(site.world, member.personId)
  const again = await joinWith(site.world, link, { secondSecret: member.second })
  if (again.kind !== 'joined') throw new Error(again.kind)
  const browser = site.holding(again.sessionToken)
  for (const path of ['/staff', '/account', '/account/password', '/account/colleagues']) {
    const { text } = await browser.get(path)
    expect(text, path).toContain('Your sign-in was changed')
    expect(text, path).toContain('approved by nobody')
    expect(text, path).toContain('What takes two people waits for you until')
  }
  const page = await browser.get('/staff')
  expect((await browser.submit(page, '/account/known')).location).toBe('/account')
  expect((await browser.get('/staff')).text).not.toContain('Your sign-in was changed')
})

test('somebody sees where they are signed in, in coarse words, and ends one, or all others; nobody else’s', async () => {
  const member = await site.joined('idva')
  const here = await site.enter(member.personId, 'idva')
  const there = await site.enter(member.personId, 'idva', { userAgent: phone, address: '203.0.113.77' })
  const third = await site.enter(member.personId, 'idva')
  const other = await site.signedIn('cyber-adviser')
  const page = await here.get('/account')
  expect(page.text).toContain('You are here')
  expect(page.text).toContain('A phone')
  expect(page.text).toContain('203.0.…')
  for (const known of ['203.0.113.77', '192.0.2.8', 'iPhone']) expect(page.text).not.toContain(known)
  const kept = await asOwner(site.world.ownerUrl, client =>
    client.query<{ row: string }>('select s::text as row from unwatched.session s'),
  )
  for (const { row } of kept.rows) expect(row).not.toMatch(/203\.0\.113\.77|iPhone/)
  const phoneRow = page.text.split('<tr').find(row => row.includes('A phone')) ?? ''
  const [, end = ''] = /action="(\/account\/sessions\/[\w-]+\/end)"/.exec(phoneRow) ?? []
  // Somebody else who sends it ends nothing.
  const theirs = await other.get('/account')
  await other.post(
    end,
    new URLSearchParams({ _csrf: /name="_csrf" value="([^"]+)"/.exec(theirs.text)?.[1] ?? '' }),
  )
  expect((await there.get('/staff')).status).toBe(200)
  expect((await here.submit(page, end)).location).toBe('/account')
  expect((await there.get('/staff')).status).toBe(303)
  expect((await third.get('/staff')).status).toBe(200)
  expect((await here.submit(page, '/account/sessions/end-others')).location).toBe('/account')
  expect((await third.get('/staff')).status).toBe(303)
  expect((await here.get('/staff')).status).toBe(200)
  expect((await other.get('/staff')).status).toBe(200)
})
