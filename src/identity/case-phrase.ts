import { createHmac } from 'node:crypto'
import { type Sha256, sha256 } from '../foundation/digest.ts'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { isNeutralTitle } from './neutral-title.ts'
import { phraseWords } from './phrase-words.ts'

/** Lets a client in, or opens a page with nothing on it and tells the clinic. */
export type PhraseKind = 'open' | 'duress'

/** How many words a phrase has: each is worth 11 bits. */
export const phraseLength = 7

/** How many of them say where to search; the rest are for the verifier alone. */
const handleLength = 2

/** The words to draw from: a slip with them lies open on a table, so none may say what it is about (S2). */
export const neutralWords: readonly string[] = phraseWords.filter(isNeutralTitle)

/** Draws the words of a new phrase; `draw` returns a random whole number below its argument. */
export function drawPhrase(draw: (below: number) => number): readonly string[] {
  return Array.from({ length: phraseLength }, () => neutralWords[draw(neutralWords.length)] ?? '')
}

/**
 * A phrase however it was typed: capitals, accents of a keyboard, hyphens, commas, full stops, double spaces and
 * pasted line ends make no difference. Words are kept as they are, known or not.
 */
export function readPhrase(typed: string): readonly string[] {
  return (
    typed
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).slice(0, 20)
}

/**
 * Where the clinic searches for a phrase: a keyed digest of its first words, which names no case to anyone who lacks
 * the key.
 */
export function findHandle(key: Uint8Array, words: readonly string[]): Sha256 {
  const first = JSON.stringify(['case-phrase', ...words.slice(0, handleLength)])
  return sha256(createHmac('sha256', key).update(first).digest('hex'))
}

/** What is hashed for keeping: all the words, bound to the case, so that a verifier moved to another case is none. */
export function bindPhrase(clinicId: ClinicId, caseId: CaseId, words: readonly string[]): string {
  return JSON.stringify([clinicId, caseId, words.join(' ')])
}
