import { openCase, withCase } from '../../audit/operations/open-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import type { JobEnd } from '../../platform/jobs.ts'
import { openSpool, type Spool } from '../../platform/spool.ts'
import { saveGiveaways } from '../giveaway-store.ts'
import { watchForGiveaways } from '../giveaways/watch-records.ts'
import type { Account, EvidenceRecord } from '../importers/importer.ts'
import { readEvidence } from '../importers/read-evidence.ts'
import type { Item } from '../item.ts'
import { addRecords, clearRecords } from '../record-store.ts'
import { findItem, loadArrivals, loadReading, saveReading } from '../store.ts'
import { appendCustody } from './append-custody.ts'
import { loadOwnDetails } from './load-own-details.ts'
import { openCaseKey, openStored } from './open-original.ts'

/** One statement carries this many records: measured, more gains nothing and holds more memory. */
const batchSize = 2000

/**
 * Reads an item through its importer into the records of the case, in place of what an earlier reading said. The
 * records and the account of what became of every byte are kept together or not at all. An attempt that fails is
 * noted with the code of its fault and thrown on, so that the queue tries again and a person sees it in the end.
 * Nothing takes an item or its reading away, so one that is not there is never rightly gone.
 */
export async function readItem(clinic: Clinic, caseId: CaseId, itemId: ItemId): Promise<JobEnd> {
  const actor: Actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-read-item' }
  const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withCase(clinic.database, actor, { caseId, part: 'evidence', mode: 'write' }, work)
  const start = await onCase(async transaction => {
    const item = await findItem(transaction, caseId, { itemId })
    if (!item || !(await loadReading(transaction, caseId, itemId))) return null
    await saveReading(transaction, caseId, itemId, { state: 'reading' })
    const [first] = await loadArrivals(transaction, caseId, { itemId })
    const caseKey = await openCaseKey(clinic, transaction, caseId)
    return { item, caseKey, name: first?.originalName ?? '' }
  })
  if (!start) return 'not-found'
  const { item, caseKey, name } = start
  let spool: Spool | null = null
  try {
    const laidAside = await openSpool(clinic.spoolFolder, await openStored(clinic, caseId, caseKey, item))
    spool = laidAside
    await onCase(async transaction => {
      // Records are lines of the chronology, so that part is opened too; what is not opened cannot be written.
      await openCase(transaction, { caseId, part: 'chronology', mode: 'write' })
      await readInto(clinic, transaction, caseId, item, name, laidAside)
    })
  } catch (cause) {
    const code = codeOf(cause)
    await onCase(transaction => saveReading(transaction, caseId, itemId, { state: 'failed', failure: code }))
    throw new Fault(code, 'An item could not be read.', { cause })
  } finally {
    await spool?.close()
  }
  return 'done'
}

async function readInto(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  item: Item,
  name: string,
  spool: Spool,
): Promise<void> {
  const { itemId } = item
  // Held until the end: a second reading of the same item waits, and then reads with the newest answers.
  const reading = await loadReading(transaction, caseId, itemId, 'lock')
  await clearRecords(transaction, caseId, itemId)
  const seal = await caseSealOf(transaction, caseId)
  const own = await loadOwnDetails(clinic, transaction, caseId)
  const watch = watchForGiveaways(own.details)
  watch.seeName(name)
  const source = {
    name,
    size: spool.size,
    open: () => spool.openRange(0, spool.size),
    openRange: spool.openRange,
  }
  let format = ''
  let dialect = ''
  let account: Account | null = null
  let waiting: EvidenceRecord[] = []
  let written = 0
  // While the server takes one batch in, the importer makes the next.
  let writing: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    await writing
    writing = addRecords(transaction, caseId, itemId, written, waiting, seal)
    writing.catch(() => {}) // awaited before the next batch and at the end; until then it must not count as unhandled
    written += waiting.length
    waiting = []
  }
  for await (const step of readEvidence(source, reading?.answers ?? {})) {
    switch (step.step) {
      case 'identified':
        format = step.format
        dialect = step.dialect
        break
      case 'records':
        for (const record of step.records) {
          waiting.push(record)
          watch.see(record)
          if (waiting.length === batchSize) await write()
        }
        break
      case 'account':
        account = step.account
        watch.seeAccount(account)
        break
    }
  }
  if (waiting.length > 0) await write()
  await writing
  if (!account) throw new Fault('no-account', 'An importer ended without its account.')
  await saveGiveaways(transaction, caseId, itemId, { look: watch.close(), lookedFor: own.token }, seal)
  const { questions } = account
  const state = questions.some(question => question.holdsUp !== false) ? 'asking' : 'done'
  await saveReading(transaction, caseId, itemId, { state, format, dialect, account, questions })
  const { records, unknown, quarantined } = account
  await appendCustody(clinic, transaction, caseId, [
    {
      act: 'read',
      item,
      detail: { exhibit: item.exhibitRef, format, dialect, records, unknown, quarantined },
    },
  ])
  // What was read stands in the line of custody, which is sealed; an act is not.
  await recordAct(transaction, { verb: 'evidence-read', caseId, part: 'evidence', subject: itemId })
}

function codeOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && code !== '' ? code : 'unforeseen'
}
