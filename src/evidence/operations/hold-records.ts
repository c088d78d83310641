import { accessCase, withCase } from '../../audit/operations/access-case.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor, Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { sealValue } from '../../platform/seal-value.ts'
import { keepGenerations, lockRecordRoot, saveRecordRoot, tryToHoldRecords } from '../record-store.ts'
import { generationsOf, noRoot, rootPart, type StoredRoot } from '../records/stored-root.ts'
import { openRoot } from './open-records.ts'

/** How long it is waited before it is asked again whether somebody else still writes, in milliseconds. */
const pause = 100

/** Holds the records of a case while work is done in other transactions. Waiting takes no connection. */
export async function holdRecords(
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
export async function onChronology<Result>(
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

/** Takes away what is named nowhere: what a writer left that was killed. */
export async function clearUnnamed(transaction: Transaction, caseId: CaseId): Promise<void> {
  const seal = await caseSealOf(transaction, caseId)
  const sealed = await lockRecordRoot(transaction, caseId)
  await keepGenerations(transaction, caseId, generationsOf(sealed ? openRoot(seal, sealed) : noRoot))
}

/** Shows new generations in place of the old ones, where nobody else has changed what there is. */
export async function showGenerations(
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
