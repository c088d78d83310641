/** A longer text is found by the words of its beginning. */
const mostCharacters = 150_000

/**
 * The words of a text as they are looked for: in lower case, without accents and without characters that cannot be
 * seen, each once, in the order written. The same for a text and for what is looked for in it.
 */
export function findWords(text: string): readonly string[] {
  const plain = text
    .slice(0, mostCharacters)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    // Lowering a letter may set a mark beside it ("İ").
    .replace(/\p{M}/gu, '')
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])]
}
