import { sign } from 'node:crypto'
import type { CaseId, ClinicId } from '../foundation/ids.ts'
import type { ClinicKey } from '../platform/keys.ts'
import { type CheckpointSigner, rawPublicKey } from './checkpoint-key.ts'

/** What signs the heads of a clinic's custody logs: its name in signed notes holds its id and nothing of a person. */
export function clinicSigner(key: ClinicKey, clinicId: ClinicId): CheckpointSigner {
  return {
    name: `unwatched/${clinicId}`,
    publicKey: rawPublicKey(key.verifying),
    // RFC 8032, section 5.1.6: Ed25519 signs without chance, so the same head has the same signature
    sign: message => new Uint8Array(sign(null, message, key.signing)),
  }
}

/** The name of the custody log of one case, which its signed heads carry as their origin. */
// C2SP tlog-checkpoint: the origin is unique to the log
export function custodyOrigin(clinicId: ClinicId, caseId: CaseId): string {
  return `unwatched/${clinicId}/${caseId}`
}
