import { recordAct } from '../../audit/operations/record-act.ts'
import type { PersonId, SessionId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { deleteSessionsOf } from '../session-store.ts'
import { changeCredential } from '../sign-in-store.ts'
import { wrapCodeSecret } from './code-secret.ts'
import { type OwnerProof, type ProofAnswer, proveOwner } from './prove-owner.ts'
import { hashPassword } from './prove-password.ts'
import { keepSecretWords } from './secret-words.ts'

type Owner = { readonly personId: PersonId; readonly sessionId: SessionId }

/**
 * Changes somebody's own password, once they gave the earlier one and a code. Their other sessions end, and the
 * database notes the change, so that they are told of it.
 */
export async function changePassword(
  clinic: Clinic,
  owner: Owner,
  proof: OwnerProof,
  password: string,
): Promise<ProofAnswer> {
  const passwordHash = await hashPassword(password)
  return change(clinic, owner, proof, { passwordHash })
}

/** Pairs another code app, once they gave password and a code of the earlier one. `firstStep` is used up. */
export async function changeCodeApp(
  clinic: Clinic,
  owner: Owner,
  proof: OwnerProof,
  app: { readonly secret: string; readonly firstStep: number },
): Promise<ProofAnswer> {
  const codeSecret = wrapCodeSecret(clinic, owner.personId, app.secret)
  return change(clinic, owner, proof, { codeSecret, atLeastStep: app.firstStep })
}

/** Makes a new second secret, once they gave password and a code; the earlier one is over. */
export async function changeSecondSecret(
  clinic: Clinic,
  owner: Owner,
  proof: OwnerProof,
  words: readonly string[],
): Promise<ProofAnswer> {
  const secondKept = await keepSecretWords(clinic, 'second-secret', owner.personId, words)
  return change(clinic, owner, proof, { secondKept })
}

async function change(
  clinic: Clinic,
  owner: Owner,
  proof: OwnerProof,
  to: Parameters<typeof changeCredential>[2] & { readonly atLeastStep?: number },
): Promise<ProofAnswer> {
  const { atLeastStep = 0, ...columns } = to
  return proveOwner(clinic, owner, proof, async (transaction, step) => {
    await changeCredential(transaction, owner.personId, columns, Math.max(step, atLeastStep))
    await deleteSessionsOf(transaction, owner.personId, { except: owner.sessionId })
    await recordAct(transaction, { verb: 'own-credential-changed', subject: owner.personId })
  })
}
