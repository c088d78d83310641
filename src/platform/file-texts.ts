import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from './database.ts'
import { openName, sealName } from './seal-name.ts'

/** Seals and opens the short texts of one file, each under the name of what it is: it opens as nothing else. */
export type FileTexts = {
  readonly seal: (field: string, text: string) => string
  readonly open: (field: string, kept: string) => string
  /** For a column of JSON: the text of a value, sealed, as a JSON text. */
  readonly sealJson: (field: string, text: string) => string
  /** The value again; what was never written is as the database has it. */
  readonly openJson: (field: string, kept: unknown) => unknown
}

/**
 * The short texts of a file that lie beside what is in the open (a name, a reason, a note, a file's name), sealed under a
 * key of the clinic (see `seal-name.ts`), in a transaction.
 */
export function fileTexts(transaction: Transaction, caseId: CaseId): FileTexts {
  const key = transaction.clinicKey()
  const place = (field: string) => ({ clinicId: transaction.actor.clinicId, caseId, field })
  const seal = (field: string, text: string): string => sealName(key, place(field), text)
  const open = (field: string, kept: string): string => openName(key, place(field), kept)
  return {
    seal,
    open,
    sealJson: (field, text) => JSON.stringify(seal(field, text)),
    openJson: (field, kept) => (typeof kept === 'string' ? JSON.parse(open(field, kept)) : kept),
  }
}
