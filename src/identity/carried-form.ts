import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { PersonId } from '../foundation/ids.ts'
import { openBytes, sealBytes } from '../platform/seal-bytes.ts'

/** What somebody typed into a page of staff that could not be taken when it came. */
export type CarriedForm = {
  readonly path: string
  readonly fields: readonly (readonly [string, readonly string[]])[]
}

/** A form that travels through the sign-in page, and whose session had ended; null when that is not known. */
export type SealedForm = CarriedForm & { readonly endedOf: PersonId | null }

const purpose = 'a form to be sent again'
const hours = 2
/** The sealed form travels within another form, of which the server takes 64 kB. */
const mostLetters = 56_000
const mostBytes = 256 * 1024

/**
 * Seals a form for the journey through the sign-in page, in the browser of the person who typed it: the clinic keeps
 * nothing. Null when it is too long to carry.
 */
export function sealForm(key: Uint8Array, form: SealedForm, now: Date): string | null {
  const plain = JSON.stringify({
    path: form.path,
    fields: form.fields,
    endedOf: form.endedOf,
    at: now.getTime(),
  })
  const sealed = sealBytes(key, purpose, deflateRawSync(Buffer.from(plain, 'utf8'))).toString('base64url')
  return sealed.length <= mostLetters ? sealed : null
}

/** Opens a sealed form; null when it is none of ours, was changed, or is older than two hours. */
export function openForm(key: Uint8Array, sealed: string, now: Date): SealedForm | null {
  if (sealed === '' || sealed.length > mostLetters) return null
  const packed = openBytes(key, purpose, Buffer.from(sealed, 'base64url'))
  if (!packed) return null
  const plain = inflateRawSync(packed, { maxOutputLength: mostBytes }).toString('utf8')
  // Only this program can have sealed it, so it has the shape that `sealForm` gave it.
  const read = JSON.parse(plain) as SealedForm & { readonly at: number }
  if (now.getTime() - read.at > hours * 3_600_000) return null
  return { path: read.path, fields: read.fields, endedOf: read.endedOf }
}
