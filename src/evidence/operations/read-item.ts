import { accessCase, withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { unreachable } from '../../foundation/decision.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { carryCode } from '../../platform/fault-code.ts'
import type { JobEnd } from '../../platform/jobs.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { openSpool, type Spool } from '../../platform/spool.ts'
import { loadAsked, loadAskedCount } from '../asked-store.ts'
import { saveGiveaways } from '../giveaway-store.ts'
import { watchForGiveaways } from '../giveaways/watch-records.ts'
import type { Account, AccountPart, EvidenceSource } from '../importers/importer.ts'
import { listEntries } from '../importers/zip/list-entries.ts'
import type { Item } from '../item.ts'
import { loadKept, lockKept, saveKept } from '../kept-store.ts'
import { type BoundedStep, leaveOutRecord, type NumberedRecord, readBounded } from '../read-bounded.ts'
import { sayAsked } from '../read-part.ts'
import {
  type Derived,
  findReached,
  findRoom,
  type KeptBounds,
  nothingDerived,
  type ReachedBound,
  type ReadingBounds,
  sayReached,
  TooLong,
  usualBounds,
} from '../reading-bounds.ts'
import { addRecords, clearRecords } from '../record-store.ts'
import { findItem, loadArrivals, loadReading, saveReading } from '../store.ts'
import { appendCustody } from './append-custody.ts'
import { loadOwnDetails } from './load-own-details.ts'
import { openCaseKey, readStored } from './open-original.ts'

/**
 * One statement carries at most so many records, and ends with the record that brings it to so much text: more gains
 * nothing, and one file cannot fill the memory.
 */
const batchRecords = 1000
const batchText = 512 * 1024

/** How long a reading goes on after something else was asked for, in milliseconds. */
const patience = 1000

/** Thrown in a reading when something else was asked for since it began: it keeps nothing, and the next one reads. */
class Superseded extends Error {}

/**
 * Reads an item through its importer into the records of the case, in place of what an earlier reading said: the whole,
 * the part that a person asked for, or nothing where it was set aside. The records and the account of what became of
 * every byte are kept together or not at all. A reading that reaches a bound keeps one line that says so. An attempt
 * that fails is noted with the code of its fault and thrown on, so that the queue tries again and a person sees it.
 * Nothing takes an item or its reading away, so one that is not there is never rightly gone.
 */
export async function readItem(clinic: Clinic, caseId: CaseId, itemId: ItemId): Promise<JobEnd> {
  const actor: Actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-read-item' }
  const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withCase(clinic.database, actor, { caseId, part: 'evidence', mode: 'write' }, work)
  const start = await onCase(async transaction => {
    const item = await findItem(transaction, caseId, { itemId })
    const asking = await loadAsked(transaction, caseId, itemId, 'lock')
    if (!item || !asking) return null
    await saveReading(transaction, caseId, itemId, { state: 'reading' })
    const [first] = await loadArrivals(transaction, caseId, { itemId })
    const caseKey = await openCaseKey(clinic, transaction, caseId)
    return { item, caseKey, name: first?.originalName ?? '', asking }
  })
  if (!start) return 'not-found'
  const { item, caseKey, name } = start
  const work: Work = { clinic, caseId, item, name }
  let spool: Spool | null = null
  try {
    const laidAside =
      start.asking.asked.kind === 'nothing'
        ? null
        : await openSpool(clinic.spoolFolder, readStored(clinic, caseId, caseKey, item))
    spool = laidAside
    try {
      await onCase(transaction => readWhatIsAsked(transaction, work, laidAside))
    } catch (cause) {
      if (!(cause instanceof TooLong)) throw cause
      const words = sayReached(cause.reached)
      const entries = item.kind === 'archive' && laidAside ? await listed(name, laidAside) : []
      const part = { because: 'bound', words, left: null, entries } as const
      await onCase(transaction => keepOnly(transaction, work, part, start.asking.askedCount))
    }
  } catch (cause) {
    // Something else was asked for since, by a job of its own.
    if (cause instanceof Superseded) return 'rightly-nothing'
    const code = carryCode(cause)
    await onCase(async transaction => {
      const asking = await loadAsked(transaction, caseId, itemId, 'lock')
      // What was asked for since has a job of its own, and is not failed.
      if (asking?.askedCount === start.asking.askedCount)
        await saveReading(transaction, caseId, itemId, { state: 'failed', failure: code })
    })
    throw new Fault(code, 'An item could not be read.', { cause })
  } finally {
    await spool?.close()
  }
  return 'done'
}

type Work = {
  readonly clinic: Clinic
  readonly caseId: CaseId
  readonly item: Item
  readonly name: string
}

/** The bounds that hold at this clinic. */
const boundsOf = (clinic: Clinic): ReadingBounds => ({ ...usualBounds, ...clinic.mostRecords })

async function readWhatIsAsked(transaction: Transaction, work: Work, spool: Spool | null): Promise<void> {
  const { clinic, caseId, item } = work
  const { itemId } = item
  await lockReading(transaction, caseId, itemId)
  // Read once the lock is held: a second reading of the same item waits, and then reads with the newest wish.
  const asking = await loadAsked(transaction, caseId, itemId)
  const reading = await loadReading(transaction, caseId, itemId)
  if (!asking || (asking.asked.kind !== 'nothing' && !spool)) throw new Superseded()
  const stayed = watchAsked(transaction, caseId, itemId, asking.askedCount)
  const source = sourceOf(work, spool, stayed)
  const bounds = boundsOf(clinic)
  const size = spool?.size ?? item.size
  const before = await loadKept(transaction, caseId, itemId)
  const room = findRoom(bounds, size, before)
  await clearRecords(transaction, caseId, itemId)
  const steps = readBounded(source, reading?.answers ?? {}, asking.asked, room)
  const taken = await takeRecords(transaction, work, steps, stayed)
  const { asked } = asking
  const part = asked.kind === 'whole' ? null : sayAsked(asked)
  await finish(transaction, work, { taken, part, before }, stayed, now =>
    asked.kind === 'nothing' ? null : findReached(taken.derived, findRoom(bounds, size, now)),
  )
}

/** Keeps nothing of an item but the line that says why. */
async function keepOnly(
  transaction: Transaction,
  work: Work,
  part: AccountPart,
  askedCount: number,
): Promise<void> {
  const { caseId, item } = work
  await lockReading(transaction, caseId, item.itemId)
  const stayed = watchAsked(transaction, caseId, item.itemId, askedCount)
  const before = await loadKept(transaction, caseId, item.itemId)
  await clearRecords(transaction, caseId, item.itemId)
  const taken = await takeRecords(transaction, work, leaveOutRecord(item.size, part), stayed)
  await finish(transaction, work, { taken, part: null, before }, stayed, () => null)
}

/** So many entries of an archive that was too long are named, for a person to choose from. */
const entriesNamed = 100

function listed(name: string, spool: Spool): ReturnType<typeof listEntries> {
  const { size, openRange } = spool
  return listEntries({ name, size, open: () => openRange(0, size), openRange }, entriesNamed)
}

async function lockReading(transaction: Transaction, caseId: CaseId, itemId: ItemId): Promise<void> {
  // Records are lines of the chronology, so that part is opened too; what is not opened cannot be written.
  await accessCase(transaction, { caseId, part: 'chronology', mode: 'write' })
  await lockForTransaction(transaction, 'read-item', itemId)
}

/** Looks now and then whether something else was asked for; told to be sure, it holds the reading to the end. */
function watchAsked(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  askedCount: number,
): (sure?: boolean) => Promise<void> {
  let looked = Date.now()
  return async (sure = false) => {
    if (!sure && Date.now() - looked < patience) return
    looked = Date.now()
    const now = sure
      ? ((await loadAsked(transaction, caseId, itemId, 'lock'))?.askedCount ?? null)
      : await loadAskedCount(transaction, caseId, itemId)
    if (now !== askedCount) throw new Superseded()
  }
}

/** The bytes laid aside; the reader checks now and then whether to go on. */
function sourceOf({ name, item }: Work, spool: Spool | null, stayed: () => Promise<void>): EvidenceSource {
  const size = spool?.size ?? item.size
  const openRange = async function* (from: number, to: number): AsyncGenerator<Uint8Array> {
    if (!spool) return
    for await (const piece of spool.openRange(from, to)) {
      await stayed()
      yield piece
    }
  }
  return { name, size, open: () => openRange(0, size), openRange }
}

type Taken = {
  readonly derived: Derived
  readonly account: Account
  readonly format: string | null
  readonly dialect: string | null
}

/** Puts records into the case as they come, a batch at a time, and looks them through. */
async function takeRecords(
  transaction: Transaction,
  { clinic, caseId, item, name }: Work,
  steps: AsyncIterable<BoundedStep>,
  stayed: () => Promise<void>,
): Promise<Taken> {
  const { itemId } = item
  const seal = await caseSealOf(transaction, caseId)
  const own = await loadOwnDetails(clinic, transaction, caseId)
  const watch = watchForGiveaways(own.details)
  watch.seeName(name)
  let identified: { readonly format: string; readonly dialect: string } | null = null
  let account: Account | null = null
  let derived = nothingDerived
  let waiting: NumberedRecord[] = []
  let text = 0
  // While the server takes one batch in, the importer makes the next.
  let writing: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    await writing
    await stayed()
    writing = addRecords(transaction, caseId, itemId, waiting, seal)
    writing.catch(() => {}) // awaited before the next batch and at the end; until then it must not count as unhandled
    waiting = []
    // A long text takes many times its room while it is sent to the server: two are never sent at once.
    if (text >= batchText) await writing
    text = 0
  }
  try {
    for await (const step of steps) {
      switch (step.step) {
        case 'identified':
          identified = step
          break
        case 'record':
          waiting.push(step.numbered)
          text += step.numbered.size
          derived = { records: derived.records + 1, bytes: derived.bytes + step.numbered.size }
          watch.see(step.numbered.record)
          if (waiting.length === batchRecords || text >= batchText) await write()
          break
        case 'account':
          account = step.account
          watch.seeAccount(account)
          break
        default:
          unreachable(step)
      }
    }
    if (waiting.length > 0) await write()
  } finally {
    // A reading that stops in the middle leaves no statement behind that runs into the end of its transaction.
    await writing.catch(() => {})
  }
  await writing
  if (!account) throw new Fault('no-account', 'An importer ended without its account.')
  await saveGiveaways(transaction, caseId, itemId, { look: watch.close(), searchedFor: own.token }, seal)
  return { derived, account, format: identified?.format ?? null, dialect: identified?.dialect ?? null }
}

