import { randomBytes, randomUUID } from 'node:crypto'
import { accessCase, withCase } from '../../audit/operations/access-case.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { sealValue } from '../../platform/seal-value.ts'
import {
  addRecordBlocks,
  endOnDisk,
  keepGenerations,
  loadArrivalOrder,
  lockRecordRoot,
  readThrough,
  saveRecordRoot,
  tryToHoldRecords,
} from '../record-store.ts'
import { blockBytes } from '../records/block.ts'
import {
  type BlockSink,
  buildEntries,
  buildGeneration,
  mostInGeneration,
} from '../records/build-generation.ts'
import { CaseCount } from '../records/count-case.ts'
import { entryKeys } from '../records/entry-keys.ts'
import { type OpenGeneration, PageReader } from '../records/page-reader.ts'
import { RecordColumns } from '../records/record-columns.ts'
import type { Segment } from '../records/segment.ts'
import type { StoredRecord } from '../records/stored-record.ts'
import {
  blockField,
  generationsOf,
  noRoot,
  rootPart,
  roundedBlocks,
  type StoredRoot,
} from '../records/stored-root.ts'
import { fetchBlocks, openGenerations, openRecordRoot, openRoot } from './open-records.ts'

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
      const { before, read, generations } = written
      const overview = await onCase(transaction => writeOverview(transaction, caseId, generations, holding))
      await onCase(async transaction => {
        await readThrough(transaction, caseId, [overview.id])
        await show(transaction, caseId, before, {
          revision: before.revision + 1,
          generations,
          overview: overview.id,
          duplicates: overview.duplicates,
        })
        await writing.keep(transaction, read, before.revision + 1)
      })
      shown = true
    } finally {
      // What is not shown is cleared at once; where even that is not possible, the next who writes does it.
      if (!shown) await onCase(transaction => clearUnnamed(transaction, caseId)).catch(() => {})
    }
  })
}

/** How long it is waited before it is asked again whether somebody else still writes, in milliseconds. */
const pause = 100

