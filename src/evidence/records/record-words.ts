import { sha256 } from '../../foundation/digest.ts'
import { findWords } from '../../foundation/find-words.ts'
import type { StoredRecord } from './stored-record.ts'

/** A longer word is found by its beginning. */
const longestWord = 64

/** Scripts that are written without spaces between words: each character is looked up by itself. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const eachUnspaced = new RegExp(`${unspaced.source}|(?:(?!${unspaced.source}).)+`, 'gu')

/** The words of a text as the store keeps them and as they are looked for: each once. */
export function storedWords(text: string): readonly string[] {
  const words = findWords(text)
  if (!/[^\x00-\x7f]/.test(text) && text.length < longestWord) return words
  return [...new Set(words.flatMap(splitWord))]
}

/** One word as it is kept: cut where it is very long, and a character each where its script has no spaces. */
export function splitWord(word: string): readonly string[] {
  const parts = unspaced.test(word) ? (word.match(eachUnspaced) ?? []) : [word]
  return parts.map(part => (part.length > longestWord ? [...part].slice(0, longestWord).join('') : part))
}

/** All by which a record is found: the words of its sender, its text, its files, and whom it names beside. */
export function wordsOfRecord({
  sender,
  body,
  rest,
}: Pick<StoredRecord, 'sender' | 'body' | 'rest'>): readonly string[] {
  const files = (rest.attachments ?? []).map(each => each.name ?? '')
  const others = rest.parties ? [rest.parties.nameInPhone ?? '', ...rest.parties.to] : []
  return storedWords([sender, body, ...files, ...others].join(' '))
}

/** A sender as it is looked up: itself, or a digest of it where it is very long. */
export const keyOfSender = (sender: string): string =>
  sender.length <= 200 ? sender : `${sender.slice(0, 100)} ${sha256(sender)}`
