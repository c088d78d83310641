import { randomBytes } from 'node:crypto'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { deriveSecret } from '../../platform/keys.ts'
import { findDevice, rememberDevice } from '../device-lane.ts'
import {
  countUnheard,
  forgetOldGuesses,
  forgiveGuess,
  insertCodeGuess,
  insertGuess,
  loadCodeGuesses,
  loadGuesses,
  lockGuesses,
} from '../guess-store.ts'
import { findGuessSubjects, findSignInSubjects, type GuessSubjects } from '../guess-subject.ts'
import { findCodeStep } from '../one-time-code.ts'
import { loadCredential, useCodeStep } from '../sign-in-store.ts'
import { decideCodeWait, decideWait, unheardAtOnce } from '../slow-down.ts'
import { openCodeSecret } from './code-secret.ts'
import { countInTurn } from './count-in-turn.ts'
import { provePassword, TooBusy } from './prove-password.ts'
import { startSession } from './start-session.ts'

export type SignInTry = {
  readonly signInName: string
  readonly password: string
  readonly code: string
  readonly address: string
  readonly userAgent?: string
  /** What the browser's device cookie says. */
  readonly device?: string | undefined
}

export type SignInAnswer =
  | {
      readonly kind: 'signed-in'
      readonly personId: PersonId
      readonly token: string
      readonly device: string
    }
  /** Name, password or code is wrong; which one is not said. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'wait'; readonly seconds: number }

// Base32 of nothing anybody has: an unknown name takes the same steps as a known one.
const secretOfNobody = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/**
 * Signs somebody in with password and one-time code. The try is counted as wrong before it is judged and forgiven when
 * it was right, so that a thousand tries sent at once are a thousand counted tries.
 *
 * Only a wrong try has to wait. While a wait lasts a try is judged all the same, and password and code together let in,
 * so no stranger's guesses keep anybody out (decision 34). Tries on a device where this person signed in before count
 * there alone, wrong codes too. What is refused during a wait is in the acts, so many in a line.
 */
export async function signIn(clinic: Clinic, attempt: SignInTry): Promise<SignInAnswer> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  const { lane } = findGuessSubjects(guessKey(clinic), attempt.signInName, attempt.address)
  let signIns: Awaited<ReturnType<typeof countTry>> | null = null
  let hasPassword: boolean
  try {
    signIns = await countInTurn(lane, () =>
      clinic.database.transaction(actor, transaction => countTry(clinic, transaction, attempt)),
    )
    // only a new device has a count of codes
    const kind = !signIns.subjects.codes ? 'known' : signIns.wait > 0 ? 'beside' : 'first'
    hasPassword = await provePassword(attempt.password, signIns.passwordHash, {
      kind,
      lane: signIns.subjects.lane,
    })
  } catch (cause) {
    if (cause instanceof TooBusy) return { kind: 'wait', seconds: Math.max(5, signIns?.wait ?? 0) }
    throw cause
  }
  const { subjects, wait, guessIds, passwordHash } = signIns

  return clinic.database.transaction(actor, async transaction => {
    const known = await loadCredential(transaction, attempt.signInName, { forUpdate: true })
    const secret = known?.codeSecret
      ? openCodeSecret(clinic, known.personId, known.codeSecret)
      : secretOfNobody
    const step = findCodeStep(secret, attempt.code, transaction.now, known?.lastCodeStep ?? 0)
    const isSamePassword = known?.passwordHash === passwordHash
    const isTheirs = hasPassword && isSamePassword && known?.state === 'active'
    const takesCode = await mayTryCode(transaction, subjects)
    const hasCode = step !== null && takesCode
    if (!known?.codeSecret || !isTheirs || !hasCode) {
      if (isTheirs && takesCode && subjects.codes) await insertCodeGuess(transaction, subjects.codes)
      const whose = known ? { subject: known.personId } : {}
      if (wait > 0) {
        const isMany = subjects.unheard && (await countUnheard(transaction, subjects.unheard, unheardAtOnce))
        if (isMany) await recordAct(transaction, { verb: 'sign-in-refused-many-times', ...whose })
        return { kind: 'wait', seconds: wait }
      }
      await recordAct(transaction, { verb: 'sign-in-refused', ...whose })
      return { kind: 'refused' }
    }
    await useCodeStep(transaction, known.personId, step)
    await forgiveGuess(transaction, subjects, guessIds)
    const { address, userAgent = '' } = attempt
    const token = await startSession(transaction, known.personId, { address, userAgent })
    await recordAct(transaction, { verb: 'signed-in', subject: known.personId })
    const device = rememberDevice(deviceKey(clinic), attempt.device, known, () =>
      randomBytes(16).toString('base64url'),
    )
    return { kind: 'signed-in', personId: known.personId, token, device }
  })
}

const guessKey = (clinic: Clinic): Buffer => deriveSecret(clinic.key, 'wrong-guesses')
const deviceKey = (clinic: Clinic): Buffer => deriveSecret(clinic.key, 'known-devices')

async function mayTryCode(transaction: Transaction, { codes }: GuessSubjects): Promise<boolean> {
  return !codes || decideCodeWait(await loadCodeGuesses(transaction, codes), transaction.now) === 0
}

async function countTry(
  clinic: Clinic,
  transaction: Transaction,
  attempt: SignInTry,
): Promise<{
  wait: number
  guessIds: readonly number[]
  passwordHash: string | null
  subjects: GuessSubjects
}> {
  const known = await loadCredential(transaction, attempt.signInName)
  const device = findDevice(deviceKey(clinic), attempt.device, known)
  const subjects = findSignInSubjects(guessKey(clinic), attempt.signInName, {
    address: attempt.address,
    device,
  })
  await lockGuesses(transaction, subjects)
  const wait = decideWait(await loadGuesses(transaction, subjects), transaction.now)
  const passwordHash = known?.passwordHash ?? null
  if (wait > 0) return { wait, guessIds: [], passwordHash, subjects }
  await forgetOldGuesses(transaction)
  return { wait, guessIds: await insertGuess(transaction, subjects), passwordHash, subjects }
}
