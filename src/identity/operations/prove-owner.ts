import { recordAct } from '../../audit/operations/record-act.ts'
import type { PersonId, SessionId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { deriveSecret } from '../../platform/keys.ts'
import { forgiveGuess, loadCodeGuesses } from '../guess-store.ts'
import { findProofSubjects } from '../guess-subject.ts'
import { findCodeStep } from '../one-time-code.ts'
import { deleteSessionsOf, markProved } from '../session-store.ts'
import { loadCredentialOf, useCodeStep } from '../sign-in-store.ts'
import { mostWrongProofs } from '../slow-down.ts'
import { openCodeSecret } from './code-secret.ts'
import { countTry } from './count-try.ts'
import { provePassword, TooBusy } from './prove-password.ts'

export type OwnerProof = { readonly password: string; readonly code: string; readonly address: string }
export type ProofAnswer =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** Wrong too often: the session has ended. */
  | { readonly kind: 'ended' }

/**
 * Judges password and code of somebody who is signed in, as the sign-in does: each try is counted before it is judged,
 * in lanes of their own, so that a stranger at the sign-in page holds nobody up here. From however many addresses they
 * come, a session has a handful of tries, then one after each wait, and ends after twenty. When right, the session has
 * been proved at this instant, and `then` is done in the same transaction with the code's time step, which is used up.
 */
export async function proveOwner(
  clinic: Clinic,
  owner: { readonly personId: PersonId; readonly sessionId: SessionId },
  proof: OwnerProof,
  then: (transaction: Transaction, codeStep: number) => Promise<void> = (transaction, step) =>
    useCodeStep(transaction, owner.personId, step),
): Promise<ProofAnswer> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  const key = deriveSecret(clinic.key, 'wrong-guesses')
  const subjects = findProofSubjects(key, owner, proof.address)
  const signIns = await clinic.database.transaction(actor, async transaction => ({
    ...(await countTry(transaction, subjects)),
    hash: (await loadCredentialOf(transaction, owner.personId))?.passwordHash ?? null,
  }))
  if (signIns.wait > 0) return { kind: 'wait', seconds: signIns.wait }
  let hasPassword: boolean
  try {
    hasPassword = await provePassword(proof.password, signIns.hash)
  } catch (cause) {
    if (cause instanceof TooBusy) return { kind: 'wait', seconds: 5 }
    throw cause
  }
  return clinic.database.transaction(actor, async transaction => {
    const known = await loadCredentialOf(transaction, owner.personId, { forUpdate: true })
    const secret = known?.codeSecret ? openCodeSecret(clinic, owner.personId, known.codeSecret) : null
    const step = secret && findCodeStep(secret, proof.code, transaction.now, known?.lastCodeStep ?? 0)
    if (!hasPassword || known?.passwordHash !== signIns.hash || known.state !== 'active' || !step) {
      await recordAct(transaction, { verb: 'proof-refused', subject: owner.personId })
      const { count } = subjects.codes ? await loadCodeGuesses(transaction, subjects.codes) : { count: 0 }
      if (count < mostWrongProofs) return { kind: 'wrong' }
      await deleteSessionsOf(transaction, owner.personId, { only: owner.sessionId })
      await recordAct(transaction, { verb: 'session-ended-by-guesses', subject: owner.personId })
      return { kind: 'ended' }
    }
    await forgiveGuess(transaction, subjects, signIns.guessIds)
    await then(transaction, step)
    await markProved(transaction, owner.sessionId)
    return { kind: 'right' }
  })
}
