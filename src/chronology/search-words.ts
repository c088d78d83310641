import { findWords } from '../foundation/find-words.ts'

/** What somebody looks for: every one of these words, none of those, and some of them side by side. */
export type Search = {
  readonly all: readonly string[]
  readonly none: readonly string[]
  readonly phrases: readonly string[]
}

/** Reads what was typed: words, "words side by side", and -words that must not be there. */
export function readSearch(typed: string): Search {
  const all: string[] = []
  const none: string[] = []
  const phrases: string[] = []
  for (const [, unwanted, quoted, plain] of typed.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
    const words = findWords(quoted ?? plain ?? '')
    if (unwanted) none.push(...words)
    else all.push(...words)
    if (!unwanted && quoted !== undefined && words.length > 1) phrases.push(plainOf(quoted))
  }
  return { all: [...new Set(all)], none: [...new Set(none)], phrases }
}

/** Whether a text has the words of every phrase side by side. That it has the words themselves is known already. */
export function hasPhrases(search: Search, text: string): boolean {
  if (search.phrases.length === 0) return true
  const plain = ` ${plainOf(text)} `
  return search.phrases.every(phrase => plain.includes(` ${phrase} `))
}

/** A text as its words alone, with one blank between them. */
function plainOf(text: string): string {
  return text
    .split(/\s+/u)
    .flatMap(part => [...part.matchAll(/[\p{L}\p{N}\p{M}\p{Cf}]+/gu)].flatMap(([word]) => findWords(word)))
    .join(' ')
}
