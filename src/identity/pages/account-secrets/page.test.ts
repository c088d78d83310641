import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { joinSecret, joinWith, linkAtMachine } from '../../../../test/support/joining.ts'
import { signIn } from '../../operations/sign-in.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('an owner changes password, code app and second secret by what they had before; a thief with the session does not', async () => {
  const member = await site.joined('idva')
  const here = await site.enter(member.personId, 'idva')
  const there = await site.enter(member.personId, 'idva')
  const form = await here.get('/account/password')
  const next = 'kettle marble Thursday fox'
  const empty = await here.submit(form, '/account/password')
  for (const field of ['again-password', 'again-code', 'new-password'])
    expect(empty.text).toContain(`href="#${field}"`)
  const weak = await here.submit(form, '/account/password', {
    ...site.proof(),
    'new-password': 'christopher2019!',
  })
  expect(weak.text).toContain('<a href="#new-password">Choose a password that is harder to guess')
  const thief = await here.submit(form, '/account/password', {
    ...site.proof(site.codeOf(joinSecret), 'guessed guessed'),
    'new-password': next,
  })
  expect(thief.status).toBe(422)
  expect(thief.text).not.toContain('guessed guessed')
  expect((await there.get('/staff')).status).toBe(200)
  site.pass(1)
  expect(
    (await here.submit(form, '/account/password', { ...site.proof(), 'new-password': next })).location,
  ).toBe('/account')
  expect((await there.get('/staff')).status, 'signed out everywhere else').toBe(303)
  expect((await here.get('/account')).text).toContain('The password was changed')

  site.pass(1)
  const secondPage = await here.get('/account/second-secret')
  const made = await here.submit(
    secondPage,
    '/account/second-secret',
    site.proof(site.codeOf(joinSecret), next),
  )
  const [, words = ''] = /id="second-secret">([a-z ]+)</.exec(made.text) ?? []
  expect(words.split(' ')).toHaveLength(6)

  site.pass(1)
  const appPage = await here.get('/account/code-app')
  const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(appPage.text)?.[1] ?? '').replaceAll(' ', '')
  const wrongApp = await here.submit(appPage, '/account/code-app', {
    ...site.proof(site.codeOf(joinSecret), next),
    code: '000000',
  })
  expect(wrongApp.text).toContain('<a href="#code">The code is not the one the new app shows now</a>')
  const changed = await here.submit(wrongApp, '/account/code-app', {
    ...site.proof(site.codeOf(joinSecret), next),
    code: site.codeOf(secret),
  })
  expect(changed.location).toBe('/account')
  site.pass(1)
  const old = { signInName: `idva.${member.personId}`, password: next, address: '192.0.2.8' }
  expect((await signIn(site.world.clinic, { ...old, code: site.codeOf(joinSecret) })).kind).toBe('refused')
  expect((await signIn(site.world.clinic, { ...old, code: site.codeOf(secret) })).kind).toBe('signed-in')

  const link = await linkAtMachine(site.world, member.personId)
  expect(await joinWith(site.world, link, { secondSecret: member.second })).toEqual({ kind: 'wrong' })
  expect((await joinWith(site.world, link, { secondSecret: words })).kind).toBe('joined')
})

test('what somebody signs in with never travels in a page, also when the form was stale', async () => {
  const member = await site.joined('idva')
  const here = await site.enter(member.personId, 'idva')
  const fields = {
    _csrf: 'stale',
    ...site.proof('123456', 'secret words of mine'),
    'new-password': 'other words',
  }
  const stale = await here.post('/account/password', new URLSearchParams(fields))
  expect(stale.status).toBe(403)
  for (const typed of ['secret words of mine', 'other words', '123456'])
    expect(stale.text).not.toContain(typed)
})