/**
 * Keeps the account, the line of custody, the act and the counts, with the records. The counts come last and are held
 * only for a moment: what others kept meanwhile is in them, and decides once more whether there is room.
 */
async function finish(
  transaction: Transaction,
  { clinic, caseId, item }: Work,
  {
    taken,
    part,
    before,
  }: { readonly taken: Taken; readonly part: string | null; readonly before: KeptBounds },
  stayed: (sure: boolean) => Promise<void>,
  findNow: (kept: KeptBounds) => ReachedBound | null,
): Promise<void> {
  const { itemId } = item
  const { derived, account, format, dialect } = taken
  await stayed(true)
  const { questions, records, unknown, quarantined } = account
  const state = questions.some(question => question.holdsUp !== false) ? 'asking' : 'done'
  const identified = format === null || dialect === null ? {} : { format, dialect }
  await saveReading(transaction, caseId, itemId, { state, ...identified, account, questions })
  const because = account.part?.because
  const isRead = because === undefined || because === 'asked'
  const counted = { records, unknown, quarantined }
  const detail = isRead
    ? { ...identified, ...counted, ...(part === null ? {} : { part }) }
    : { because: because ?? '' }
  await appendCustody(clinic, transaction, caseId, [
    { act: isRead ? 'read' : 'not-read', item, detail: { exhibit: item.exhibitRef, ...detail } },
  ])
  // What was read stands in the line of custody, which is sealed; an act is not.
  await recordAct(transaction, {
    verb: isRead ? 'evidence-read' : 'evidence-not-read',
    caseId,
    part: 'evidence',
    subject: itemId,
  })
  const now = await lockKept(transaction, caseId, before)
  const reached = findNow(now)
  if (reached) throw new TooLong(reached)
  await saveKept(transaction, caseId, itemId, now, derived)
}
