import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { type BlindIndex, makeBlindIndex, makeFingerprint } from './blind-index.ts'
import { openText, sealText, sealTextPadded } from './seal-text.ts'

/** Seals and opens texts of one case. A text is bound to its field and opens under no other name. */
export type CaseSeal = {
  /** Padded, so that the length of what is sealed tells little. */
  readonly seal: (field: string, text: string) => Promise<Buffer>
  /** Opens what `seal` sealed. */
  readonly open: (field: string, sealed: Buffer) => Promise<string>
  /** At once and to the byte, for the many texts of a page. */
  readonly sealNow: (field: string, text: string) => Buffer
  readonly openNow: (field: string, sealed: Buffer) => string
  /** The words of the case, as its index keeps them. */
  readonly words: BlindIndex
  /** Senders, as the index keeps them. */
  readonly senders: BlindIndex
  /** Whole texts, to tell whether two are the same. */
  readonly texts: BlindIndex
  /** 256 bits in hexadecimal by which the case finds the same bytes, or the same reference, again. */
  readonly fingerprintOf: (what: 'file' | 'reference', value: string) => string
}

/** The seal of a case whose key is open. */
export function makeCaseSeal(clinicId: ClinicId, caseId: CaseId, caseKey: Buffer): CaseSeal {
  const where = (field: string) => ({ clinicId, caseId, field })
  return {
    seal: async (field, text) => sealTextPadded(caseKey, where(field), text),
    open: async (field, sealed) => openText(caseKey, where(field), sealed),
    sealNow: (field, text) => sealText(caseKey, where(field), text),
    openNow: (field, sealed) => openText(caseKey, where(field), sealed),
    words: makeBlindIndex(caseKey, 'words'),
    senders: makeBlindIndex(caseKey, 'senders'),
    texts: makeBlindIndex(caseKey, 'texts'),
    fingerprintOf: makeFingerprint(caseKey),
  }
}
