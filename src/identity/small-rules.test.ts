import { expect, test } from 'vitest'
import { coarseAddress, findDeviceKind } from './device.ts'
import { isFromThisMachine } from './from-this-machine.ts'
import { findGuessSubjects } from './guess-subject.ts'
import { decideInvitation } from './invitation.ts'
import { findNameTokens } from './name-tokens.ts'
import { findNavigation } from './navigation.ts'
import { isNeutralTitle } from './neutral-title.ts'
import { asksAgain } from './prove-again.ts'
import { findReturnPath } from './return-path.ts'
import { roles } from './role.ts'
import { hashOfToken, makeToken, tokenOfForm } from './secret-token.ts'
import { verifySignInName } from './sign-in-name.ts'
import { isStaffPath } from './staff-path.ts'

test('S2 a tab never tells: titles that name the subject, the police or the clinic are not neutral', () => {
  for (const title of [
    'Stalking help',
    'Report abuse',
    'Police',
    'The Cyber Clinic',
    'Your safety plan',
    'VICTIM support',
  ]) {
    expect(isNeutralTitle(title), title).toBe(false)
  }
  for (const title of ['Get in touch', 'Your answers', 'Error: Get in touch', 'Page not found']) {
    expect(isNeutralTitle(title), title).toBe(true)
  }
})

test('signing in leads on to a page of ours and nowhere else', () => {
  expect(findReturnPath('/cases/0198c0de-0000-7000-8000-000000000000/evidence')).toMatch(/^\/cases\//)
  for (const asked of [
    '',
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/a//b',
    '/cases?x=1',
    '/a\nb',
  ]) {
    expect(findReturnPath(asked), asked).toBe('/staff')
  }
})

test('what a client types is on no path of staff', () => {
  expect(['/refer', '/refer/sent/AB', '/', '/leave', '/sign-in', '/join/x'].filter(isStaffPath)).toEqual([])
  expect(
    ['/calls/new', '/cases/1/evidence', '/admin/people', '/triage'].filter(path => !isStaffPath(path)),
  ).toEqual([])
})

test('a link works once and for a week', () => {
  const expiresAt = new Date('2026-03-09T10:00:00Z')
  const before = new Date('2026-03-09T09:59:59Z')
  expect(decideInvitation({ usedAt: null, expiresAt }, before)).toEqual({ allowed: true })
  expect(decideInvitation({ usedAt: null, expiresAt }, expiresAt)).toMatchObject({ because: 'expired' })
  expect(decideInvitation({ usedAt: before, expiresAt }, before)).toMatchObject({ because: 'used' })
  expect(decideInvitation(null, before)).toMatchObject({ because: 'unknown' })
})

test('a token has 256 bits, is kept only as its hash, and no other text is one', () => {
  const token = makeToken()
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(hashOfToken(token)).toMatch(/^[0-9a-f]{64}$/)
  expect(hashOfToken(`${token}x`)).toBe(null)
  expect(hashOfToken('')).toBe(null)
  const key = Buffer.alloc(32, 7)
  expect(tokenOfForm(key, 'one')).toBe(tokenOfForm(key, 'one'))
  expect(tokenOfForm(key, 'one')).not.toBe(tokenOfForm(key, 'two'))
})

test('guesses are remembered under digests; one subscriber with many addresses is one', () => {
  const key = Buffer.alloc(32, 1)
  const from = (address: string) => findGuessSubjects(key, ' Amara ', address)
  expect(from('2001:db8:1:2::1').address).toBe(from('2001:db8:1:2:ffff:ffff:ffff:ffff').address)
  expect(from('2001:db8:1:2::1').address).not.toBe(from('2001:db8:1:3::1').address)
  expect(from('192.0.2.1').address).not.toBe(from('192.0.2.2').address)
  expect(from('192.0.2.1').name).toBe(findGuessSubjects(key, 'amara', '192.0.2.9').name)
  expect(JSON.stringify(from('192.0.2.1'))).not.toMatch(/amara|192/i)
})

test('only addresses of this machine are of this machine', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].every(isFromThisMachine)).toBe(true)
  expect(['10.0.0.1', '192.0.2.127', '127.0.0.1.evil', '::2', ''].some(isFromThisMachine)).toBe(false)
})

test('a sign-in name has one spelling', () => {
  expect(verifySignInName('Amara@Example.org')).toBe(null)
  expect(verifySignInName('')).toBe('Enter a sign-in name')
  expect(verifySignInName('ab')).toMatch(/between 3 and 200/)
  expect(verifySignInName('amara with space')).toMatch(/must only include/)
})

test('names are compared without accents, case or characters nobody sees', () => {
  expect(findNameTokens('Zoë  O’Neill-Ñandú\u200b')).toEqual(['zoe', 'o', 'neill', 'nandu'])
})

test('an administrator is led to the machine and never to a case, and a call handler to calls alone', () => {
  expect(findNavigation('administrator').length).toBeGreaterThan(1)
  expect(findNavigation('administrator').every(entry => entry.href.startsWith('/admin/'))).toBe(true)
  expect(findNavigation('call-handler').map(entry => entry.href)).toEqual(['/calls/new'])
  for (const role of roles)
    for (const entry of findNavigation(role)) expect(isStaffPath(entry.href)).toBe(true)
})

test('only a coarse word and the beginning of an address are kept of where somebody sits', () => {
  const kinds = {
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148': 'phone',
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/130 Mobile Safari/537.36': 'phone',
    'Mozilla/5.0 (Linux; Android 15; SM-X910) Chrome/130 Safari/537.36': 'tablet',
    'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)': 'tablet',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/131.0': 'computer',
    'Mozilla/5.0 (X11; Linux x86_64) Firefox/131.0': 'computer',
    'curl/8': 'unknown',
    '': 'unknown',
  }
  for (const [agent, kind] of Object.entries(kinds)) expect(findDeviceKind(agent), agent).toBe(kind)
  const places = {
    '203.0.113.77': '203.0.…',
    '::ffff:203.0.113.77': '203.0.…',
    '127.0.0.1': 'this machine',
    '::1': 'this machine',
    '192.168.7.9': 'an office network',
    '10.1.2.3': 'an office network',
    'fd00::1': 'an office network',
    '2001:db8:1:2::3': '2001:db8:…',
    '': 'not known',
  }
  for (const [address, place] of Object.entries(places)) expect(coarseAddress(address), address).toBe(place)
})

test('password and code are asked for again after five minutes, and never in a demo', () => {
  const provedAt = new Date('2026-03-02T10:00:00Z')
  const after = (seconds: number): Date => new Date(provedAt.getTime() + seconds * 1000)
  expect(asksAgain({ provedAt }, after(299), false)).toBe(false)
  expect(asksAgain({ provedAt }, after(300), false)).toBe(true)
  expect(asksAgain({ provedAt }, after(300_000), true)).toBe(false)
})
