import type { ClinicId } from '../foundation/ids.ts'
import { Fault } from './fault.ts'
import { type ClinicKey, deriveSecret } from './keys.ts'
import { padText, unpadText } from './pad-text.ts'
import { openBytes, sealBytes } from './seal-bytes.ts'

/** Which whole row is sealed: it opens as no other. `kind` is a word in kebab-case, `id` what tells it from its like. */
export type BodyPlace = { readonly clinicId: ClinicId; readonly kind: string; readonly id: string }

/**
 * Seals the whole of a row under a key of the clinic, as JSON, filled up to at least so many bytes: so that rows of a kind
 * look alike. It is bound to its own id and not to a case, so that it opens where no case may be known; code that reads
 * it for a case looks whether it says so.
 */
export function sealBody(key: ClinicKey, place: BodyPlace, body: unknown, least: number): Buffer {
  return sealBytes(bodyKeyOf(key), purposeOf(place), padText(JSON.stringify(body), least))
}

/** Opens what `sealBody` sealed; throws `body-not-opened` when it was altered, or is another's. */
export function openBody(key: ClinicKey, place: BodyPlace, sealed: Buffer): unknown {
  return JSON.parse(unpadText(openBodyBytes(key, place, sealed)))
}

/** Seals bytes as they are under the same key: the caller sees to their length. */
export function sealBodyBytes(key: ClinicKey, place: BodyPlace, bytes: Uint8Array): Buffer {
  return sealBytes(bodyKeyOf(key), purposeOf(place), bytes)
}

/** Opens what `sealBodyBytes` sealed; throws `body-not-opened` when it was altered, or is another's. */
export function openBodyBytes(key: ClinicKey, place: BodyPlace, sealed: Uint8Array): Buffer {
  const opened = openBytes(bodyKeyOf(key), purposeOf(place), sealed)
  if (!opened) throw new Fault('body-not-opened', 'A sealed row was altered, or belongs elsewhere.')
  return opened
}

const bodyKeys = new WeakMap<ClinicKey, Buffer>()

function bodyKeyOf(key: ClinicKey): Buffer {
  const known = bodyKeys.get(key)
  if (known) return known
  const secret = deriveSecret(key, 'bodies')
  bodyKeys.set(key, secret)
  return secret
}

function purposeOf({ clinicId, kind, id }: BodyPlace): string {
  return `${clinicId} ${kind} ${id}`
}
