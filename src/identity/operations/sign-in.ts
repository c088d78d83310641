import { recordAct } from '../../audit/operations/record-act.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { deriveSecret } from '../../platform/keys.ts'
import { loadCredential, useCodeStep } from '../door-store.ts'
import { forgetOldGuesses, forgiveGuess, insertGuess, loadGuesses, lockGuesses } from '../guess-store.ts'
import { findGuessSubjects, type GuessSubjects } from '../guess-subject.ts'
import { findCodeStep } from '../one-time-code.ts'
import { decideWait } from '../slow-down.ts'
import { openCodeSecret } from './code-secret.ts'
import { provePassword, TooBusy } from './prove-password.ts'
import { startSession } from './start-session.ts'

export type SignInTry = {
  readonly signInName: string
  readonly password: string
  readonly code: string
  readonly address: string
  readonly userAgent?: string
}

export type SignInAnswer =
  | { readonly kind: 'signed-in'; readonly token: string }
  /** Name, password or code is wrong; which one is not said. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'wait'; readonly seconds: number }

// Base32 of nothing anybody has: an unknown name takes the same steps as a known one.
const secretOfNobody = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/**
 * Signs somebody in with password and one-time code. The try is counted as wrong before it is judged and forgiven when
 * it was right, so that a thousand tries sent at once are a thousand counted tries.
 */
export async function signIn(clinic: Clinic, attempt: SignInTry): Promise<SignInAnswer> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  const subjects = findGuessSubjects(
    deriveSecret(clinic.key, 'wrong-guesses'),
    attempt.signInName,
    attempt.address,
  )
  const door = await clinic.database.transaction(actor, transaction =>
    countTry(transaction, subjects, attempt),
  )
  if (door.wait > 0) return { kind: 'wait', seconds: door.wait }

  let hasPassword: boolean
  try {
    hasPassword = await provePassword(attempt.password, door.passwordHash)
  } catch (cause) {
    if (cause instanceof TooBusy) return { kind: 'wait', seconds: 5 }
    throw cause
  }

  return clinic.database.transaction(actor, async transaction => {
    const known = await loadCredential(transaction, attempt.signInName, { forUpdate: true })
    const secret = known?.codeSecret
      ? openCodeSecret(clinic, known.personId, known.codeSecret)
      : secretOfNobody
    const step = findCodeStep(secret, attempt.code, transaction.now, known?.lastCodeStep ?? 0)
    const isSamePassword = known?.passwordHash === door.passwordHash
    if (!known?.codeSecret || known.state !== 'active' || !hasPassword || !isSamePassword || step === null) {
      await recordAct(transaction, {
        verb: 'sign-in-refused',
        ...(known ? { subject: known.personId } : {}),
      })
      return { kind: 'refused' }
    }
    await useCodeStep(transaction, known.personId, step)
    await forgiveGuess(transaction, subjects, door.guessIds)
    const { address, userAgent = '' } = attempt
    const token = await startSession(transaction, known.personId, { address, userAgent })
    await recordAct(transaction, { verb: 'signed-in', subject: known.personId })
    return { kind: 'signed-in', token }
  })
}

async function countTry(
  transaction: Transaction,
  subjects: GuessSubjects,
  attempt: SignInTry,
): Promise<{ wait: number; guessIds: readonly number[]; passwordHash: string | null }> {
  await lockGuesses(transaction, subjects)
  const wait = decideWait(await loadGuesses(transaction, subjects), transaction.now)
  if (wait > 0) return { wait, guessIds: [], passwordHash: null }
  await forgetOldGuesses(transaction)
  const known = await loadCredential(transaction, attempt.signInName)
  return {
    wait: 0,
    guessIds: await insertGuess(transaction, subjects),
    passwordHash: known?.passwordHash ?? null,
  }
}
