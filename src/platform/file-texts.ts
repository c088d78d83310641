import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from './database.ts'
import { openName, sealName } from './seal-name.ts'

/** Seals and opens the short texts of one file, each under the name of what it is: it opens as nothing else. */
export type FileTexts = {
  readonly seal: (field: string, text: string) => string
  readonly open: (field: string, kept: string) => string
}

/**
 * The short texts of a file that lie beside what is in the open (a name, a reason, a note, a file's name), sealed under a
 * key of the clinic (see `seal-name.ts`), in a transaction.
 */
export function fileTexts(transaction: Transaction, caseId: CaseId): FileTexts {
  const key = transaction.clinicKey()
  const place = (field: string) => ({ clinicId: transaction.actor.clinicId, caseId, field })
  return {
    seal: (field, text) => sealName(key, place(field), text),
    open: (field, kept) => openName(key, place(field), kept),
  }
}
