import { hkdfSync } from 'node:crypto'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { Fault } from './fault.ts'
import { padText, unpadText } from './pad-text.ts'
import { isSealed, openBytes, sealBytes } from './seal-bytes.ts'

/** Which field of which case a sealed text belongs to: it opens nowhere else. */
export type SealedField = { readonly clinicId: ClinicId; readonly caseId: CaseId; readonly field: string }

/** Seals a text (an address, a message) under the case's key, bound to its case and field. */
export function sealText(caseKey: Buffer, where: SealedField, text: string): Buffer {
  return sealBytes(textKeyOf(caseKey), purposeOf(where), Buffer.from(text, 'utf8'))
}

/** The same, filled up so that its length tells little: a number, an address, a note. */
export function sealTextPadded(caseKey: Buffer, where: SealedField, text: string): Buffer {
  return sealBytes(textKeyOf(caseKey), purposeOf(where), padText(text))
}

/** Opens what `sealText` or `sealTextPadded` sealed; throws `field-not-opened` when it was altered, moved, or sealed under another key. */
export function openText(caseKey: Buffer, where: SealedField, sealed: Buffer): string {
  const opened = isSealed(sealed) ? openBytes(textKeyOf(caseKey), purposeOf(where), sealed) : null
  if (!opened) throw notOpened()
  return unpadText(opened)
}

/** Seals bytes that have a length of their own, such as a block: bound to their field as a text is. */
export function sealRaw(caseKey: Buffer, where: SealedField, bytes: Uint8Array): Buffer {
  return sealBytes(textKeyOf(caseKey), purposeOf(where), bytes)
}

/** Opens what `sealRaw` sealed; throws as `openText` does. */
export function openRaw(caseKey: Buffer, where: SealedField, sealed: Buffer): Buffer {
  const opened = openBytes(textKeyOf(caseKey), purposeOf(where), sealed)
  if (!opened) throw notOpened()
  return opened
}

function notOpened(): Fault {
  return new Fault(
    'field-not-opened',
    'A sealed field could not be opened: it was altered, or belongs elsewhere.',
  )
}

const textKeys = new WeakMap<Buffer, Buffer>()

/** A key of its own for texts, so that no two formats ever share one. */
// RFC 5869
function textKeyOf(caseKey: Buffer): Buffer {
  const known = textKeys.get(caseKey)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', caseKey, '', 'unwatched case texts', 32))
  textKeys.set(caseKey, key)
  return key
}

function purposeOf(where: SealedField): string {
  return `${where.clinicId} ${where.caseId} ${where.field}`
}
