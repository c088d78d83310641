import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite, secretOn } from '../../../../test/support/identity-site.ts'
import { joinPassword, linkAtMachine } from '../../../../test/support/joining.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('somebody invited chooses a password, pairs a code app, gets a second secret and is at work', async () => {
  const { browser, done } = await site.enrolled('amara')
  expect(done.text).toContain('This is your second secret')
  const home = await browser.get('/staff')
  expect(home.text).toContain('Hello, Amara Okafor')
  expect(home.text).toContain('href="/calls/new"')
})

test('an invitation that is weak, wrong, used or made up says so', async () => {
  const fields = { name: 'Bo', 'sign-in-name': 'bo.weak', role: 'manager', agency: site.world.agencies.lead }
  const { link, code } = await site.approvedLink(fields)
  const browser = site.browser()
  const join = await browser.get(link)
  const weak = await browser.submit(join, link, { password: 'password1234', code: '000000' })
  expect(weak.status).toBe(422)
  expect(weak.text).toContain('<a href="#joining-code">Enter the joining code')
  expect(weak.text).toContain('<a href="#password">Choose a password that is harder to guess')
  expect(weak.text).toContain('<a href="#code">The code is not the one')
  expect(secretOn(weak.text), 'the picture that was scanned stays the same').toBe(secretOn(join.text))
  const secret = secretOn(join.text)
  const right = { password: joinPassword, code: site.codeOf(secret) }
  const wrong = await browser.submit(weak, link, { ...right, 'joining-code': 'abandon ability able about' })
  expect([wrong.status, wrong.text.includes('it is not said which is wrong')]).toEqual([422, true])
  // However it is written down.
  const written = `${code.toUpperCase().replaceAll(' ', ' - ')}.`
  const done = await browser.submit(wrong, link, { ...right, 'joining-code': written })
  expect(done.text).toMatch(/id="second-secret">([a-z]+ ){5}[a-z]+</)
  expect((await browser.get('/staff')).text).toContain('Hello, Bo')
  expect((await site.browser().get(link)).text).toContain('This link has been used')
  expect((await site.browser().get(`/join/${'x'.repeat(43)}`)).text).toContain('not one of ours')
})

test('S12 somebody who joins again shows their second secret or a colleague’s words as well', async () => {
  const member = await site.joined('idva')
  const link = await linkAtMachine(site.world, member.personId)
  const path = `/join/${link.token}`
  const browser = site.browser()
  const join = await browser.get(path)
  expect(join.text).toContain('Your second secret')
  const typed = {
    'joining-code': link.code.join(' '),
    password: joinPassword,
    code: site.codeOf(secretOn(join.text)),
  }
  const without = await browser.submit(join, path, typed)
  expect(without.text).toContain('<a href="#second-secret">Enter your second secret, or your colleague')
  const guessed = await browser.submit(without, path, {
    ...typed,
    'second-secret': 'owl owl owl owl owl owl',
  })
  expect([guessed.status, guessed.text.includes('it is not said which is wrong')]).toEqual([422, true])
  const right = await browser.submit(guessed, path, { ...typed, 'second-secret': member.second })
  expect(right.text).toContain('Write these words down')
})

test('S11 nothing that was typed on the way in is in the log, nor any token', () => {
  const log = site.logged.join('\n')
  expect(log).toContain('/join/')
  for (const word of ['amara', 'Okafor', joinPassword, 'password1234', 'abandon', 'owl', '127.0.0.1'])
    expect(log).not.toContain(word)
  expect(log).not.toMatch(/[\w-]{43}/)
})
