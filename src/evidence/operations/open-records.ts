import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { BrokenBlock } from '../../foundation/blocks/block-bytes.ts'
import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import type { BlockPlace, Lookup } from '../../foundation/blocks/leaf-reader.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { openValue } from '../../platform/seal-value.ts'
import { loadRecordBlocks, loadRecordRoots } from '../record-store.ts'
import { isNothing } from '../records/change-overview.ts'
import type { SegmentPlace } from '../records/directory.ts'
import { entryKeys, readItemOf, readMonth } from '../records/entry-keys.ts'
import {
  countStored,
  type FoundStretch,
  findByRef,
  findStretch,
  type StoredCount,
  type StoredStretch,
} from '../records/find-stored.ts'
import type { StoredGroups, StoredHours, StoredOverview } from '../records/item-count.ts'
import { joinFetches } from '../records/join-fetches.ts'
import { type OpenGeneration, PageReader } from '../records/page-reader.ts'
import type { Segment } from '../records/segment.ts'
import type { StoredQuery } from '../records/stored-query.ts'
import type { StoredRecord } from '../records/stored-record.ts'
import { blockField, noRoot, rootPart, type StoredRoot, storedRootContent } from '../records/stored-root.ts'
import { derivedContent, derivedOfCasePart } from '../sealed-item.ts'

type Ref = Pick<StoredRecord, 'itemId' | 'ordinal'>

/** The records of a case, as they were when they were opened. */
export type StoredRecords = {
  readonly root: StoredRoot
  /** One stretch of the timeline. */
  readonly find: (query: StoredQuery, stretch: StoredStretch) => Promise<FoundStretch>
  readonly count: (query: StoredQuery, mostBlocks: number) => Promise<StoredCount>
  readonly findByRef: (refs: readonly Ref[]) => Promise<readonly StoredRecord[]>
  /** What each of these tells again, where it does, by its item and number. */
  readonly findOriginals: (refs: readonly Ref[]) => Promise<ReadonlyMap<string, Ref>>
  /** What tells each of these again. */
  readonly findCopies: (refs: readonly Ref[]) => Promise<readonly Ref[]>
  readonly loadOverview: () => Promise<StoredOverview>
  /** By item. */
  readonly loadGroups: () => Promise<ReadonlyMap<ItemId, StoredGroups>>
  /** By item and month ("2026-03"), from the first to the last of these. */
  readonly loadHours: (from: string | null, until: string | null) => Promise<readonly HoursOfMonth[]>
}

/** What was counted by the hour of one item in one month ("2026-03"). */
export type HoursOfMonth = { readonly itemId: ItemId; readonly month: string; readonly counts: StoredHours }

/** A reference as one text. */
export const nameOfRef = ({ itemId, ordinal }: Ref): string => `${itemId} ${ordinal}`

/** Thrown where a block is not there: somebody replaced its generation after it was opened, or took it away. */
class GenerationGone extends Error {}

/** Nobody replaces generations as fast as this: then blocks were taken away. */
const mostTries = 5

/**
 * Does work on the records of a case that is open in this transaction; in one that is not there are none. Where they are
 * replaced in the middle of it, it is done again on what there is now. Throws `records-not-opened` where a block was
 * altered, moved or taken away, and `records-put-back` where an older root was put in place of the newest.
 */
export async function withRecords<Answer>(
  transaction: Transaction,
  caseId: CaseId,
  work: (records: StoredRecords) => Promise<Answer>,
): Promise<Answer> {
  let revision = -1
  for (let tries = 0; ; tries += 1) {
    try {
      const { records, root } = await openRecords(transaction, caseId)
      if (root.revision === revision || tries >= mostTries) throw notOpened(null)
      revision = root.revision
      return await work(records)
    } catch (cause) {
      if (cause instanceof BrokenBlock) throw notOpened(cause)
      if (!(cause instanceof GenerationGone)) throw cause
    }
  }
}

