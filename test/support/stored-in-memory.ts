import { buildGeneration } from '../../src/evidence/records/build-generation.ts'
import { joinFetches } from '../../src/evidence/records/join-fetches.ts'
import { mergeGenerations } from '../../src/evidence/records/merge-generations.ts'
import { type OpenGeneration, PageReader } from '../../src/evidence/records/page-reader.ts'
import { RecordColumns } from '../../src/evidence/records/record-columns.ts'
import type { StoredRecord } from '../../src/evidence/records/stored-record.ts'
import type { BlockPlace } from '../../src/foundation/blocks/leaf-reader.ts'
import type { ItemId } from '../../src/foundation/ids.ts'
import type { Chance } from './chance.ts'

/** Generations that were built and opened without a database: their blocks lie in memory. */
export async function openInMemory(parts: readonly (readonly StoredRecord[])[]): Promise<{
  readonly reader: PageReader
  readonly generations: readonly OpenGeneration[]
  /** The same, of which nothing was fetched yet. */
  readonly again: () => ReturnType<typeof openInMemory>
  /** In how many steps blocks were fetched so far. */
  readonly steps: () => number
  /** The blocks that were fetched so far; or all there are. */
  readonly fetched: (which?: 'all') => readonly string[]
}> {
  const blocks = new Map<string, Buffer>()
  for (const [part, records] of parts.entries()) {
    const columns = new RecordColumns()
    for (const record of records) columns.add(record)
    await buildGeneration(columns, async (number, block) => {
      blocks.set(`${part} ${number}`, block)
    })
  }
  return open(
    blocks,
    parts.map((_, part) => String(part)),
  )
}

/** The same generations written together as one. */
export async function openMergedInMemory(
  parts: readonly (readonly StoredRecord[])[],
): ReturnType<typeof openInMemory> {
  const { reader, generations } = await openInMemory(parts)
  const items = await reader.itemsOf(generations)
  const offsets = await reader.offsetsOf(generations)
  const blocks = new Map<string, Buffer>()
  const sources = generations.map((generation, index) => ({
    records: generation.root.records,
    items: items[index] ?? [],
    offsets: offsets[index] ?? null,
    segments: (async function* () {
      for (const place of generation.root.segments)
        for (const places of await reader.segmentPlaces([{ generation, place }]))
          yield* await reader.segments(places.map(each => ({ generation, place: each })))
    })(),
    leaves: (async function* () {
      for (const directory of generation.root.leaves)
        yield* await reader.leaves(generation, await reader.leafPlaces(generation, directory))
    })(),
    readBlocks: (numbers: readonly number[]) =>
      reader.pages(
        generation,
        numbers.map(first => ({ first, blocks: 1 })),
      ),
  }))
  await mergeGenerations(sources, async (number, block) => {
    blocks.set(`merged ${number}`, block)
  })
  return open(blocks, ['merged'])
}

async function open(
  blocks: ReadonlyMap<string, Buffer>,
  ids: readonly string[],
): ReturnType<typeof openInMemory> {
  const fetched: string[] = []
  let steps = 0
  const reader = new PageReader(
    joinFetches(async (wanted: readonly BlockPlace[]) => {
      steps += 1
      return wanted.map(({ generation, number }) => {
        const block = blocks.get(`${generation} ${number}`)
        if (!block) throw new Error(`block ${number} of generation ${generation} is not there`)
        fetched.push(`${generation} ${number}`)
        return block
      })
    }),
  )
  const generations = await reader.open(
    ids.map(id => ({ id, block: blocks.get(`${id} 0`) ?? Buffer.alloc(0) })),
  )
  return {
    reader,
    generations,
    again: () => open(blocks, ids),
    steps: () => steps,
    fetched: which => (which === 'all' ? [...blocks.keys()] : fetched),
  }
}

const said =
  'where are you now answer me please the green umbrella stands by your door again tonight I saw the car outside of work and nobody picked up when they called so tell me what it was all about because this is the last time that we talk about money school the dog and her mother on Sunday'.split(
    ' ',
  )

/** A message of a chat as varied as a real one, one minute after the one before it. */
export function makeStored(chance: Chance, itemId: ItemId, ordinal: number): StoredRecord {
  const rare = chance.below(20) === 0 ? [`n${chance.below(100_000).toString(36)}`] : []
  const body = [...Array.from({ length: 1 + chance.below(16) }, () => chance.pick(said)), ...rare].join(' ')
  const local = Date.UTC(2024, 0, 1) + ordinal * 60_000 + chance.below(50) * 1000
  const [day, time] = [
    new Date(local).toISOString().slice(0, 10),
    new Date(local).toISOString().slice(11, 16),
  ]
  const sentAsWritten = `${day.split('-').reverse().join('/')}, ${time}`
  const sender = chance.below(3) === 0 ? 'Sam' : 'Alex Made-up'
  const from = ordinal * 80
  return {
    itemId,
    ordinal,
    local,
    sentAt: local,
    shape: {
      kind: 'message',
      zone: 'Europe/London',
      zoneHow: 'asked',
      precision: 'minute',
      marks: [],
      direction: 'unknown',
      whyNoInstant: null,
      writtenByApp: { answer: 'no', basis: 'author' },
      fact: null,
    },
    sender,
    body,
    raw: `${sentAsWritten} - ${sender}: ${body}`,
    sentAsWritten,
    place: { from, to: from + body.length + 30, firstLine: ordinal + 1, lastLine: ordinal + 1, entry: null },
    rest: {},
  }
}
