import { blocksOf, countBlocks, cutIntoBlocks, joinBlocks, packPage } from '../foundation/blocks/block.ts'
import { BrokenBlock } from '../foundation/blocks/block-bytes.ts'
import { type LeafEntry, readLeaf } from '../foundation/blocks/leaf.ts'
import { type LeafPlace, readLeafPlaces, writeLeafPlaces } from '../foundation/blocks/leaf-places.ts'
import type { LeafReader } from '../foundation/blocks/leaf-reader.ts'
import { type BlockSink, PageWriter, writeLeaves } from '../foundation/blocks/write-pages.ts'
import type { CaseId } from '../foundation/ids.ts'
import { compareNameWords, findNameWords, findShortened } from './conflict.ts'
import {
  fileOf,
  isKeyOf,
  nameKeys,
  readTogether,
  readWordPlaces,
  readWords,
  wordsAt,
} from './name-entries.ts'

/** A generation of names whose first block was read: where the directories of its leaves lie. */
export type NameGeneration = { readonly id: string; readonly directories: readonly LeafPlace[] }

/**
 * Writes names as a generation: leaves, their directories, and a first block that says where those lie. Answers how many
 * blocks there are. The first block has room for the directories of some millions of names; beyond them it throws.
 */
export async function buildNames(entries: Iterable<LeafEntry>, sink: BlockSink): Promise<number> {
  const pages = new PageWriter(sink)
  const first = packPage(writeLeafPlaces(await writeLeaves(entries, pages)))
  if (blocksOf(first) > 1) throw new RangeError('There are more names than one generation has room for.')
  for (const block of cutIntoBlocks(first)) await sink(0, block)
  return pages.next
}

/** What the first block of a generation says. Throws `BrokenBlock` where it is none. */
export function readFirstOfNames(id: string, block: Buffer): NameGeneration {
  if (countBlocks(block) !== 1) throw new BrokenBlock('a first block that is longer than one')
  return { id, directories: readLeafPlaces(joinBlocks([block])) }
}

/**
 * The files that hold a name like one of these, and perhaps some more: as names may have changed since they were kept, who
 * asks compares again. None that is like one of these is missing: two names that the rule brings together share a word, or
 * have a word each that are the same with a letter taken out, or are the same written in one.
 */
export async function findLikeFiles(
  reader: LeafReader,
  generations: readonly NameGeneration[],
  names: readonly string[],
): Promise<ReadonlySet<CaseId>> {
  const sought = names.map(findNameWords).filter(words => words.length > 0)
  const words = new Set(sought.flat())
  const shortened = new Set([...words].flatMap(findShortened))
  const leaves = generations.map(({ id, directories }) => ({ generation: id, leaves: directories }))
  const found = await reader.lookUpKeys(leaves, [
    ...[...words].map(nameKeys.word),
    ...sought.map(nameKeys.together),
    ...[...shortened].map(nameKeys.shortened),
  ])
  const near = new Set(found.filter(({ key }) => isKeyOf('shortened', key)).flatMap(readWords))
  const others = [...near].filter(word => !words.has(word)).map(nameKeys.word)
  const foundNear = others.length > 0 ? await reader.lookUpKeys(leaves, others) : []
  const files = new Set<CaseId>()
  for (const entry of [...found, ...foundNear]) {
    if (isKeyOf('together', entry.key)) for (const caseId of readTogether(entry)) files.add(caseId)
    if (isKeyOf('word', entry.key)) addLike(entry, sought, files)
  }
  return files
}

/** Adds the files in which the names that hold a word are like one of these. */
function addLike(entry: LeafEntry, sought: readonly (readonly string[])[], files: Set<CaseId>): void {
  // Of all who are called Mary many are called the same beside it.
  const known = new Map<string, boolean>()
  for (const place of readWordPlaces(entry)) {
    const name = `${place.index} ${place.rest}`
    let isLike = known.get(name)
    if (isLike === undefined) {
      const words = wordsAt(entry, place)
      isLike = sought.some(each => compareNameWords(each, words) !== null)
      known.set(name, isLike)
    }
    if (isLike) files.add(fileOf(place))
  }
}

/** Pages of leaves fetched at once. */
const leavesAtOnce = 256

/**
 * Everything in a generation, in the order of the keys. Its leaves are fetched here, and read one by one as they are gone
 * through.
 *
 * @param newReader a reader for each few pages, so that no more is held than the leaves themselves
 */
export async function readGenerationOfNames(
  newReader: () => LeafReader,
  { id, directories }: NameGeneration,
): Promise<Iterable<LeafEntry>> {
  const pages = await newReader().get(directories.map(place => ({ generation: id, place })))
  const places = pages.flatMap(readLeafPlaces)
  const leaves: Buffer[] = []
  for (let from = 0; from < places.length; from += leavesAtOnce)
    leaves.push(
      ...(await newReader().get(
        places.slice(from, from + leavesAtOnce).map(place => ({ generation: id, place })),
      )),
    )
  return (function* () {
    for (const leaf of leaves) yield* readLeaf(leaf)
  })()
}