/** Holds the records of a case while work is done in other transactions. Waiting takes no connection. */
async function holdRecords(
  clinic: Clinic,
  actor: Actor,
  caseId: CaseId,
  work: (holding: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const tryOnce = (): Promise<boolean> =>
    clinic.database.transaction(actor, async transaction => {
      if (!(await tryToHoldRecords(transaction, caseId))) return false
      // A transaction in which nothing is asked for long is ended by the server.
      await work(async () => {
        await tryToHoldRecords(transaction, caseId)
      })
      return true
    })
  while (!(await tryOnce())) await new Promise(resolve => setTimeout(resolve, pause))
}

/** Records are lines of the chronology: both parts are opened, and what is not opened cannot be written. */
async function onChronology<Result>(
  clinic: Clinic,
  actor: Actor,
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const access = { caseId, part: 'evidence', mode: 'write' } as const
  const done = await withCase(clinic.database, actor, access, async transaction => {
    const isOpen = await accessCase(transaction, { caseId, part: 'chronology', mode: 'write' })
    return isOpen ? { result: await work(transaction) } : null
  })
  if (!done) throw new Fault('case-key-missing', 'The records of a case are not written without opening it.')
  return done.result
}

type Written<Read> = {
  readonly before: StoredRoot
  readonly generations: StoredRoot['generations']
  readonly read: Read
}

async function clearUnnamed(transaction: Transaction, caseId: CaseId): Promise<void> {
  const seal = await caseSealOf(transaction, caseId)
  const sealed = await lockRecordRoot(transaction, caseId)
  await keepGenerations(transaction, caseId, generationsOf(sealed ? openRoot(seal, sealed) : noRoot))
}

async function writeGenerations<Read>(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  read: (add: (record: StoredRecord) => Promise<void>) => Promise<Read>,
): Promise<Written<Read>> {
  await clearUnnamed(transaction, caseId)
  const seal = await caseSealOf(transaction, caseId)
  const { root: before, firsts } = await openRecordRoot(transaction, caseId)
  const made: StoredRoot['generations'] = []
  let columns = new RecordColumns()
  const flush = async (): Promise<void> => {
    if (columns.length === 0) return
    const full = columns
    columns = new RecordColumns()
    const id = await writeOne(transaction, caseId, seal, sink => buildGeneration(full, sink))
    made.push({ id, records: full.length })
  }
  const add = async (record: StoredRecord): Promise<void> => {
    columns.add(record)
    if (columns.length >= mostInGeneration.records || columns.characters >= mostInGeneration.characters)
      await flush()
  }
  const answer = await read(add)
  const ids = before.generations.map(each => each.id)
  const reader = new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
  const opened = await openGenerations(transaction, caseId, reader, ids, firsts)
  const holders = await findHolders(reader, opened, itemId)
  const left: OpenGeneration[] = []
  // The smallest first: what is not much larger than the new one is taken into it, so that sizes double and stay few.
  for (const generation of [...opened].sort((one, other) => one.root.records - other.root.records)) {
    const { records } = generation.root
    const isSmall =
      records <= Math.max(2 * columns.length, smallGeneration) &&
      records + columns.length <= mostInGeneration.records
    if (!isSmall && !holders.has(generation.id)) {
      left.push(generation)
      continue
    }
    for await (const segment of readSegments(transaction, caseId, generation))
      for (let at = 0; at < segment.count; at += 1)
        if (segment.itemIds[at] !== itemId) await add(segment.recordAt(at))
  }
  await flush()
  const kept = left.map(({ id, root }) => ({ id, records: root.records }))
  return { before, read: answer, generations: [...kept, ...made] }
}

/** What is no larger is always taken into a new generation. */
const smallGeneration = 4000

async function findHolders(
  reader: PageReader,
  generations: readonly OpenGeneration[],
  itemId: ItemId,
): Promise<ReadonlySet<string>> {
  const lookups = [{ by: 'key', key: entryKeys.item(itemId) }] as const
  const found = await reader.lookUp(generations.map(generation => ({ generation, lookups })))
  return new Set(generations.filter((_, index) => (found[index]?.length ?? 0) > 0).map(({ id }) => id))
}

/** Segments read at once. */
const segmentsAtOnce = 64

/** Every segment of a generation, in its order, a few at a time. */
async function* readSegments(
  transaction: Transaction,
  caseId: CaseId,
  generation: OpenGeneration,
): AsyncGenerator<Segment> {
  for (const page of generation.root.segments) {
    // A reader for each page of the directory, so that what was read is not kept.
    const reader = new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
    const [places = []] = await reader.segmentPlaces([{ generation, place: page }])
    for (let from = 0; from < places.length; from += segmentsAtOnce) {
      const some = places.slice(from, from + segmentsAtOnce).map(place => ({ generation, place }))
      yield* await new PageReader(wanted => fetchBlocks(transaction, caseId, wanted)).segments(some)
    }
  }
}

/** Blocks sent in one statement. */
const blocksAtOnce = 128

/** Writes one generation, sealed and filled up to its rounded length; answers its id. */
async function writeOne(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  build: (sink: BlockSink) => Promise<number>,
): Promise<string> {
  await endOnDisk(transaction)
  const id = randomUUID()
  let from = 1
  let waiting: Buffer[] = []
  const send = async (): Promise<void> => {
    if (waiting.length === 0) return
    const bodies = waiting
    waiting = []
    await addRecordBlocks(transaction, caseId, id, from, bodies)
    from += bodies.length
  }
  const put = async (body: Buffer): Promise<void> => {
    waiting.push(body)
    if (waiting.length >= blocksAtOnce) await send()
  }
  let first: Buffer | null = null
  const blocks = await build(async (number, block) => {
    const body = seal.sealBytes(blockField(id, number), block)
    if (number === 0) first = body
    else await put(body)
  })
  // What fills it up is as random as what is sealed, and begins as it does.
  for (let number = blocks; number < roundedBlocks(blocks); number += 1) {
    const body = randomBytes(blockBytes)
    body[0] = 1
    await put(body)
  }
  await send()
  if (!first) throw new Fault('records-not-opened', 'A generation was written without its first block.')
  await addRecordBlocks(transaction, caseId, id, 0, [first])
  return id
}

/** Compares and counts everything that the case will show, and writes it as a generation of its own. */
async function writeOverview(
  transaction: Transaction,
  caseId: CaseId,
  named: StoredRoot['generations'],
  holding: () => Promise<void>,
): Promise<{ readonly id: string; readonly duplicates: number }> {
  const seal = await caseSealOf(transaction, caseId)
  const seeds = randomBytes(8)
  const count = new CaseCount([seeds.readUInt32LE(0) | 1, seeds.readUInt32LE(4) | 1])
  const reader = new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
  const ids = named.map(each => each.id)
  await readThrough(transaction, caseId, ids)
  const firsts = await fetchFirsts(transaction, caseId, ids)
  for (const generation of await reader.open(firsts)) {
    for await (const segment of readSegments(transaction, caseId, generation)) count.add(segment)
    await holding()
  }
  const duplicates = count.findDuplicates(await loadArrivalOrder(transaction, caseId))
  const entries = count.entries(duplicates)
  const id = await writeOne(transaction, caseId, seal, sink => buildEntries(entries, sink))
  return { id, duplicates: duplicates.length }
}

async function fetchFirsts(transaction: Transaction, caseId: CaseId, ids: readonly string[]) {
  const blocks = await fetchBlocks(
    transaction,
    caseId,
    ids.map(generation => ({ generation, number: 0 })),
  )
  return ids.map((id, index) => ({ id, block: blocks[index] ?? Buffer.alloc(0) }))
}

/** Shows new generations in place of the old ones, where nobody else has changed what there is. */
async function show(
  transaction: Transaction,
  caseId: CaseId,
  before: StoredRoot,
  now: StoredRoot,
): Promise<void> {
  const seal = await caseSealOf(transaction, caseId)
  const sealed = await lockRecordRoot(transaction, caseId)
  if ((sealed ? openRoot(seal, sealed) : noRoot).revision !== before.revision)
    throw new Fault('records-put-back', 'The records of a case changed while they were held.')
  await saveRecordRoot(transaction, caseId, sealValue(seal, rootPart.field, now, rootPart.least))
  await keepGenerations(transaction, caseId, generationsOf(now))
}
