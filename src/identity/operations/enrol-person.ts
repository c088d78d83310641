import { recordAct } from '../../audit/operations/record-act.ts'
import type { PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { deriveSecret } from '../../platform/keys.ts'
import { forgiveGuess } from '../guess-store.ts'
import { findGuessSubjects } from '../guess-subject.ts'
import { decideInvitation } from '../invitation.ts'
import { hashOfToken } from '../secret-token.ts'
import { readSecretWords, type SecretWordKind } from '../secret-words.ts'
import { deleteSessionsOf } from '../session-store.ts'
import { loadInvitation, saveCredential, useLink } from '../sign-in-store.ts'
import { setPersonState } from '../store.ts'
import { wrapCodeSecret } from './code-secret.ts'
import { countTry } from './count-try.ts'
import { hashPassword } from './prove-password.ts'
import { drawSecretWords, keepSecretWords, showWords } from './secret-words.ts'
import { type Desk, startSession } from './start-session.ts'

export type Enrolment = {
  readonly token: string
  /** What was typed of the joining code, which the person who asked for the link has. */
  readonly joiningCode: string
  /** Of somebody who joined before: what they keep on paper, or what a colleague who is with them reads out. */
  readonly secondSecret: string
  readonly witnessWords: string
  readonly password: string
  readonly codeSecret: string
  /** The time step of the code that was confirmed: it does not work again. */
  readonly codeStep: number
  /** Where they sit; its address slows guesses down. */
  readonly desk: Desk
}

export type EnrolmentAnswer =
  | { readonly kind: 'joined'; readonly sessionToken: string; readonly secondSecret: readonly string[] }
  /** The joining code, or what goes with it, is not right; which is not said. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'closed'; readonly because: 'unknown' | 'used' | 'expired' }

/**
 * Enrols somebody who holds a link, the joining code that another person gave out, and, if they joined before, what
 * only they hold. Keeps their password and code secret, and signs them in. The database judges what was shown (S12).
 * Returns the second secret, which is shown once. When two tabs send at once, one wins; the other is told the link was
 * used.
 */
export async function enrolPerson(clinic: Clinic, enrolment: Enrolment): Promise<EnrolmentAnswer> {
  const tokenHash = hashOfToken(enrolment.token)
  if (!tokenHash) return { kind: 'closed', because: 'unknown' }
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  const subjects = findGuessSubjects(
    deriveSecret(clinic.key, 'wrong-guesses'),
    `joining ${tokenHash}`,
    enrolment.desk.address,
  )
  const signIns = await clinic.database.transaction(actor, async transaction => {
    const invitation = await loadInvitation(transaction, tokenHash, 'enrol')
    const decision = decideInvitation(invitation, transaction.now)
    if (!decision.allowed || !invitation) {
      return { kind: 'closed', because: decision.allowed ? 'unknown' : decision.because } as const
    }
    const counted = await countTry(transaction, subjects)
    if (counted.wait > 0) return { kind: 'wait', seconds: counted.wait } as const
    return { kind: 'open', ...invitation, guessIds: counted.guessIds } as const
  })
  if (signIns.kind !== 'open') return signIns

  const { personId } = signIns.person
  const passwordHash = await hashPassword(enrolment.password)
  const shown = {
    code: await show(clinic, 'joining-code', personId, enrolment.joiningCode),
    second: await show(clinic, 'second-secret', personId, enrolment.secondSecret),
    witness: await show(clinic, 'witness', personId, enrolment.witnessWords),
  }
  const secondSecret = drawSecretWords('second-secret')
  const secondKept = await keepSecretWords(clinic, 'second-secret', personId, secondSecret)
  return clinic.database.transaction(actor, async transaction => {
    const outcome = await useLink(transaction, tokenHash, shown)
    if (outcome === 'wrong') {
      await recordAct(transaction, { verb: 'joining-refused', subject: personId })
      return { kind: 'wrong' }
    }
    if (outcome === 'closed') {
      const decision = decideInvitation(
        await loadInvitation(transaction, tokenHash, 'enrol'),
        transaction.now,
      )
      return { kind: 'closed', because: decision.allowed ? 'used' : decision.because }
    }
    await forgiveGuess(transaction, subjects, signIns.guessIds)
    const codeSecret = wrapCodeSecret(clinic, personId, enrolment.codeSecret)
    const lastCodeStep = enrolment.codeStep
    await saveCredential(transaction, { personId, passwordHash, codeSecret, lastCodeStep, secondKept })
    await setPersonState(transaction, personId, 'active')
    // Anybody still signed in with the earlier password or phone is signed out.
    await deleteSessionsOf(transaction, personId)
    const sessionToken = await startSession(transaction, personId, enrolment.desk)
    await recordAct(transaction, {
      verb: signIns.hasJoinedBefore ? 'person-set-up-again' : 'person-enrolled',
      subject: personId,
    })
    return { kind: 'joined', sessionToken, secondSecret }
  })
}

/** Nothing is shown where nothing was typed. */
async function show(
  clinic: Clinic,
  kind: SecretWordKind,
  personId: PersonId,
  typed: string,
): Promise<string> {
  const words = readSecretWords(typed)
  return words.length === 0 ? '' : showWords(clinic, kind, personId, words)
}
