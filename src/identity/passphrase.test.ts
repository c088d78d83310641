import { expect, test } from 'vitest'
import { isLeaked } from './leaked-passwords.ts'
import { verifyPassphrase } from './passphrase.ts'

const others = ['Amara Okafor', 'Protection Against Fiction', 'West Kent Clinic']
const harder = 'Choose a password that is harder to guess, such as four words that do not belong together'

function check(password: string, problem: string | null): void {
  expect(verifyPassphrase(password, { signInName: 'amara@example.org', others }), password).toBe(problem)
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

test('a password is held against those that were leaked: whole, between digits and signs, spelt with them, or two of them', () => {
  for (const password of [
    '1qaz2wsx3edc',
    'q1w2e3r4t5y6',
    'christopher2019!',
    'Ch3lseaChelsea',
    'sunflower12345',
    'basketballbasketball',
    'michaeljackson1',
    'alexander jordan',
  ])
    check(password, harder)
  for (const word of ['christopher', 'sunflower', 'basketball']) expect(isLeaked(word), word).toBe(true)
  check('sunflower gravel Tuesday owl', null)
})

test('of made-up passwords the list takes next to none for a leaked one', () => {
  const taken = Array.from({ length: 20_000 }, (_, seed) => `made up ${seed}`).filter(isLeaked)
  expect(taken.length).toBeLessThan(5)
})

test('the names around somebody are no password, whatever stands between and after them', () => {
  const names =
    'Password must not be made of your name, your agency’s or the clinic’s, with or without common words'
  for (const password of [
    'Okafor-2026-Okafor',
    'Protection!Fiction1',
    'West Kent Clinic 7',
    '0kaf0r 0kaf0r 99',
  ])
    check(password, names)
  check('Okafor gravel Tuesday owl', null)
})
