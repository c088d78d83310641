import type { PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { Fault } from '../../platform/fault.ts'
import { deriveSecret } from '../../platform/keys.ts'
import { openBytes, sealBytes } from '../../platform/seal-bytes.ts'

const label = 'one-time-code-secrets'

const purposeOf = (clinic: Clinic, personId: PersonId): string =>
  JSON.stringify(['one-time-code', clinic.clinicId, personId])

/** Wraps the secret of somebody's code app with the clinic's key, for keeping. */
export function wrapCodeSecret(clinic: Clinic, personId: PersonId, secret: string): Buffer {
  return sealBytes(deriveSecret(clinic.key, label), purposeOf(clinic, personId), Buffer.from(secret, 'utf8'))
}

/** Opens a wrapped secret; a fault when it is somebody else's, was changed, or the key is another. */
export function openCodeSecret(clinic: Clinic, personId: PersonId, wrapped: Buffer): string {
  const opened = openBytes(deriveSecret(clinic.key, label), purposeOf(clinic, personId), wrapped)
  if (!opened)
    throw new Fault('code-secret', 'The secret of a one-time code does not open with the key of this clinic.')
  return opened.toString('utf8')
}
