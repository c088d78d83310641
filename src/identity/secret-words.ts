import { neutralWords, readPhrase } from './case-phrase.ts'

/**
 * What is said in words, so that it can be read out and written down: the joining code that goes with a link, what
 * somebody keeps on paper for joining again, and what a colleague who is with them reads out in its place.
 */
export const secretWordKinds = ['joining-code', 'second-secret', 'witness'] as const
export type SecretWordKind = (typeof secretWordKinds)[number]

// Each word is worth 11 bits. A joining code and a colleague's words are of use with the link only, for days or minutes;
// the second secret is kept for years
const lengths: Readonly<Record<SecretWordKind, number>> = {
  'joining-code': 4,
  'second-secret': 6,
  witness: 4,
}

/** Makes the words of a kind from random bytes, of which it takes four a word. */
export function makeSecretWords(kind: SecretWordKind, random: Buffer): readonly string[] {
  return Array.from({ length: lengths[kind] }, (_, at) => {
    // 32 bits over some two thousand words: what one word is likelier than another by is beyond counting.
    return neutralWords[random.readUInt32BE(at * 4) % neutralWords.length] ?? ''
  })
}

/** What was typed for such words, however it was spaced and written. */
export function readSecretWords(typed: string): readonly string[] {
  return readPhrase(typed)
}
