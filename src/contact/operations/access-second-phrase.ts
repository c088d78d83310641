import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import {
  type CaseId,
  type DiaryEntryId,
  makeId,
  type PersonId,
  type PhraseAccessId,
  type PhraseUseId,
} from '../../foundation/ids.ts'
import { listPhraseAccesses, settleDuressPhrase } from '../../identity/operations/phrase-state.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'

/**
 * Closes these uses of a second phrase with what was done about them, in this transaction, and never without a note. A
 * use that somebody else closed meanwhile stays as it is. A use that came meanwhile stays open. All stay open while
 * something was written in such a visit that was not read yet. The case is open for writing its contact.
 *
 * @param access.lastNote the last note of such a visit that the person closing them has read; null for none
 */
export async function accessSecondPhrase(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  access: {
    readonly useIds: readonly PhraseUseId[]
    readonly lastNote: DiaryEntryId | null
    readonly note: string
  },
): Promise<'done' | 'done-before' | 'written-since' | 'note-missing'> {
  if (access.note.trim() === '') return 'note-missing'
  await lockForTransaction(transaction, 'second-phrase', caseId)
  const accessId = makeId<PhraseAccessId>(transaction.now)
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const sealed = await seal.seal(fieldOfAccess(accessId), access.note)
  const { lastNote, useIds } = access
  return settleDuressPhrase(transaction, caseId, { accessId, by, sealed, lastNote }, useIds)
}

/** What was done about earlier uses, the newest first, at most twenty. */
export async function listSecondPhraseAccesses(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly { readonly at: Date; readonly by: string; readonly note: string }[]> {
  const accesses = await listPhraseAccesses(transaction, caseId, mostAccesses)
  if (accesses.length === 0) return []
  const seal = await openCaseSeal(clinic, transaction, caseId)
  return Promise.all(
    accesses.map(async ({ accessId, at, by, sealed }) => ({
      at,
      by,
      note: await seal.open(fieldOfAccess(accessId), sealed),
    })),
  )
}

const mostAccesses = 20
const fieldOfAccess = (accessId: PhraseAccessId): string => `phrase-access ${accessId}`
