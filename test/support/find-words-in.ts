const lettersOfKey = 4
const keys = 1 << 20

/**
 * Which of many words stand anywhere in a text, letter for letter. The text is gone through once, however many words
 * there are: by its next four letters each place is sent on to the few words that may begin there.
 *
 * @throws {Error} for a word of fewer than four letters, which would be missed.
 */
export function findWordsIn(text: string, words: Iterable<string>): ReadonlySet<string> {
  const byKey = new Map<number, string[]>()
  const mayBegin = new Uint8Array(keys)
  for (const word of new Set(words)) {
    if (word.length < lettersOfKey) throw new Error(`“${word}” is too short to be looked for`)
    const key = keyAt(word, 0)
    mayBegin[key] = 1
    byKey.set(key, [...(byKey.get(key) ?? []), word])
  }
  const found = new Set<string>()
  for (let at = 0; at + lettersOfKey <= text.length; at += 1) {
    const key = keyAt(text, at)
    if (mayBegin[key] === 0) continue
    for (const word of byKey.get(key) ?? []) if (text.startsWith(word, at)) found.add(word)
  }
  return found
}

function keyAt(text: string, at: number): number {
  let key = 0
  for (let next = at; next < at + lettersOfKey; next += 1) key = key * 31 + text.charCodeAt(next)
  return key & (keys - 1)
}
