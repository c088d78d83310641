import { LeafReader } from '../../foundation/blocks/leaf-reader.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { askForJob } from '../../platform/jobs.ts'
import { makeNameSieve, type NameCandidate } from '../conflict.ts'
import { findLikeFiles } from '../find-kept-names.ts'
import type { FileNames } from '../name-entries.ts'
import { mostChanges } from '../name-root.ts'
import {
  loadNameBlocks,
  loadNameRoots,
  loadNamesOf,
  loadNamesToCompare,
  type NameRoots,
} from '../name-store.ts'
import { areBroken, NamesGone, openFirst, openingBlocks, openNameRoot } from './open-names.ts'

/** How many files are opened at a time: the program does other work in between. */
const atOnce = 1000

/** Nobody replaces generations as fast as this: then blocks were taken away. */
const mostTries = 5

/**
 * Everybody whose name may be like one of these: from other files that were opened by somebody, and all of staff. The blocks
 * of names lead to the files; their names are opened and compared as they are now, so what the blocks say of a name that
 * was changed or taken away counts for nothing. A file that is not in them yet is compared by itself, and where they do not open every
 * file is. Only a coordinator who may see this referral before it is a case learns of other files.
 */
export async function findNameCandidates(
  transaction: Transaction,
  caseId: CaseId,
  names: readonly string[],
): Promise<readonly NameCandidate[]> {
  const isNear = makeNameSieve(names)
  const { changed, kept, staff } = await loadNear(transaction, caseId, names, isNear)
  // A file that is in both is as it is now in both.
  const files = new Map([...kept, ...changed].map(file => [file.caseId, file]))
  const found = [...files.values()]
    .sort((one, other) => (one.caseId < other.caseId ? -1 : 1))
    .flatMap(file =>
      (['client', 'suspect'] as const).map(
        (kind): NameCandidate => ({ kind, caseId: file.caseId, personId: null, name: file[kind] }),
      ),
    )
  return [...found.filter(each => isNear(each.name)), ...staff]
}

type Near = {
  /** Of the files that the blocks do not hold as they are now, those that are near. */
  readonly changed: readonly FileNames[]
  /** Those to which the blocks lead, as they are now; every file that is near where the blocks do not open. */
  readonly kept: readonly FileNames[]
  readonly staff: readonly NameCandidate[]
}

/**
 * The files that may be like these. Where generations are replaced in the middle of it, all of it is done again: what is taken into
 * the blocks is found in them, and what was forgotten is among the changed again.
 */
async function loadNear(
  transaction: Transaction,
  caseId: CaseId,
  names: readonly string[],
  isNear: (name: string) => boolean,
): Promise<Near> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      const { changed, staff, roots } = await loadRoots(transaction, caseId, isNear)
      return { changed, staff, kept: await loadLike(transaction, caseId, names, roots) }
    } catch (cause) {
      if (areBroken(cause)) break
      if (!(cause instanceof NamesGone)) throw cause
    }
  }
  await askForNames(transaction, 'yes')
  const { staff } = await loadNameRoots(transaction, caseId, null, 0)
  return { changed: [], staff, kept: await loadEvery(transaction, caseId, isNear) }
}

type Roots = Pick<Near, 'changed' | 'staff'> & { readonly roots: NameRoots }

/**
 * What is read first, with those of the changed files that are near. The root is that of the last step: what is taken in between
 * two steps is found in one or the other. Where many wait, the work that takes them in is asked for.
 */
async function loadRoots(
  transaction: Transaction,
  caseId: CaseId,
  isNear: (name: string) => boolean,
): Promise<Roots> {
  let roots = await loadNameRoots(transaction, caseId, null, atOnce)
  const { staff } = roots
  const { begun } = openNameRoot(transaction, roots.root)
  const changed: FileNames[] = []
  const add = (files: readonly FileNames[]): void => {
    changed.push(...files.filter(file => isNear(file.client) || isNear(file.suspect)))
  }
  add(roots.changed)
  if (roots.changed.length >= mostChanges) await askForNames(transaction, 'no')
  for (let last = roots.changed.at(-1); last && roots.changed.length >= atOnce; last = roots.changed.at(-1)) {
    roots = await loadNameRoots(transaction, caseId, last.caseId, atOnce)
    add(roots.changed)
  }
  // What was forgotten between two steps went back to files that were passed already.
  if (openNameRoot(transaction, roots.root).begun !== begun) throw new NamesGone()
  return { changed, staff, roots }
}

/** Asks that changed names are taken into the blocks soon, or that all of them are written again. */
export const askForNames = (transaction: Transaction, again: 'yes' | 'no'): Promise<void> =>
  askForJob(transaction, 'keep-names', { again }, { key: `keep-names ${again}` })

/** The files to which the blocks lead, as they are now. */
async function loadLike(
  transaction: Transaction,
  caseId: CaseId,
  names: readonly string[],
  { root, firsts }: NameRoots,
): Promise<readonly FileNames[]> {
  const { generations } = openNameRoot(transaction, root)
  if (generations.length === 0) return []
  const openFirsts = openingBlocks(
    transaction,
    async () => new Map([...firsts].map(([id, body]) => [`${id} 0`, body])),
  )
  const opened = await openFirsts(generations.map(({ id }) => ({ generation: id, number: 0 })))
  const reader = new LeafReader(
    openingBlocks(transaction, wanted => loadNameBlocks(transaction, caseId, wanted)),
  )
  const like = await findLikeFiles(
    reader,
    generations.map(({ id }, index) => openFirst(id, opened[index])),
    names,
  )
  const cases = [...like]
  const files: FileNames[] = []
  for (let from = 0; from < cases.length; from += atOnce)
    files.push(...(await loadNamesOf(transaction, caseId, cases.slice(from, from + atOnce))))
  return files
}

async function loadEvery(
  transaction: Transaction,
  caseId: CaseId,
  isNear: (name: string) => boolean,
): Promise<readonly FileNames[]> {
  const near: FileNames[] = []
  let after: CaseId | null = null
  for (;;) {
    const files: readonly FileNames[] = await loadNamesToCompare(transaction, caseId, after, atOnce)
    near.push(...files.filter(file => isNear(file.client) || isNear(file.suspect)))
    if (files.length < atOnce) return near
    after = files.at(-1)?.caseId ?? null
  }
}
