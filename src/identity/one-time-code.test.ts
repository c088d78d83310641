import { expect, test } from 'vitest'
import { codeAppAddress, findCodeStep } from './one-time-code.ts'

// RFC 6238, appendix B (SHA-1): the secret "12345678901234567890" in base32, the last six of the eight digits
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const
const at = (seconds: number) => new Date(seconds * 1000)

test('the codes of RFC 6238 are known at their times', () => {
  for (const [seconds, code] of vectors) {
    expect(findCodeStep(secret, code, at(seconds), 0)).toBe(Math.floor(seconds / 30))
  }
})

test('a phone whose clock is half a minute off gets in, and a minute and a half off does not', () => {
  expect(findCodeStep(secret, '005924', at(1_234_567_890 + 30), 0)).toBe(41_152_263)
  expect(findCodeStep(secret, '005924', at(1_234_567_890 - 30), 0)).toBe(41_152_263)
  expect(findCodeStep(secret, '005924', at(1_234_567_890 + 90), 0)).toBe(null)
})

test('a code that was used is not taken again, nor one from before it', () => {
  expect(findCodeStep(secret, '005924', at(1_234_567_890), 41_152_263)).toBe(null)
  expect(findCodeStep(secret, '005924', at(1_234_567_890), 41_152_262)).toBe(41_152_263)
})

test('a code with the space the app shows in it is the same code', () => {
  expect(findCodeStep(secret, '005 924', at(1_234_567_890), 0)).toBe(41_152_263)
})

test('anything else is no code', () => {
  for (const typed of ['', '00592', '0059244', 'abcdef', '００５９２４']) {
    expect(findCodeStep(secret, typed, at(1_234_567_890), 0)).toBe(null)
  }
})

test('the picture names neither the clinic nor what it does', () => {
  expect(codeAppAddress(secret, 'amara')).not.toMatch(/unwatched|clinic|stalk/i)
})
