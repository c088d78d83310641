/**
 * The words of a person's name as the conflict check compares them: lower case, without accents and without
 * characters that cannot be seen, in the order written.
 */
export function findNameTokens(name: string): readonly string[] {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])]
}
