import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinPassword, joinSecret, joinWith, linkAtMachine } from '../../../../test/support/joining.ts'
import { type Browser, openDoorSite } from '../../../../test/support/sign-in-site.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import type { PersonId } from '../../../foundation/ids.ts'
import { signIn } from '../../operations/sign-in.ts'
import { startSession } from '../../operations/start-session.ts'
import type { Role } from '../../role.ts'

let world: TestClinic
let site: Awaited<ReturnType<typeof openDoorSite>>
beforeAll(async () => {
  world = await openTestClinic()
  site = await openDoorSite(world.clinic)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

function pass(minutes: number): void {
  world.clock.moveTo(new Date(world.clock.now().getTime() + minutes * 60_000).toISOString())
}
const codeOf = (secret: string): string =>
  generateSync({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) })
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148'

let many = 0
async function joined(role: Role): Promise<{ readonly personId: PersonId; readonly second: string }> {
  many += 1
  const personId = await world.addPerson(role, 'lead', `Owner Number${many}`)
  const answer = await joinWith(world, await linkAtMachine(world, personId))
  if (answer.kind !== 'joined') throw new Error(answer.kind)
  pass(60 * 25)
  return { personId, second: answer.secondSecret.join(' ') }
}
function holding(token: string): Browser {
  const browser = site.browser()
  browser.cookies.set('session', token)
  return browser
}
async function enter(
  personId: PersonId,
  role: Role,
  more: { readonly password?: string; readonly userAgent?: string; readonly address?: string } = {},
): Promise<Browser> {
  const { password = joinPassword, userAgent = '', address = '192.0.2.8' } = more
  pass(1)
  const signInName = `${role}.${personId}`
  const code = codeOf(joinSecret)
  const answer = await signIn(world.clinic, { signInName, password, code, address, userAgent })
  if (answer.kind !== 'signed-in') throw new Error(answer.kind)
  pass(1)
  return holding(answer.token)
}
async function as(role: Role): Promise<Browser> {
  const token = await world.clinic.database.transaction(world.task('sign-in'), transaction =>
    startSession(transaction, world.people[role]),
  )
  return holding(token)
}
const proof = (code = codeOf(joinSecret), password = joinPassword) => ({
  'again-password': password,
  'again-code': code,
})

test('S12 anyone who was set up again reads it first on every page until they say they know; those who watch see it listed', async () => {
  const member = await joined('idva')
  const link = await linkAtMachine(world, member.personId)
  const again = await joinWith(world, link, { secondSecret: member.second })
  if (again.kind !== 'joined') throw new Error(again.kind)
  const browser = holding(again.sessionToken)
  for (const path of ['/staff', '/account', '/account/password', '/account/colleagues']) {
    const { text } = await browser.get(path)
    expect(text, path).toContain('Your sign-in was changed')
    expect(text, path).toContain('approved by nobody')
    expect(text, path).toContain('What takes two people waits for you until')
  }
  for (const role of ['administrator', 'coordinator'] as const) {
    const { text } = await (await as(role)).get('/admin/sign-ins')
    expect(text).toContain('were set up again by a link')
    expect(text).toContain('Not yet')
    expect(text).toContain('At the machine')
  }
  const page = await browser.get('/staff')
  expect((await browser.submit(page, '/account/known')).location).toBe('/account')
  expect((await browser.get('/staff')).text).not.toContain('Your sign-in was changed')
  const admin = await as('administrator')
  const list = await admin.get('/admin/sign-ins')
  expect(list.text).toContain('Since ')
  const [, confirm = ''] = /action="(\/admin\/sign-ins\/\d+\/confirm)"/.exec(list.text) ?? []
  const check = await admin.submit(list, confirm)
  expect(check.text).toContain('Is it Owner Number')
  expect((await admin.submit(check, confirm)).location).toBe('/admin/sign-ins')
  expect((await admin.get('/admin/sign-ins')).text).toContain('Confirmed by Test administrator')
})

test('somebody sees where they are signed in, in coarse words, and ends one, or all others; nobody else’s', async () => {
  const member = await joined('idva')
  const here = await enter(member.personId, 'idva')
  const there = await enter(member.personId, 'idva', { userAgent: phone, address: '203.0.113.77' })
  const third = await enter(member.personId, 'idva')
  const other = await as('cyber-adviser')
  const page = await here.get('/account')
  expect(page.text).toContain('You are here')
  expect(page.text).toContain('A phone')
  expect(page.text).toContain('203.0.…')
  for (const known of ['203.0.113.77', '192.0.2.8', 'iPhone']) expect(page.text).not.toContain(known)
  const kept = await asOwner(world.ownerUrl, client =>
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

test('an owner changes password, code app and second secret by what they had before; a thief with the session does not', async () => {
  const member = await joined('idva')
  const here = await enter(member.personId, 'idva')
  const there = await enter(member.personId, 'idva')
  const form = await here.get('/account/password')
  const next = 'kettle marble Thursday fox'
  const empty = await here.submit(form, '/account/password')
  for (const field of ['again-password', 'again-code', 'new-password'])
    expect(empty.text).toContain(`href="#${field}"`)
  const weak = await here.submit(form, '/account/password', {
    ...proof(),
    'new-password': 'christopher2019!',
  })
  expect(weak.text).toContain('<a href="#new-password">Choose a password that is harder to guess')
  const thief = await here.submit(form, '/account/password', {
    ...proof(codeOf(joinSecret), 'guessed guessed'),
    'new-password': next,
  })
  expect(thief.status).toBe(422)
  expect(thief.text).not.toContain('guessed guessed')
  expect((await there.get('/staff')).status).toBe(200)
  pass(1)
  expect((await here.submit(form, '/account/password', { ...proof(), 'new-password': next })).location).toBe(
    '/account',
  )
  expect((await there.get('/staff')).status, 'signed out everywhere else').toBe(303)
  expect((await here.get('/account')).text).toContain('The password was changed')

  pass(1)
  const secondPage = await here.get('/account/second-secret')
  const made = await here.submit(secondPage, '/account/second-secret', proof(codeOf(joinSecret), next))
  const [, words = ''] = /id="second-secret">([a-z ]+)</.exec(made.text) ?? []
  expect(words.split(' ')).toHaveLength(6)

  pass(1)
  const appPage = await here.get('/account/code-app')
  const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(appPage.text)?.[1] ?? '').replaceAll(' ', '')
  const wrongApp = await here.submit(appPage, '/account/code-app', {
    ...proof(codeOf(joinSecret), next),
    code: '000000',
  })
  expect(wrongApp.text).toContain('<a href="#code">The code is not the one the new app shows now</a>')
  const changed = await here.submit(wrongApp, '/account/code-app', {
    ...proof(codeOf(joinSecret), next),
    code: codeOf(secret),
  })
  expect(changed.location).toBe('/account')
  pass(1)
  const old = { signInName: `idva.${member.personId}`, password: next, address: '192.0.2.8' }
  expect((await signIn(world.clinic, { ...old, code: codeOf(joinSecret) })).kind).toBe('refused')
  expect((await signIn(world.clinic, { ...old, code: codeOf(secret) })).kind).toBe('signed-in')

  const link = await linkAtMachine(world, member.personId)
  expect(await joinWith(world, link, { secondSecret: member.second })).toEqual({ kind: 'wrong' })
  expect((await joinWith(world, link, { secondSecret: words })).kind).toBe('joined')
})

test('what somebody signs in with never travels in a page, also when the form was stale', async () => {
  const member = await joined('idva')
  const here = await enter(member.personId, 'idva')
  const fields = { _csrf: 'stale', ...proof('123456', 'secret words of mine'), 'new-password': 'other words' }
  const stale = await here.post('/account/password', new URLSearchParams(fields))
  expect(stale.status).toBe(403)
  for (const typed of ['secret words of mine', 'other words', '123456'])
    expect(stale.text).not.toContain(typed)
})

test('a colleague of the same agency reads out words for somebody who lost theirs, and the page says who may', async () => {
  const member = await joined('idva')
  const link = await linkAtMachine(world, member.personId)
  const outsider = await as('cyber-adviser')
  expect((await outsider.get('/account/colleagues')).text).toContain('Nobody waits for your word')
  const colleague = await as('manager')
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
  expect(join.text).toContain('Your second secret')
  const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(join.text)?.[1] ?? '').replaceAll(' ', '')
  const typed = { 'joining-code': link.code.join(' '), password: joinPassword, code: codeOf(secret) }
  const without = await browser.submit(join, `/join/${link.token}`, typed)
  expect(without.text).toContain('<a href="#second-secret">Enter your second secret, or your colleague')
  const done = await browser.submit(join, `/join/${link.token}`, { ...typed, 'witness-words': words })
  expect(done.text).toContain('Write these words down')
})
