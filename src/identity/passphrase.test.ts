import { expect, test } from 'vitest'
import { verifyPassphrase } from './passphrase.ts'

const harder = 'Choose a password that is harder to guess, such as four words that do not belong together'

function check(password: string, problem: string | null): void {
  expect(verifyPassphrase(password, 'amara@example.org'), password).toBe(problem)
}

test('four words that do not belong together are enough', () => {
  check('teapot gravel Tuesday owl', null)
  check('mfK8-plumbing-zebra', null)
  check('ночь фонарь улица', null)
})

test('a short password is told how long it must be', () => {
  check('', 'Enter a password')
  check('teapot owl', 'Password must be 12 characters or more')
  check('👩‍👩‍👧', 'Password must be 12 characters or more')
  check('teapot '.repeat(40), 'Password must be 200 characters or less')
})

test('what is guessed first is refused', () => {
  for (const password of [
    'password1234',
    'Password2026!',
    'P@ssw0rd1234',
    'letmein letmein',
    'qwertyuiop123',
    '123456789012',
    'abcdefghijklmn',
    'aaaaaaaaaaaaaa',
    'abcabcabcabc',
    '1z1z1z1z1z1z1z',
    'my password is',
    'WelcomeWelcome1',
    'Summer2026!!!',
  ]) {
    check(password, harder)
  }
})

test('a password is not the name somebody signs in with, however it is dressed up', () => {
  const own = 'Password must not be your sign-in name, with or without common words'
  for (const password of ['amara@example.org', 'Amara-2026-Amara!', 'password-amara1', 'amara.example.org'])
    check(password, own)
})

test('the list is compared with the whole password: a part of it that is common or a name is no fault', () => {
  check('I am amara today', null)
  check('password of the heron', null)
})
