import { BlockReader, BlockWriter, BrokenBlock } from '../foundation/blocks/block-bytes.ts'
import type { LeafEntry } from '../foundation/blocks/leaf.ts'
import type { CaseId } from '../foundation/ids.ts'
import { findNameWords, findShortened } from './conflict.ts'

/** The two names of a file, as they are kept to be looked up. */
export type FileNames = { readonly caseId: CaseId; readonly client: string; readonly suspect: string }

/**
 * Under what names are kept: a word of theirs, all of their words in one, and the words of the clinic that are this with a
 * letter added or none. In the order of the keys the words come first.
 */
export const nameKeys = {
  word: (word: string): string => `1${word}`,
  together: (words: readonly string[]): string => `2${words.join('')}`,
  shortened: (shortened: string): string => `3${shortened}`,
} as const

/** What a key is of. */
export const isKeyOf = (kind: keyof typeof nameKeys, key: string): boolean =>
  key.startsWith({ word: '1', together: '2', shortened: '3' }[kind])

const idBytes = 16

function writeId(caseId: CaseId, out: BlockWriter): void {
  out.bytes(Buffer.from(caseId.replaceAll('-', ''), 'hex'))
}

function readId(bytes: Buffer): CaseId {
  const hex = bytes.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return parts.join('-') as CaseId
}

/** Everything under which the names of these files are looked up, in the order of the keys. */
export function listNameEntries(files: readonly FileNames[]): readonly LeafEntry[] {
  const outs = new Map<string, BlockWriter>()
  const outOf = (key: string): BlockWriter => {
    const known = outs.get(key)
    if (known) return known
    const out = new BlockWriter(64)
    outs.set(key, out)
    return out
  }
  const words = new Set<string>()
  for (const { caseId, client, suspect } of files)
    for (const own of [findNameWords(client), findNameWords(suspect)]) {
      if (own.length === 0) continue
      writeId(caseId, outOf(nameKeys.together(own)))
      for (const [index, word] of own.entries()) {
        words.add(word)
        const out = outOf(nameKeys.word(word))
        writeId(caseId, out)
        out.number(index)
        out.text(own.filter(each => each !== word).join(' '))
      }
    }
  for (const word of words)
    for (const shortened of new Set(findShortened(word))) outOf(nameKeys.shortened(shortened)).text(word)
  return [...outs]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, out]) => ({ key, value: out.take() }))
}

/** One name that holds a word. */
export type WordPlace = {
  /** The file, as it lies in the block. */
  readonly id: Buffer
  /** Where in the name the word stands, and the other words of it, between spaces. */
  readonly index: number
  readonly rest: string
}

/** The names that hold a word, of what is kept under it. Throws `BrokenBlock` where it is something else. */
export function* readWordPlaces({ value }: LeafEntry): Generator<WordPlace> {
  const reader = new BlockReader(value)
  while (reader.left > 0) yield { id: reader.bytes(idBytes), index: reader.number(), rest: reader.text() }
}

/** The whole name at such a place, its words in the order written. */
export function wordsAt({ key }: LeafEntry, { index, rest }: WordPlace): readonly string[] {
  const words = rest === '' ? [] : rest.split(' ')
  if (index > words.length) throw new BrokenBlock('a word stands nowhere in its name')
  return words.toSpliced(index, 0, key.slice(1))
}

/** The file of such a place. */
export const fileOf = ({ id }: Pick<WordPlace, 'id'>): CaseId => readId(id)

/** The files of which a name is this, written in one. */
export function readTogether({ value }: LeafEntry): readonly CaseId[] {
  const reader = new BlockReader(value)
  return Array.from({ length: Math.ceil(value.length / idBytes) }, () => readId(reader.bytes(idBytes)))
}

/** The words that have this in common. */
export function readWords({ value }: LeafEntry): readonly string[] {
  const reader = new BlockReader(value)
  const words: string[] = []
  while (reader.left > 0) words.push(reader.text())
  return words
}

/** Entries of one generation without the names of some files; a key under which nothing is left is left out. */
export function* leaveOutFiles(
  entries: Iterable<LeafEntry>,
  files: ReadonlySet<CaseId>,
): Generator<LeafEntry> {
  for (const entry of entries) {
    const value = isKeyOf('shortened', entry.key) ? entry.value : leaveOut(entry, files)
    if (value.length > 0) yield { key: entry.key, value }
  }
}

function leaveOut(entry: LeafEntry, files: ReadonlySet<CaseId>): Buffer {
  const out = new BlockWriter(entry.value.length)
  if (isKeyOf('together', entry.key)) {
    for (const caseId of readTogether(entry)) if (!files.has(caseId)) writeId(caseId, out)
    return out.take()
  }
  for (const { id, index, rest } of readWordPlaces(entry)) {
    if (files.has(readId(id))) continue
    out.bytes(id)
    out.number(index)
    out.text(rest)
  }
  return out.take()
}

/** Entries of several generations, which have no file in common, as those of one. */
export function* joinEntries(several: readonly Iterable<LeafEntry>[]): Generator<LeafEntry> {
  const streams = several.map(each => each[Symbol.iterator]())
  const heads = streams.map(stream => stream.next())
  for (;;) {
    let key: string | null = null
    for (const { done, value } of heads) if (!done && (key === null || value.key < key)) key = value.key
    if (key === null) return
    const same: LeafEntry[] = []
    for (const [index, head] of heads.entries())
      if (!head.done && head.value.key === key) {
        same.push(head.value)
        heads[index] = streams[index]?.next() ?? { done: true, value: undefined }
      }
    yield { key, value: joinValues(key, same) }
  }
}

function joinValues(key: string, same: readonly LeafEntry[]): Buffer {
  const [only] = same
  if (only && same.length === 1) return only.value
  if (!isKeyOf('shortened', key)) return Buffer.concat(same.map(each => each.value))
  return writeWords([...new Set(same.flatMap(readWords))])
}

function writeWords(words: readonly string[]): Buffer {
  const out = new BlockWriter(64)
  for (const word of words) out.text(word)
  return out.take()
}

/** The same entries without the words that no name holds any more. */
export function* leaveOutDeadWords(entries: Iterable<LeafEntry>): Generator<LeafEntry> {
  const alive = new Set<string>()
  for (const entry of entries) {
    if (isKeyOf('word', entry.key)) alive.add(entry.key.slice(1))
    if (!isKeyOf('shortened', entry.key)) {
      yield entry
      continue
    }
    const words = readWords(entry).filter(word => alive.has(word))
    if (words.length > 0) yield { key: entry.key, value: writeWords(words) }
  }
}