const notOpened = (cause: unknown): Fault =>
  new Fault('records-not-opened', 'A block of records is not there, was altered, or belongs elsewhere.', {
    cause,
  })

/** The root of the records of a case, checked against what else the case says. */
export async function openRecordRoot(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly root: StoredRoot; readonly firsts: ReadonlyMap<string, Buffer> }> {
  const seal = await caseSealOf(transaction, caseId)
  const { root, derived, firsts } = await loadRecordRoots(transaction, caseId)
  if (!root) return { root: noRoot, firsts }
  const opened = openRoot(seal, root)
  const counted = derived
    ? derivedContent.parse(openValue(seal, derivedOfCasePart.field, derived)).revision
    : opened.revision
  if (counted !== undefined && counted !== opened.revision)
    throw new Fault('records-put-back', 'The records of a case are older than what was counted of them.')
  return { root: opened, firsts }
}

export function openRoot(seal: CaseSeal, sealed: Buffer): StoredRoot {
  return storedRootContent.parse(openValue(seal, rootPart.field, sealed))
}

/** Fetches blocks and opens them. */
export async function fetchBlocks(
  transaction: Transaction,
  caseId: CaseId,
  wanted: readonly BlockPlace[],
): Promise<readonly Buffer[]> {
  const seal = await caseSealOf(transaction, caseId)
  const found = await loadRecordBlocks(transaction, caseId, wanted)
  return wanted.map(({ generation, number }) => {
    const sealed = found.get(`${generation} ${number}`)
    if (!sealed) throw new GenerationGone()
    return openBlock(seal, generation, number, sealed)
  })
}

function openBlock(seal: CaseSeal, generation: string, number: number, sealed: Buffer): Buffer {
  try {
    return seal.openBytes(blockField(generation, number), sealed)
  } catch (cause) {
    throw notOpened(cause)
  }
}

/** Opens generations of which the first blocks are there. */
export async function openGenerations(
  transaction: Transaction,
  caseId: CaseId,
  reader: PageReader,
  ids: readonly string[],
  firsts: ReadonlyMap<string, Buffer>,
): Promise<readonly OpenGeneration[]> {
  const seal = await caseSealOf(transaction, caseId)
  return reader.open(
    ids.map(id => {
      const sealed = firsts.get(id)
      if (!sealed) throw new GenerationGone()
      return { id, block: openBlock(seal, id, 0, sealed) }
    }),
  )
}

/** Opens generations of which nothing was read yet. */
export async function openNewGenerations(
  transaction: Transaction,
  caseId: CaseId,
  reader: PageReader,
  ids: readonly string[],
): Promise<readonly OpenGeneration[]> {
  if (ids.length === 0) return []
  const blocks = await fetchBlocks(
    transaction,
    caseId,
    ids.map(generation => ({ generation, number: 0 })),
  )
  return reader.open(ids.map((id, index) => ({ id, block: blocks[index] ?? Buffer.alloc(0) })))
}

/** Segments read at once. */
const segmentsAtOnce = 64

/** The segments of a generation that are wanted by their keys, in its order, a few at a time. */
export async function* readSegments(
  transaction: Transaction,
  caseId: CaseId,
  generation: OpenGeneration,
  isWanted: (place: Pick<SegmentPlace, 'firstKey' | 'lastKey'>) => boolean,
): AsyncGenerator<Segment> {
  for (const page of generation.root.segments.filter(isWanted)) {
    // A reader for each page of the directory, so that what was read is not kept.
    const reader = new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
    const [listed = []] = await reader.segmentPlaces([{ generation, place: page }])
    const places = listed.filter(isWanted)
    for (let from = 0; from < places.length; from += segmentsAtOnce) {
      const some = places.slice(from, from + segmentsAtOnce).map(place => ({ generation, place }))
      yield* await new PageReader(wanted => fetchBlocks(transaction, caseId, wanted)).segments(some)
    }
  }
}

/** Leaves read at once. */
const leavesAtOnce = 32

