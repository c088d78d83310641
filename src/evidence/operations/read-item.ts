import { withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { unreachable } from '../../foundation/decision.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { carryCode } from '../../platform/fault-code.ts'
import type { JobEnd } from '../../platform/jobs.ts'
import { openSpool, type Spool } from '../../platform/spool.ts'
import { loadAsked, loadAskedCount } from '../asked-store.ts'
import { saveGiveaways } from '../giveaway-store.ts'
import { watchForGiveaways } from '../giveaways/watch-records.ts'
import type { Account, AccountPart, EvidenceSource } from '../importers/importer.ts'
import { listEntries } from '../importers/zip/list-entries.ts'
import type { Item } from '../item.ts'
import { loadKept, lockKept, saveKept } from '../kept-store.ts'
import { type BoundedStep, leaveOutRecord, readBounded } from '../read-bounded.ts'
import { sayAsked } from '../read-part.ts'
import { readTranscript } from '../read-transcript.ts'
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
import { followReading } from '../reading-progress.ts'
import { type StoredRecord, toStored } from '../records/stored-record.ts'
import { findItem, loadArrivals, loadReading, saveReading } from '../store.ts'
import { transcribedRecords } from '../transcript.ts'
import { loadTranscripts } from '../transcript-store.ts'
import { appendCustody } from './append-custody.ts'
import { loadOwnDetails } from './load-own-details.ts'
import { noteProgress } from './note-progress.ts'
import { openCaseKey, readStored } from './open-original.ts'
import { writeRecords } from './write-records.ts'

/** After so many records it is looked whether something else was asked for. */
const lookEvery = 1000

/** Of a shorter file, in bytes, nobody is told how far its reading has come: it ends before they look. */
const worthTelling = 1024 * 1024

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
  const actor = actorOf(clinic)
  const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withCase(clinic.database, actor, { caseId, part: 'evidence', mode: 'write' }, work)
  const start = await onCase(async transaction => {
    const item = await findItem(transaction, caseId, { itemId })
    const asking = await loadAsked(transaction, caseId, itemId, 'lock')
    if (!item || !asking) return null
    await saveReading(transaction, caseId, itemId, { state: 'reading' })
    const [first] = await loadArrivals(transaction, caseId, { itemId })
    const caseKey = await openCaseKey(clinic, transaction, caseId)
    const seal = await caseSealOf(transaction, caseId)
    return { item, caseKey, name: first?.originalName ?? '', asking, seal }
  })
  if (!start) return 'not-found'
  const { item, caseKey, name, seal } = start
  const notes = noteProgress(clinic, actor, { caseId, itemId, seal })
  const following = followReading(item.size, item.kind === 'archive')
  const tell = (): void => {
    if (item.size > worthTelling) notes.tell(following.progress)
  }
  const work: Work = { clinic, caseId, item, name, following, tell }
  let spool: Spool | null = null
  try {
    const laidAside =
      start.asking.asked.kind === 'nothing'
        ? null
        : await openSpool(clinic.spoolFolder, readStored(clinic, caseId, caseKey, item))
    spool = laidAside
    try {
      await readWhatIsAsked(work, laidAside)
    } catch (cause) {
      if (!(cause instanceof TooLong)) throw cause
      const words = sayReached(cause.reached)
      const entries = item.kind === 'archive' && laidAside ? await listed(name, laidAside) : []
      const part = { because: 'bound', words, left: null, entries } as const
      await keepOnly(work, part, start.asking.askedCount)
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
    await notes.end()
    await spool?.close()
  }
  return 'done'
}

type Work = {
  readonly clinic: Clinic
  readonly caseId: CaseId
  readonly item: Item
  readonly name: string
  readonly following: ReturnType<typeof followReading>
  /** Lets a person who waits see how far it is, now and then. */
  readonly tell: () => void
}

/** The bounds that hold at this clinic. */
const boundsOf = (clinic: Clinic): ReadingBounds => ({ ...usualBounds, ...clinic.mostRecords })

const actorOf = (clinic: Clinic): Actor => ({
  kind: 'task',
  clinicId: clinic.clinicId,
  task: 'job-read-item',
})

/** What a reading came to, and what was asked of it. */
type Reading = {
  readonly taken: Taken
  readonly part: string | null
  readonly before: KeptBounds
  readonly askedCount: number
  /** The first bound that has no room for it, by what others kept meanwhile. */
  readonly findNow: (kept: KeptBounds) => ReachedBound | null
}

async function readWhatIsAsked(work: Work, spool: Spool | null): Promise<void> {
  const { clinic, caseId, item } = work
  const { itemId } = item
  await writeRecords<Reading>(clinic, actorOf(clinic), caseId, itemId, {
    read: async (transaction, add, holding) => {
      // Read while nobody else writes: a second reading of the same item waits, and then reads with the newest wish.
      const asking = await loadAsked(transaction, caseId, itemId)
      const reading = await loadReading(transaction, caseId, itemId)
      if (!asking || (asking.asked.kind !== 'nothing' && !spool)) throw new Superseded()
      const { asked, askedCount } = asking
      const stayed = watchAsked(transaction, caseId, itemId, askedCount, holding)
      const source = sourceOf(work, spool, stayed)
      const bounds = boundsOf(clinic)
      const size = spool?.size ?? item.size
      const before = await loadKept(transaction, caseId, itemId)
      const answers = reading?.answers ?? {}
      const typed = asked.kind === 'nothing' ? null : (await loadTranscripts(transaction, caseId, itemId))[0]
      const records = typed ? transcribedRecords(typed, item.size, answers.zone ?? null) : []
      const steps = readTranscript(
        readBounded(source, answers, asked, findRoom(bounds, size, before)),
        records,
      )
      const taken = await takeRecords(transaction, work, steps, add, stayed)
      const findNow = (now: KeptBounds) =>
        asked.kind === 'nothing' ? null : findReached(taken.derived, findRoom(bounds, size, now))
      return { taken, part: asked.kind === 'whole' ? null : sayAsked(asked), before, askedCount, findNow }
    },
    keep: (transaction, reading, revision) => finish(transaction, work, reading, revision),
  })
}

/** Keeps nothing of an item but the line that says why. */
async function keepOnly(work: Work, part: AccountPart, askedCount: number): Promise<void> {
  const { clinic, caseId, item } = work
  await writeRecords<Reading>(clinic, actorOf(clinic), caseId, item.itemId, {
    read: async (transaction, add, holding) => {
      const stayed = watchAsked(transaction, caseId, item.itemId, askedCount, holding)
      const before = await loadKept(transaction, caseId, item.itemId)
      const taken = await takeRecords(transaction, work, leaveOutRecord(item.size, part), add, stayed)
      return { taken, part: null, before, askedCount, findNow: () => null }
    },
    keep: (transaction, reading, revision) => finish(transaction, work, reading, revision),
  })
}

/** So many entries of an archive that was too long are named, for a person to choose from. */
const entriesNamed = 100

function listed(name: string, spool: Spool): ReturnType<typeof listEntries> {
  const { size, openRange } = spool
  return listEntries({ name, size, open: () => openRange(0, size), openRange }, entriesNamed)
}

/** Looks now and then whether something else was asked for. */
function watchAsked(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  askedCount: number,
  holding: () => Promise<void>,
): () => Promise<void> {
  let looked = Date.now()
  return async () => {
    if (Date.now() - looked < patience) return
    looked = Date.now()
    await holding()
    if ((await loadAskedCount(transaction, caseId, itemId)) !== askedCount) throw new Superseded()
  }
}

/** The bytes laid aside; the reader checks now and then whether to go on. */
function sourceOf(work: Work, spool: Spool | null, stayed: () => Promise<void>): EvidenceSource {
  const { name, item, following, tell } = work
  const size = spool?.size ?? item.size
  const openRange = async function* (from: number, to: number): AsyncGenerator<Uint8Array> {
    if (!spool) return
    let at = from
    for await (const piece of spool.openRange(from, to)) {
      await stayed()
      at += piece.length
      following.reach(at)
      tell()
      yield piece
    }
  }
  return { name, size, open: () => openRange(0, size), openRange }
}

type Taken = {
  readonly derived: Derived
  readonly giveaways: Parameters<typeof saveGiveaways>[3]
  readonly account: Account
  readonly format: string | null
  readonly dialect: string | null
}

/** Puts records into the case as they come, and looks them through. */
async function takeRecords(
  transaction: Transaction,
  { clinic, caseId, item, name, following }: Work,
  steps: AsyncIterable<BoundedStep>,
  add: (record: StoredRecord) => Promise<void>,
  stayed: () => Promise<void>,
): Promise<Taken> {
  const { itemId } = item
  const own = await loadOwnDetails(clinic, transaction, caseId)
  const watch = watchForGiveaways(own.details)
  watch.seeName(name)
  let identified: { readonly format: string; readonly dialect: string } | null = null
  let account: Account | null = null
  let derived = nothingDerived
  for await (const step of steps) {
    switch (step.step) {
      case 'identified':
        identified = step
        break
      case 'record': {
        const { record, ordinal, size } = step.numbered
        derived = { records: derived.records + 1, bytes: derived.bytes + size }
        watch.see(record)
        following.count()
        await add(toStored(record, itemId, ordinal))
        if (derived.records % lookEvery === 0) await stayed()
        break
      }
      case 'account':
        account = step.account
        watch.seeAccount(account)
        break
      default:
        unreachable(step)
    }
  }
  if (!account) throw new Fault('no-account', 'An importer ended without its account.')
  return {
    derived,
    account,
    giveaways: { look: watch.close(), searchedFor: own.token },
    format: identified?.format ?? null,
    dialect: identified?.dialect ?? null,
  }
}

/**
 * Keeps the account, the line of custody, the act and the counts, with the records. The counts come last and are held
 * only for a moment: what others kept meanwhile is in them, and decides once more whether there is room.
 */
async function finish(
  transaction: Transaction,
  { clinic, caseId, item }: Work,
  { taken, part, before, askedCount, findNow }: Reading,
  revision: number,
): Promise<void> {
  const { itemId } = item
  const { derived, account, format, dialect } = taken
  // Held from here to the end: what is asked for later is read by the job that was asked for with it.
  const asking = await loadAsked(transaction, caseId, itemId, 'lock')
  if (asking?.askedCount !== askedCount) throw new Superseded()
  const { questions, records, unknown, quarantined } = account
  const state = questions.some(question => question.holdsUp !== false) ? 'asking' : 'done'
  const identified = format === null || dialect === null ? {} : { format, dialect }
  const seal = await caseSealOf(transaction, caseId)
  await saveGiveaways(transaction, caseId, itemId, taken.giveaways, seal)
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
  await saveKept(transaction, caseId, itemId, now, derived, revision)
}
