import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { openValue } from '../../platform/seal-value.ts'
import { loadRecordBlocks, loadRecordRoots } from '../record-store.ts'
import { BrokenBlock } from '../records/block-bytes.ts'
import type { StoredGroups, StoredHours, StoredOverview } from '../records/count-case.ts'
import { entryKeys } from '../records/entry-keys.ts'
import {
  countStored,
  type FoundStretch,
  findByRef,
  findStretch,
  type StoredCount,
  type StoredStretch,
} from '../records/find-stored.ts'
import { type BlockPlace, type OpenGeneration, PageReader } from '../records/page-reader.ts'
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
  readonly loadGroups: () => Promise<StoredGroups>
  /** By month ("2026-03"), from the first to the last of these. */
  readonly loadHours: (from: string | null, until: string | null) => Promise<ReadonlyMap<string, StoredHours>>
}

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

async function openRecords(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly records: StoredRecords; readonly root: StoredRoot }> {
  const { root, firsts } = await openRecordRoot(transaction, caseId)
  const reader = new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
  const ids = root.generations.map(each => each.id)
  const overviewIds = root.overview === null ? [] : [root.overview]
  const opened = await openGenerations(transaction, caseId, reader, [...ids, ...overviewIds], firsts)
  const generations = opened.filter(({ id }) => id !== root.overview)
  const overview = opened.find(({ id }) => id === root.overview) ?? null
  const lookUp = async (keys: readonly string[], by: 'key' | 'beginning' = 'key') => {
    if (!overview || keys.length === 0) return []
    const [found = []] = await reader.lookUp([
      { generation: overview, lookups: keys.map(key => ({ by, key })) },
    ])
    return found.map(({ key, value }) => ({ key, value: JSON.parse(value.toString('utf8')) as unknown }))
  }
  const one = async <Value>(key: string, none: Value): Promise<Value> =>
    ((await lookUp([key]))[0]?.value as Value | undefined) ?? none
  const records: StoredRecords = {
    root,
    find: (query, stretch) => findStretch(reader, generations, query, stretch),
    count: (query, mostBlocks) => countStored(reader, generations, query, mostBlocks),
    findByRef: refs => findByRef(reader, generations, refs),
    findOriginals: async refs => {
      if (root.duplicates === 0) return new Map()
      const byKey = new Map(refs.map(ref => [entryKeys.sameAs(ref.itemId, ref.ordinal), nameOfRef(ref)]))
      const found = await lookUp([...byKey.keys()])
      return new Map(found.map(({ key, value }) => [byKey.get(key) ?? '', value as Ref]))
    },
    findCopies: async refs => {
      if (root.duplicates === 0) return []
      const found = await lookUp(refs.map(ref => entryKeys.toldAgain(ref.itemId, ref.ordinal)))
      return found.flatMap(({ value }) => value as Ref[])
    },
    loadOverview: () => one<StoredOverview>(entryKeys.counts, nothingCounted),
    loadGroups: () => one<StoredGroups>(entryKeys.groups, []),
    loadHours: async (from, until) => {
      const months = await lookUp([entryKeys.hours('')], 'beginning')
      const isWithin = (month: string): boolean =>
        (from === null || month >= from) && (until === null || month <= until)
      return new Map(
        months
          .map(({ key, value }) => [key.slice(1), value as StoredHours] as const)
          .filter(([month]) => isWithin(month)),
      )
    },
  }
  return { records, root }
}

const nothingCounted: StoredOverview = { all: { weeks: [], hours: [], undated: 0 }, senders: [] }
