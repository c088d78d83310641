import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BrokenBlock } from '../foundation/blocks/block-bytes.ts'
import type { LeafEntry } from '../foundation/blocks/leaf.ts'
import { type FetchBlocks, LeafReader } from '../foundation/blocks/leaf-reader.ts'
import { type CaseId, makeId } from '../foundation/ids.ts'
import { compareNames, makeNameSieve } from './conflict.ts'
import {
  buildNames,
  findLikeFiles,
  type NameGeneration,
  readFirstOfNames,
  readGenerationOfNames,
} from './find-kept-names.ts'
import {
  type FileNames,
  joinEntries,
  leaveOutDeadWords,
  leaveOutFiles,
  listNameEntries,
  readWords,
} from './name-entries.ts'

// Few letters, so that many words are one letter apart; initials, accents, hidden characters, a rare script, words beyond the
// forty letters that are compared, and names of many words.
const letter = fc.constantFrom(...'aabbcdé', '\u{10330}', '\u200b', '-')
const word = fc.oneof(
  { weight: 30, arbitrary: fc.string({ unit: letter, minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 39, maxLength: 43 }) },
)
const name = fc.oneof(
  { weight: 12, arbitrary: fc.array(word, { maxLength: 3 }).map(words => words.join(' ')) },
  { weight: 1, arbitrary: fc.array(word, { minLength: 4, maxLength: 15 }).map(words => words.join(' ')) },
)
const file = fc.tuple(name, name)

type Kept = { readonly generation: NameGeneration; readonly fetch: FetchBlocks }

async function keep(id: string, entries: Iterable<LeafEntry>): Promise<Kept> {
  const blocks = new Map<number, Buffer>()
  await buildNames(entries, async (number, block) => {
    blocks.set(number, block)
  })
  const generation = readFirstOfNames(id, blocks.get(0) ?? Buffer.alloc(0))
  const fetch: FetchBlocks = async wanted => wanted.map(({ number }) => blocks.get(number) ?? Buffer.alloc(0))
  return { generation, fetch }
}

const entriesOf = ({ generation, fetch }: Kept): Promise<Iterable<LeafEntry>> =>
  readGenerationOfNames(() => new LeafReader(fetch), generation)

async function find(kept: readonly Kept[], names: readonly string[]): Promise<ReadonlySet<CaseId>> {
  const fetches = new Map(kept.map(({ generation, fetch }) => [generation.id, fetch]))
  const reader = new LeafReader(async wanted => {
    const blocks: Buffer[] = []
    for (const place of wanted) blocks.push(...((await fetches.get(place.generation)?.([place])) ?? []))
    return blocks
  })
  return findLikeFiles(
    reader,
    kept.map(each => each.generation),
    names,
  )
}

let made = 0
const named = ([client, suspect]: readonly [string, string]): FileNames => ({
  caseId: makeId<CaseId>(new Date(Date.parse('2025-01-01T00:00:00Z') + made++), size => new Uint8Array(size)),
  client,
  suspect,
})

/** The files that the rule finds in a comparison with every name. */
const findByRule = (files: readonly FileNames[], names: readonly string[]): readonly CaseId[] => {
  const isNear = makeNameSieve(names)
  return files
    .filter(({ client, suspect }) =>
      [client, suspect].some(
        each => isNear(each) && names.some(sought => compareNames(sought, each) !== null),
      ),
    )
    .map(each => each.caseId)
}

test('the blocks lead to every file that a comparison with every name finds, however they were written', async () => {
  let many = 0
  let more = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { maxLength: 30 }),
      fc.array(file, { maxLength: 60 }),
      fc.array(file, { maxLength: 10 }),
      fc.array(file, { minLength: 1, maxLength: 6 }),
      fc.func(fc.integer({ min: 0, max: 4 })),
      async (one, two, three, asked, choose) => {
        const [first, second, third] = [one, two, three].map(files => files.map(named))
        if (!first || !second || !third) throw new Error('three were made')
        // Some of the first two are taken away while those are written into one, with the third.
        const isGone = (_: FileNames, index: number) => choose(index) === 0
        const gone = new Set([...first, ...second].filter(isGone).map(each => each.caseId))
        const older = await Promise.all([first, second].map(files => keep('older', listNameEntries(files))))
        const without = await Promise.all(older.map(async each => leaveOutFiles(await entriesOf(each), gone)))
        const joined = joinEntries([...without, listNameEntries(third)])
        const large = await keep('large', leaveOutDeadWords(joined))
        // And beside it, a generation that was not taken in.
        const fourth = asked.slice(0, 2).map(named)
        const kept = [large, await keep('small', listNameEntries(fourth))]
        const left = [...[...first, ...second].filter(each => !gone.has(each.caseId)), ...third, ...fourth]
        for (const names of asked) {
          const found = await find(kept, names)
          const right = findByRule(left, names)
          expect(right.filter(each => !found.has(each))).toEqual([])
          expect([...found].filter(each => gone.has(each))).toEqual([])
          many += right.length
          more += found.size - right.length
        }
      },
    ),
    { numRuns: 400, seed: 54 },
  )
  expect(many).toBeGreaterThan(1000)
  // It is asked again of each, so a few more do no harm; many would take time.
  expect(more).toBeLessThan(many / 20)
}, 60_000)

test('a name is found that is written in one, or in two, and shares nothing else', async () => {
  const [apart, together] = [named(['Abu Bakr', '']), named(['Annemarie Fenwick', ''])]
  const kept = [await keep('one', listNameEntries([apart, together]))]
  expect(await find(kept, ['Abubakr', ''])).toEqual(new Set([apart.caseId]))
  expect(await find(kept, ['Annemariefenwick'])).toEqual(new Set([together.caseId]))
})

test('a name that was taken away leaves no word of its own behind', async () => {
  const stays = named(['Marigold Fenwick', 'Osbert Crane'])
  const goes = named(['Marigold Heron', 'Osbert Quillfeather'])
  const kept = await keep('both', listNameEntries([stays, goes]))
  const left = [...leaveOutDeadWords(leaveOutFiles(await entriesOf(kept), new Set([goes.caseId])))]
  expect(left).toEqual(listNameEntries([stays]))
  const words = left.filter(({ key }) => key.startsWith('3')).flatMap(readWords)
  expect(new Set(words)).toEqual(new Set(['marigold', 'fenwick', 'osbert', 'crane']))
})

test('names in several generations are written into one as if they had come at once', async () => {
  const files = fc.sample(file, { numRuns: 90, seed: 5 }).map(named)
  const parts = await Promise.all(
    [0, 30, 60].map(from => keep(`${from}`, listNameEntries(files.slice(from, from + 30)))),
  )
  const sorted = ({ key, value }: LeafEntry) => [
    key,
    key.startsWith('3') ? readWords({ key, value }).toSorted() : value.toString('hex'),
  ]
  const joined = [...joinEntries(await Promise.all(parts.map(entriesOf)))]
  expect(joined.map(sorted)).toEqual(listNameEntries(files).map(sorted))
})

test('a block of something else is refused, and not misread', async () => {
  const kept = await keep('one', listNameEntries([named(['Marigold Fenwick', 'Osbert Crane'])]))
  const other: FetchBlocks = async wanted => wanted.map(() => Buffer.alloc(3971, 255))
  await expect(find([{ ...kept, fetch: other }], ['Osbert Crane', ''])).rejects.toThrow(BrokenBlock)
})
