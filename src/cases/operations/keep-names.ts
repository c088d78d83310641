import { randomUUID } from 'node:crypto'
import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import { LeafReader } from '../../foundation/blocks/leaf-reader.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import type { JobEnd } from '../../platform/jobs.ts'
import { writeBlocks } from '../../platform/write-blocks.ts'
import { buildNames, readGenerationOfNames } from '../find-kept-names.ts'
import {
  addNameBlocks,
  countKeptFiles,
  endNameChanges,
  forgetNames,
  keepNameGenerations,
  loadNameChanges,
  loadNameRoot,
  loadOwnNameBlocks,
  type NameChange,
  readNamesThrough,
  saveNameRoot,
  tryToHoldNames,
} from '../kept-name-store.ts'
import { joinEntries, leaveOutDeadWords, leaveOutFiles, listNameEntries } from '../name-entries.ts'
import { chooseNameGenerations, mostChanges, type NameRoot, noNames } from '../name-root.ts'
import {
  areBroken,
  NamesGone,
  openFirst,
  openingBlocks,
  openNameRoot,
  sealNameBlock,
  sealNameRoot,
} from './open-names.ts'

/** So many files are taken in at once: sorting the keys of their names holds up nobody. */
const filesAtOnce = 500

/** How long it is waited before it is asked again whether somebody else still takes in names, in milliseconds. */
const pause = 100

/**
 * Takes the names of files that are new, changed or without names by now into the blocks, so that few are left to be
 * compared one by one. A generation is written that nobody sees yet, read through once, and then named together with the end of
 * the changes in it; what a writer that was killed left behind is cleared by the next. One at a time writes for a clinic, and
 * nobody who compares waits. Where the blocks do not hold as many files as they should, or do not open, they are written again.
 *
 * @param again whether everything is to be forgotten first
 */
export async function keepNames(clinic: Clinic, again: boolean): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-keep-names' } as const
  const on: OnNames = work => clinic.database.transaction(actor, work)
  let end: JobEnd = 'rightly-nothing'
  await holdNames(clinic, actor, async holding => {
    if (again || !(await on(isWhole))) await on(beginAgain)
    for (;;) {
      const isDone = await keepSome(on).catch(async cause => {
        if (!areBroken(cause) && !(cause instanceof NamesGone)) throw cause
        await on(beginAgain)
        return false
      })
      if (isDone) return
      end = 'done'
      await holding()
    }
  })
  return end
}

type OnNames = <Answer>(work: (transaction: Transaction) => Promise<Answer>) => Promise<Answer>

/** Holds the names of a clinic while work is done in other transactions. Waiting takes no connection. */
async function holdNames(
  clinic: Clinic,
  actor: Actor,
  work: (holding: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const tryOnce = (): Promise<boolean> =>
    clinic.database.transaction(actor, async transaction => {
      if (!(await tryToHoldNames(transaction))) return false
      // A transaction in which nothing is asked for long is ended by the server.
      await work(() => tryToHoldNames(transaction))
      return true
    })
  while (!(await tryOnce())) await new Promise(resolve => setTimeout(resolve, pause))
}

/** Whether the root opens and names as many files as the referrals say are in the blocks. */
async function isWhole(transaction: Transaction): Promise<boolean> {
  const files = await countKeptFiles(transaction)
  try {
    const { generations } = openNameRoot(transaction, await loadNameRoot(transaction))
    return generations.reduce((sum, each) => sum + each.files, 0) === files
  } catch (cause) {
    if (areBroken(cause)) return false
    throw cause
  }
}

/** Everything is forgotten, and every file is to be taken in again. */
async function beginAgain(transaction: Transaction): Promise<void> {
  await forgetNames(transaction, sealNameRoot(transaction, { ...noNames, begun: randomUUID() }))
}

type Written = {
  readonly before: NameRoot
  readonly now: NameRoot
  readonly made: string | null
  readonly changes: readonly NameChange[]
}

/** Takes in some of what changed; true when so little is left that it is not worth it. */
async function keepSome(on: OnNames): Promise<boolean> {
  const written = await on(writeChanges)
  if (!written) return true
  const { before, now, made, changes } = written
  if (made) await on(transaction => readNamesThrough(transaction, made))
  await on(async transaction => {
    if (openNameRoot(transaction, await loadNameRoot(transaction)).revision !== before.revision)
      throw new NamesGone()
    await saveNameRoot(transaction, sealNameRoot(transaction, now))
    await endNameChanges(
      transaction,
      changes.map(each => ({ caseId: each.caseId, changeId: each.changeId, isKept: each.isNamed })),
    )
    await keepNameGenerations(
      transaction,
      now.generations.map(each => each.id),
    )
  })
  return false
}

async function writeChanges(transaction: Transaction): Promise<Written | null> {
  const before = openNameRoot(transaction, await loadNameRoot(transaction))
  // What a writer that was killed left behind.
  await keepNameGenerations(
    transaction,
    before.generations.map(each => each.id),
  )
  const changes = await loadNameChanges(transaction, filesAtOnce)
  const gone = new Set(changes.filter(each => each.wasKept).map(each => each.caseId))
  if (changes.length < mostChanges && gone.size === 0) return null
  const added = changes.filter(each => each.isNamed)
  const taken = chooseNameGenerations(before, added.length, gone.size > 0)
  const files = taken.reduce((sum, each) => sum + each.files, 0) - gone.size + added.length
  const kept = before.generations.filter(each => !taken.includes(each))
  const made =
    files > 0 ? await writeGeneration(transaction, await joinAll(transaction, taken, gone, added)) : null
  const generations = made ? [...kept, { id: made, files }] : kept
  return { before, now: { ...before, revision: before.revision + 1, generations }, made, changes }
}

/** What the taken generations hold without these files, and what is added. */
async function joinAll(
  transaction: Transaction,
  taken: NameRoot['generations'],
  gone: ReadonlySet<CaseId>,
  added: readonly NameChange[],
): Promise<Iterable<LeafEntry>> {
  const fetch = openingBlocks(transaction, wanted => loadOwnNameBlocks(transaction, wanted))
  const firsts = await fetch(taken.map(({ id }) => ({ generation: id, number: 0 })))
  const several: Iterable<LeafEntry>[] = []
  for (const [index, { id }] of taken.entries()) {
    const entries = await readGenerationOfNames(() => new LeafReader(fetch), openFirst(id, firsts[index]))
    several.push(gone.size > 0 ? leaveOutFiles(entries, gone) : entries)
  }
  const all = joinEntries([...several, listNameEntries(added)])
  return gone.size > 0 ? leaveOutDeadWords(all) : all
}

/** Writes one generation, sealed and filled up to its rounded length; answers its id. Nobody sees it until a root names it. */
async function writeGeneration(transaction: Transaction, entries: Iterable<LeafEntry>): Promise<string> {
  const id = randomUUID()
  await writeBlocks(
    {
      seal: (number, block) => sealNameBlock(transaction, id, number, block),
      add: (from, bodies) => addNameBlocks(transaction, id, from, bodies),
    },
    sink => buildNames(entries, sink),
  )
  return id
}
