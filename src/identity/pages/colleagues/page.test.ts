import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite, secretOn } from '../../../../test/support/identity-site.ts'
import { joinPassword, linkAtMachine } from '../../../../test/support/joining.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('a colleague of the same agency reads out words for somebody who lost theirs, and the page says who may', async () => {
  const member = await site.joined('idva')
  const link = await linkAtMachine(site.world, member.personId)
  const outsider = await site.signedIn('cyber-adviser')
  expect((await outsider.get('/account/colleagues')).text).toContain('Nobody waits for your word')
  const colleague = await site.signedIn('manager')
  const list = await colleague.get('/account/colleagues')
  const path = `/account/colleagues/${member.personId}/confirm`
  const check = await colleague.submit(list, path)
  expect(check.text).toContain('with you?')
  const shown = await colleague.submit(check, path)
  const again = await colleague.submit(check, path)
  const [, words = ''] = /id="witness-words">([a-z ]+)</.exec(shown.text) ?? []
  expect(words.split(' ')).toHaveLength(4)
  expect(again.text, 'the same form sent twice shows the same words').toContain(words)
  const browser = site.browser()
  const join = await browser.get(`/join/${link.token}`)
  const secret = secretOn(join.text)
  const typed = { 'joining-code': link.code.join(' '), password: joinPassword, code: site.codeOf(secret) }
  const done = await browser.submit(join, `/join/${link.token}`, { ...typed, 'witness-words': words })
  expect(done.text).toContain('Write these words down')
})

test('S12 nobody gives their word for somebody of another agency, for themselves, or for nobody', async () => {
  const member = await site.joined('idva')
  await linkAtMachine(site.world, member.personId)
  const outsider = await site.signedIn('cyber-adviser')
  const page = await outsider.get('/account/colleagues')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  for (const person of [member.personId, site.world.people['cyber-adviser'], 'nobody']) {
    const path = `/account/colleagues/${person}/confirm`
    expect((await outsider.post(path, new URLSearchParams({ _csrf: csrf }))).status, person).toBe(404)
  }
})
