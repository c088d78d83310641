/** A longer text is found by the words of its beginning. */
const mostCharacters = 150_000

/**
 * The words of a text as they are looked for: in lower case, without accents and without characters that cannot be
 * seen, each once, in the order written. The same for a text and for what is looked for in it.
 */
export function findWords(text: string): readonly string[] {
  return [...new Set(listWords(text))]
}

/** The same, each as often as it was written. */
export function listWords(text: string): readonly string[] {
  const begin = text.slice(0, mostCharacters)
  // Most messages need nothing but to be lowered.
  if (!/[^\x00-\x7f]/.test(begin)) return begin.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const plain = begin
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    // Lowering a letter may set a mark beside it ("İ").
    .replace(/\p{M}/gu, '')
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}
