import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { makeFingerprint } from './fingerprint.ts'
import { openRaw, openText, sealRaw, sealText, sealTextPadded } from './seal-text.ts'

/** Seals and opens texts of one case. A text is bound to its field and opens under no other name. */
export type CaseSeal = {
  /** Padded, so that the length of what is sealed tells little. */
  readonly seal: (field: string, text: string) => Promise<Buffer>
  /** Opens what `seal` sealed. */
  readonly open: (field: string, sealed: Buffer) => Promise<string>
  /** At once and to the byte, for the many texts of a page. */
  readonly sealNow: (field: string, text: string) => Buffer
  readonly openNow: (field: string, sealed: Buffer) => string
  /** The same for bytes: a block of the record store. */
  readonly sealBytes: (field: string, bytes: Uint8Array) => Buffer
  readonly openBytes: (field: string, sealed: Buffer) => Buffer
  /** 256 bits in hexadecimal by which the case finds the same bytes, the same reference or the same details again. */
  readonly fingerprintOf: (what: 'file' | 'reference' | 'own-details', value: string) => string
}

/** The seal of a case whose key is open. */
export function makeCaseSeal(clinicId: ClinicId, caseId: CaseId, caseKey: Buffer): CaseSeal {
  const where = (field: string) => ({ clinicId, caseId, field })
  return {
    seal: async (field, text) => sealTextPadded(caseKey, where(field), text),
    open: async (field, sealed) => openText(caseKey, where(field), sealed),
    sealNow: (field, text) => sealText(caseKey, where(field), text),
    openNow: (field, sealed) => openText(caseKey, where(field), sealed),
    sealBytes: (field, bytes) => sealRaw(caseKey, where(field), bytes),
    openBytes: (field, sealed) => openRaw(caseKey, where(field), sealed),
    fingerprintOf: makeFingerprint(caseKey),
  }
}
