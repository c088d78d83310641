import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { deleteSessionsOf, loadInvitation, saveCredential, takeInvitation } from '../door-store.ts'
import { decideInvitation } from '../invitation.ts'
import { hashOfToken } from '../secret-token.ts'
import { setPersonState } from '../store.ts'
import { wrapCodeSecret } from './code-secret.ts'
import { hashPassword } from './prove-password.ts'
import { startSession } from './start-session.ts'

export type Enrolment = {
  readonly token: string
  readonly password: string
  readonly codeSecret: string
  /** The time step of the code that was confirmed: it does not work again. */
  readonly codeStep: number
}

/**
 * Enrols whoever holds an invitation: keeps their password and code secret, and signs them in. Of two tabs that send
 * at once one wins; the other is told the link was used.
 */
export async function enrolPerson(
  clinic: Clinic,
  enrolment: Enrolment,
): Promise<Decision<{ readonly sessionToken: string }, 'unknown' | 'used' | 'expired'>> {
  const tokenHash = hashOfToken(enrolment.token)
  if (!tokenHash) return { allowed: false, because: 'unknown' }
  const passwordHash = await hashPassword(enrolment.password)
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  return clinic.database.transaction(actor, async transaction => {
    const isTaken = await takeInvitation(transaction, tokenHash, 'enrol')
    const invitation = await loadInvitation(transaction, tokenHash, 'enrol')
    if (!isTaken || !invitation) {
      const decision = decideInvitation(invitation, transaction.now)
      return decision.allowed ? { allowed: false, because: 'used' } : decision
    }
    const { personId } = invitation.person
    const codeSecret = wrapCodeSecret(clinic, personId, enrolment.codeSecret)
    await saveCredential(transaction, {
      personId,
      passwordHash,
      codeSecret,
      lastCodeStep: enrolment.codeStep,
    })
    await setPersonState(transaction, personId, 'active')
    // Whoever was still signed in with the password or phone of before is not any longer.
    await deleteSessionsOf(transaction, personId)
    const sessionToken = await startSession(transaction, personId)
    await recordAct(transaction, { verb: 'person-enrolled', subject: personId })
    return { allowed: true, sessionToken }
  })
}