/** All entries of a generation in the order of their keys, leaf after leaf. */
export async function* readLeaves(
  transaction: Transaction,
  caseId: CaseId,
  generation: OpenGeneration,
): AsyncGenerator<readonly LeafEntry[]> {
  // A reader for each few pages, so that what was read is not kept.
  const newReader = () => new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
  for (const directory of generation.root.leaves) {
    const places = await newReader().leafPlaces(generation, directory)
    for (let from = 0; from < places.length; from += leavesAtOnce)
      yield* await newReader().leaves(generation, places.slice(from, from + leavesAtOnce))
  }
}

async function openRecords(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly records: StoredRecords; readonly root: StoredRoot }> {
  const { root, firsts } = await openRecordRoot(transaction, caseId)
  const reader = new PageReader(joinFetches(wanted => fetchBlocks(transaction, caseId, wanted)))
  const ids = root.generations.map(each => each.id)
  const overviewIds = root.overviews.map(each => each.id)
  const opened = await openGenerations(transaction, caseId, reader, [...ids, ...overviewIds], firsts)
  const generations = opened.slice(0, ids.length)
  const lookUp = (lookups: readonly Lookup[]) => findKept(reader, opened.slice(ids.length), lookups)
  const byKey = (keys: readonly string[]) => lookUp(keys.map(key => ({ by: 'key', key })))
  const records: StoredRecords = {
    root,
    find: (query, stretch) => findStretch(reader, generations, query, stretch),
    count: (query, mostBlocks) => countStored(reader, generations, query, mostBlocks),
    findByRef: refs => findByRef(reader, generations, refs),
    findOriginals: async refs => {
      if (root.duplicates === 0) return new Map()
      const names = new Map(refs.map(ref => [entryKeys.sameAs(ref.itemId, ref.ordinal), nameOfRef(ref)]))
      const found = await byKey([...names.keys()])
      return new Map([...found].map(([key, value]) => [names.get(key) ?? '', value as Ref]))
    },
    findCopies: async refs => {
      if (root.duplicates === 0) return []
      const found = await byKey(refs.map(ref => entryKeys.toldAgain(ref.itemId, ref.ordinal)))
      return [...found.values()].flatMap(value => value as Ref[])
    },
    loadOverview: async () => {
      const found = await byKey([entryKeys.counts])
      return (found.get(entryKeys.counts) as StoredOverview | undefined) ?? nothingCounted
    },
    loadGroups: async () => {
      const found = await lookUp([{ by: 'beginning', key: entryKeys.groups('') }])
      return new Map([...found].map(([key, value]) => [readItemOf(key), value as StoredGroups]))
    },
    loadHours: async (from, until) => {
      const found = await lookUp([{ by: 'beginning', key: entryKeys.hours('', '') }])
      const isWithin = ({ month }: HoursOfMonth): boolean =>
        (from === null || month >= from) && (until === null || month <= until)
      return [...found]
        .map(([key, value]) => ({
          itemId: readItemOf(key),
          month: readMonth(key),
          counts: value as StoredHours,
        }))
        .filter(isWithin)
    },
  }
  return { records, root }
}

/** What overviews say, the oldest of them first: of each key what the newest says, and nothing of what it took away. */
export async function findKept(
  reader: PageReader,
  overviews: readonly OpenGeneration[],
  lookups: readonly Lookup[],
): Promise<ReadonlyMap<string, unknown>> {
  if (overviews.length === 0 || lookups.length === 0) return new Map()
  const found = await reader.lookUp(overviews.map(generation => ({ generation, lookups })))
  const newest = new Map(found.flat().map(({ key, value }) => [key, value]))
  return new Map(
    [...newest].flatMap(([key, value]) =>
      isNothing(value) ? [] : [[key, JSON.parse(value.toString('utf8')) as unknown] as const],
    ),
  )
}

const nothingCounted: StoredOverview = { all: { weeks: [], hours: [], undated: 0 }, senders: [] }
