import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import type { JobEnd } from '../../platform/jobs.ts'
import { saveRevision } from '../kept-store.ts'
import { readThrough } from '../record-store.ts'
import { chooseMerged } from '../records/choose-merged.ts'
import { type MergedGeneration, mergeGenerations } from '../records/merge-generations.ts'
import { type OpenGeneration, PageReader } from '../records/page-reader.ts'
import type { StoredRoot } from '../records/stored-root.ts'
import { clearUnnamed, holdRecords, onChronology, showGenerations } from './hold-records.ts'
import { fetchBlocks, openGenerations, openRecordRoot, readLeaves, readSegments } from './open-records.ts'
import { writeGeneration } from './write-generation.ts'

/**
 * Writes the smaller generations of a case together as one, where there are more than a look should have to open. Nothing
 * that anybody finds changes by it. Who reads meanwhile does not wait; a reading of a file waits, and this waits for one.
 * What was merged is shown by one transaction in place of what it was made of, after it was read through once.
 */
export async function mergeRecords(clinic: Clinic, caseId: CaseId): Promise<JobEnd> {
  try {
    return (await mergeHeld(clinic, caseId)) ? 'done' : 'rightly-nothing'
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'case-key-missing') return 'not-found'
    throw cause
  }
}

/** Answers whether there was anything to merge. */
async function mergeHeld(clinic: Clinic, caseId: CaseId): Promise<boolean> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-read-item' } as const
  let isMerged = false
  await holdRecords(clinic, actor, caseId, async holding => {
    const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
      onChronology(clinic, actor, caseId, work)
    try {
      const written = await onCase(transaction => writeMerged(transaction, caseId, holding))
      if (!written) return
      const { before, now } = written
      await onCase(transaction =>
        readThrough(
          transaction,
          caseId,
          now.generations.slice(-1).map(each => each.id),
        ),
      )
      await onCase(async transaction => {
        await showGenerations(transaction, caseId, before, now)
        await saveRevision(transaction, caseId, now.revision)
      })
      isMerged = true
    } finally {
      // What is not shown is cleared at once; where even that is not possible, the next who writes does it.
      if (!isMerged) await onCase(transaction => clearUnnamed(transaction, caseId)).catch(() => {})
    }
  })
  return isMerged
}

async function writeMerged(
  transaction: Transaction,
  caseId: CaseId,
  holding: () => Promise<void>,
): Promise<{ readonly before: StoredRoot; readonly now: StoredRoot } | null> {
  await clearUnnamed(transaction, caseId)
  const { root: before, firsts } = await openRecordRoot(transaction, caseId)
  const merged = chooseMerged(before.generations)
  if (merged.length === 0) return null
  const reader = new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
  const ids = merged.map(each => each.id)
  const opened = await openGenerations(transaction, caseId, reader, ids, firsts)
  const items = await reader.itemsOf(opened)
  const offsets = await reader.offsetsOf(opened)
  const sources = opened.map((generation, index) => ({
    records: generation.root.records,
    items: items[index] ?? [],
    offsets: offsets[index] ?? null,
    ...readMerged(transaction, caseId, generation, holding),
  }))
  const id = await writeGeneration(transaction, caseId, sink => mergeGenerations(sources, sink))
  const sum = (of: 'records' | 'characters'): number => merged.reduce((all, each) => all + each[of], 0)
  const made = { id, records: sum('records'), characters: sum('characters') }
  const kept = before.generations.filter(each => !merged.includes(each))
  return { before, now: { ...before, revision: before.revision + 1, generations: [...kept, made] } }
}

/** How often the case is said to be held still: a transaction in which nothing is asked for long is ended by the server. */
const holdEvery = 1000

function readMerged(
  transaction: Transaction,
  caseId: CaseId,
  generation: OpenGeneration,
  holding: () => Promise<void>,
): Pick<MergedGeneration, 'segments' | 'leaves' | 'readBlocks'> {
  const reader = () => new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
  async function* held<Read>(all: AsyncIterable<Read>): AsyncGenerator<Read> {
    let passed = 0
    for await (const each of all) {
      yield each
      passed += 1
      if (passed % holdEvery === 0) await holding()
    }
  }
  return {
    segments: held(readSegments(transaction, caseId, generation, () => true)),
    leaves: held(readLeaves(transaction, caseId, generation)),
    readBlocks: numbers =>
      reader().pages(
        generation,
        numbers.map(first => ({ first, blocks: 1 })),
      ),
  }
}
