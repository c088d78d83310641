import { expect, test } from 'vitest'
import { wholeAccount } from '../../test/support/made-items.ts'
import type { Account } from './importers/importer.ts'
import { sayAccount, sayAccountPlace, saySize } from './say-account.ts'

const account: Account = {
  ...wholeAccount,
  records: 215,
  quarantined: 1,
  byKind: { ...wholeAccount.byKind, message: 212, system: 3, quarantined: 1 },
}

test('the account says what was read, and always what was not', () => {
  expect(sayAccount(account)).toBe('212 messages, 3 system lines, 0 not understood, 1 set aside')
  expect(sayAccount({ ...account, byKind: { ...account.byKind, message: 1_204, system: 1 } })).toBe(
    '1,204 messages, 1 system line, 0 not understood, 1 set aside',
  )
})

test('a place is said as a person would look for it', () => {
  const place = { from: 10, to: 20, firstLine: 40, lastLine: 40, entry: null }
  expect(sayAccountPlace(place)).toBe('line 40')
  expect(sayAccountPlace({ ...place, lastLine: 42 })).toBe('lines 40 to 42')
  expect(sayAccountPlace({ ...place, entry: '_chat.txt' })).toBe('_chat.txt, line 40')
  expect(sayAccountPlace({ ...place, firstLine: null, lastLine: null, from: 0, to: 1200 })).toBe(
    'bytes 0 to 1,200',
  )
})

test('sizes are said in units people know', () => {
  expect([1, 999, 1000, 3_400, 999_999, 1_200_000_000].map(saySize)).toEqual([
    '1 byte',
    '999 bytes',
    '1 kB',
    '3.4 kB',
    '1 MB',
    '1.2 GB',
  ])
})
