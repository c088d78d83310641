import { findWords, listWords } from '../../foundation/find-words.ts'
import { beginningOfStem, stemEnglish } from './english-stem.ts'
import { splitWord, storedWords } from './record-words.ts'

/** One word that is looked for: in any of its forms, as it is, or only how it begins. */
export type SearchTerm = { readonly by: 'forms' | 'as-it-is' | 'beginning'; readonly word: string }

/** What somebody looks for: every one of these, none of those, and some side by side. */
export type Search = {
  readonly all: readonly SearchTerm[]
  readonly none: readonly SearchTerm[]
  readonly phrases: readonly string[]
}

/** Reads what was typed: words, "words side by side", the beginning of a word*, and -words that must not be there. */
export function readSearch(typed: string): Search {
  const all: SearchTerm[] = []
  const none: SearchTerm[] = []
  const phrases: string[] = []
  for (const [, unwanted, quoted, plain] of typed
    .replace(/[“”„«»]/gu, '"')
    .matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
    const text = quoted ?? plain ?? ''
    const words = findWords(text).flatMap(splitWord)
    const isCut = quoted === undefined && /[\p{L}\p{N}\p{M}]\*$/u.test(text)
    const isOne = quoted === undefined && findWords(text).length === 1 && words.length === 1
    const terms = words.map((word, index): SearchTerm => {
      if (isCut && index === words.length - 1) return { by: 'beginning', word }
      return { by: isOne ? 'forms' : 'as-it-is', word }
    })
    ;(unwanted ? none : all).push(...terms)
    // What is written without spaces, and what stands in quotation marks, belongs side by side.
    const isTogether = quoted !== undefined || words.length > findWords(text).length
    if (!unwanted && isTogether && words.length > 1) phrases.push(wordsAlone(text))
  }
  return { all: distinct(all), none: distinct(none), phrases }
}

const distinct = (terms: readonly SearchTerm[]): readonly SearchTerm[] => [
  ...new Map(terms.map(term => [`${term.by} ${term.word}`, term])).values(),
]

/** What all words that a term stands for begin with. */
export function beginningOf(term: SearchTerm): string {
  return term.by === 'forms' ? beginningOfStem(stemEnglish(term.word)) : term.word
}

/** Whether a word is one that a term stands for. */
export function isMeant(term: SearchTerm, word: string): boolean {
  if (term.by === 'beginning') return word.startsWith(term.word)
  return word === term.word || (term.by === 'forms' && stemEnglish(word) === stemEnglish(term.word))
}

/** Whether a text has the words of every phrase side by side. That it has the words themselves is known already. */
export function hasPhrases(search: Search, text: string): boolean {
  if (search.phrases.length === 0) return true
  const plain = ` ${wordsAlone(text)} `
  return search.phrases.every(phrase => plain.includes(` ${phrase} `))
}

/** The longest word of a phrase that is looked for without taking a text apart: longer ones are cut where they are kept. */
const longestPlain = 60

/**
 * The same for many texts: where phrase and text are of plain letters, a text that cannot have the phrase is passed over
 * without being taken apart into its words.
 */
export function makePhraseCheck(search: Search): (text: string) => boolean {
  const patterns = search.phrases.flatMap(phrase => {
    const words = phrase.split(' ')
    const isPlain = words.every(word => /^[a-z0-9]+$/.test(word) && word.length < longestPlain)
    return isPlain ? [new RegExp(words.join('[^a-z0-9]+'))] : []
  })
  return text => {
    if (patterns.length > 0 && !/[^\x00-\x7f]/.test(text)) {
      const lowered = text.toLowerCase()
      if (!patterns.every(pattern => pattern.test(lowered))) return false
    }
    return hasPhrases(search, text)
  }
}

/** Whether a text passes a search, for texts that lie in no generation. A search for no word finds nothing. */
export function isFound(search: Search, text: string): boolean {
  const words = storedWords(text)
  const has = (term: SearchTerm): boolean => words.some(word => isMeant(term, word))
  return search.all.length > 0 && search.all.every(has) && !search.none.some(has) && hasPhrases(search, text)
}

/** A text as its words alone, with one blank between them. */
const wordsAlone = (text: string): string => listWords(text).flatMap(splitWord).join(' ')
