import { randomBytes } from 'node:crypto'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { askForJob } from '../../platform/jobs.ts'
import { readThrough } from '../record-store.ts'
import { buildGeneration } from '../records/build-generation.ts'
import { chooseMerged, mostWaiting } from '../records/choose-merged.ts'
import { chooseTakenIn, fillOf } from '../records/choose-taken-in.ts'
import { hashText, SoughtKeys } from '../records/compared-keys.ts'
import { comparedIn } from '../records/find-affected.ts'
import { ItemCount } from '../records/item-count.ts'
import { PageReader } from '../records/page-reader.ts'
import { RecordColumns } from '../records/record-columns.ts'
import type { Segment } from '../records/segment.ts'
import type { StoredRecord } from '../records/stored-record.ts'
import type { StoredRoot } from '../records/stored-root.ts'
import { clearUnnamed, holdRecords, onChronology, showGenerations } from './hold-records.ts'
import { fetchBlocks, openGenerations, openRecordRoot, readSegments } from './open-records.ts'
import { writeGeneration } from './write-generation.ts'
import { type ReadItem, writeOverview } from './write-overview.ts'

/** What is done to the records of one item. */
export type RecordWriting<Read> = {
  /**
   * Reads the item again: every record of it is added. `holding` keeps the case held where reading takes long. Nothing that
   * it writes is kept unless all of it is.
   */
  readonly read: (
    transaction: Transaction,
    add: (record: StoredRecord) => Promise<void>,
    holding: () => Promise<void>,
  ) => Promise<Read>
  /** Keeps what else belongs to the reading, in the transaction that shows the records, under their new revision. */
  readonly keep: (transaction: Transaction, read: Read, revision: number) => Promise<void>
}

/**
 * Puts the records of an item in place of what an earlier reading of it said. They are written as generations that nobody
 * sees yet, read through once, and shown all at once: with everything else that is kept of the reading, or not at all. What
 * a writer that was killed left behind is cleared by the next. One at a time writes to a case; nobody who reads waits.
 * Small generations are taken into the new one, so that there are never many.
 */
export async function writeRecords<Read>(
  clinic: Clinic,
  actor: Actor,
  caseId: CaseId,
  itemId: ItemId,
  writing: RecordWriting<Read>,
): Promise<void> {
  await holdRecords(clinic, actor, caseId, async holding => {
    const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
      onChronology(clinic, actor, caseId, work)
    let shown = false
    try {
      const written = await onCase(transaction =>
        writeGenerations(transaction, caseId, itemId, add => writing.read(transaction, add, holding)),
      )
      const { before, read, generations, made, item } = written
      const overview = await onCase(async transaction => {
        await readThrough(transaction, caseId, made)
        return writeOverview(transaction, caseId, before, generations, item, holding)
      })
      await onCase(async transaction => {
        await readThrough(
          transaction,
          caseId,
          overview.overviews.slice(-1).map(each => each.id),
        )
        await showGenerations(transaction, caseId, before, {
          revision: before.revision + 1,
          generations,
          ...overview,
        })
        await writing.keep(transaction, read, before.revision + 1)
        await askToMerge(clinic, transaction, caseId, generations)
      })
      shown = true
    } finally {
      // What is not shown is cleared at once; where even that is not possible, the next who writes does it.
      if (!shown) await onCase(transaction => clearUnnamed(transaction, caseId)).catch(() => {})
    }
  })
}

/** So long it is waited for further files before what there is is merged, in milliseconds: each that comes begins it again. */
const pauseBeforeMerging = 60_000

async function askToMerge(
  { clock }: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  generations: StoredRoot['generations'],
): Promise<void> {
  if (chooseMerged(generations).length === 0) return
  const wait = generations.length > mostWaiting ? 0 : pauseBeforeMerging
  const runAt = new Date(clock.now().getTime() + wait)
  await askForJob(transaction, 'merge-records', { caseId }, { key: `merge-records ${caseId}`, runAt })
}

type Written<Read> = {
  readonly before: StoredRoot
  readonly generations: StoredRoot['generations']
  /** Those of them that were written now. */
  readonly made: readonly string[]
  readonly read: Read
  readonly item: ReadItem
}

/** Writes the records of an item, and those of the generations that are taken in with them. */
async function writeGenerations<Read>(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  read: (add: (record: StoredRecord) => Promise<void>) => Promise<Read>,
): Promise<Written<Read>> {
  await clearUnnamed(transaction, caseId)
  const { root: before, firsts } = await openRecordRoot(transaction, caseId)
  const reader = new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
  const ids = before.generations.map(each => each.id)
  const opened = await openGenerations(transaction, caseId, reader, ids, firsts)
  const held = await reader.itemsOf(opened)
  const isAlone = held.flat().every(each => each === itemId)
  const gathered = gatherItem(itemId, isAlone)
  const made: StoredRoot['generations'] = []
  let columns = new RecordColumns()
  const flush = async (): Promise<void> => {
    if (columns.length === 0) return
    const full = columns
    columns = new RecordColumns()
    const id = await writeGeneration(transaction, caseId, sink => buildGeneration(full, sink))
    made.push({ id, records: full.length, characters: full.characters })
  }
  const add = async (record: StoredRecord): Promise<void> => {
    columns.add(record)
    if (fillOf({ records: columns.length, characters: columns.characters }) >= 1) await flush()
  }
  const answer = await read(async record => {
    gathered.see(record)
    await add(record)
  })
  const { length: records, characters } = columns
  const added = made.reduce(
    (sum, each) => ({ records: sum.records + each.records, characters: sum.characters + each.characters }),
    { records, characters },
  )
  const ofItem = new Set(ids.filter((_, index) => held[index]?.includes(itemId)))
  const taken = new Set(chooseTakenIn(before.generations, ofItem, added).map(each => each.id))
  for (const generation of opened) {
    if (!taken.has(generation.id)) continue
    for await (const segment of readSegments(transaction, caseId, generation, () => true))
      for (let at = 0; at < segment.count; at += 1)
        if (segment.itemIds[at] === itemId) gathered.seeGone(segment, at)
        else await add(segment.recordAt(at))
  }
  await flush()
  const kept = before.generations.filter(({ id }) => !taken.has(id))
  return {
    before,
    read: answer,
    generations: [...kept, ...made],
    made: made.map(each => each.id),
    item: gathered.close(),
  }
}

/** Counts the records of an item as they pass, and gathers by what they are compared with those of other items. */
function gatherItem(itemId: ItemId, isAlone: boolean) {
  const bytes = randomBytes(8)
  const seeds = [bytes.readUInt32LE(0) | 1, bytes.readUInt32LE(4) | 1] as const
  const count = new ItemCount(itemId)
  const keys = new SoughtKeys()
  return {
    see: ({ shape, sender, body, local, sentAt }: StoredRecord): void => {
      count.change(shape.kind, sender, local ?? Number.NaN, 1)
      if (isAlone || body === '' || local === null) return
      keys.add({ text: hashText(seeds, sender, body), local, instant: sentAt ?? Number.NaN })
    },
    seeGone: (segment: Segment, at: number): void => {
      const compared = isAlone ? null : comparedIn(segment, at, seeds)
      if (compared) keys.add(compared)
    },
    close: (): ReadItem => ({ itemId, count, sought: keys.close(), seeds }),
  }
}
