import { expect, test } from 'vitest'
import { sha256 } from '../foundation/digest.ts'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { bindPhrase, drawPhrase, findHandle, neutralWords, phraseLength, readPhrase } from './case-phrase.ts'
import { phraseWords } from './phrase-words.ts'

test('S4 a phrase is seven of about two thousand words: 76 bits or more', () => {
  // BIP 39: the SHA-256 of its english.txt
  expect(sha256(`${phraseWords.join('\n')}\n`)).toBe(
    '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda',
  )
  expect(new Set(neutralWords).size).toBe(neutralWords.length)
  expect(phraseLength * Math.log2(neutralWords.length)).toBeGreaterThan(76)
  expect(drawPhrase(() => 0)).toEqual(Array(phraseLength).fill('abandon'))
})

test('S2 no word on a slip says what it is about', () => {
  for (const word of ['abuse', 'victim', 'police', 'crime', 'evidence'])
    expect(neutralWords).not.toContain(word)
})

test('S4 capitals, hyphens, commas, double spaces and pasted line ends are read the same', () => {
  const words = ['lemon', 'tunnel', 'ocean', 'paper', 'wolf', 'garden', 'violin']
  for (const typed of [
    'lemon tunnel ocean paper wolf garden violin',
    'Lemon Tunnel OCEAN paper wolf garden Violin.',
    'lemon-tunnel-ocean-paper-wolf-garden-violin',
    '  lemon  tunnel   ocean paper\twolf garden violin  ',
    'lemon, tunnel, ocean, paper, wolf, garden, violin',
    'lemon tunnel ocean\r\npaper wolf\ngarden violin\r\n',
    'lemon\u00a0tunnel – ocean — paper_wolf/garden.violin',
    'ｌｅｍｏｎ tunnel ocean paper wolf garden violin',
  ])
    expect(readPhrase(typed)).toEqual(words)
  expect(readPhrase('  ,,, ')).toEqual([])
})

test('S4 where to search depends on the first two words and the key alone, and a verifier belongs to one case', () => {
  const key = Buffer.alloc(32, 1)
  const handle = findHandle(key, ['lemon', 'tunnel', 'ocean'])
  expect(findHandle(key, ['lemon', 'tunnel', 'paper'])).toBe(handle)
  expect(findHandle(key, ['lemon', 'ocean', 'tunnel'])).not.toBe(handle)
  expect(findHandle(Buffer.alloc(32, 2), ['lemon', 'tunnel'])).not.toBe(handle)
  const clinic = 'c' as ClinicId
  expect(bindPhrase(clinic, 'one' as CaseId, ['lemon'])).not.toBe(
    bindPhrase(clinic, 'two' as CaseId, ['lemon']),
  )
})
