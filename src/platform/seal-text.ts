import { hkdfSync } from 'node:crypto'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import { Fault } from './fault.ts'
import { padText, unpadText } from './pad-text.ts'
import { type Bound, openStream } from './seal.ts'
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

/** The same, also for a text that an earlier version sealed as a message of the format for files (decision 3). */
export async function openTextOfAnyAge(caseKey: Buffer, where: SealedField, sealed: Buffer): Promise<string> {
  if (isSealed(sealed)) return openText(caseKey, where, sealed)
  try {
    const stream = openStream(caseKey, boundOf(where))
    stream.end(sealed)
    return (await collect(stream)).toString('utf8')
  } catch (cause) {
    throw notOpened(cause)
  }
}

function notOpened(cause?: unknown): Fault {
  return new Fault(
    'field-not-opened',
    'A sealed field could not be opened: it was altered, or belongs elsewhere.',
    { cause },
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

function boundOf(where: SealedField): Bound {
  return { clinicId: where.clinicId, caseId: where.caseId, kind: 'field', name: where.field }
}

/** By events, not by iteration: the library's streams raise an error once more after an iterator has left. */
function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => resolve(Buffer.concat(parts)))
    stream.on('error', reject)
    stream.on('close', () => reject(new Error('closed before its end')))
  })
}
