import { recordAct } from '../../audit/operations/record-act.ts'
import { groupAddress } from '../../foundation/address-group.ts'
import { makeId, type PhraseUseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { askForJob } from '../../platform/jobs.ts'
import { deriveSecret } from '../../platform/keys.ts'
import { SealedTallies, type TallyPlace } from '../../platform/sealed-tally.ts'
import { bindPhrase, findHandle, readPhrase } from '../case-phrase.ts'
import { findClientSessionEnd } from '../client-session.ts'
import {
  deleteEndedClientSessions,
  findKeptPhrase,
  insertClientSession,
  insertPhraseUse,
  type KeptPhrase,
} from '../client-sign-in-store.ts'
import { forgetOldGuesses, forgiveGuess, insertGuess, loadGuesses, lockGuesses } from '../guess-store.ts'
import { findGuessSubjects, type GuessSubjects } from '../guess-subject.ts'
import { hashOfToken, makeToken } from '../secret-token.ts'
import { decideWait } from '../slow-down.ts'
import { countInTurn } from './count-in-turn.ts'
import { provePassword, TooBusy } from './prove-password.ts'

export type ClientSignInAnswer =
  | { readonly kind: 'signed-in'; readonly token: string }
  /** The words are not right; whether there is such a case is not said. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'wait'; readonly seconds: number }

/**
 * Signs a client in with their phrase (rule S4). A phrase that begins like none we know takes the same steps as one
 * that is nearly right: the same questions to the database and one verification. The second phrase takes those of the
 * right one. As at the sign-in of staff, a try counts as wrong before it is judged. What is recorded of either phrase
 * is in the file it lets in to, so that no line of the one tells of the other.
 *
 * Only a wrong try has to wait. While a wait lasts a phrase is judged all the same, beside the others, and the right
 * one lets in, so nobody who guesses can keep the client out (decision 34). That gives a guesser nothing: somebody who
 * knows the first two words has 2^54 phrases before them, and twenty a second are 2^30 in a year.
 */
export async function signInClient(
  clinic: Clinic,
  attempt: { readonly typed: string; readonly address: string },
  prove: typeof provePassword = provePassword,
): Promise<ClientSignInAnswer> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  const words = readPhrase(attempt.typed)
  const handle = findHandle(deriveSecret(clinic.key, 'case-phrases'), words)
  const key = deriveSecret(clinic.key, 'wrong-guesses')
  const from: TallyPlace = { words: ['phrases', groupAddress(attempt.address).subscriber], per: 'day' }
  // Held in memory alone: in whose lane the try waits.
  const { lane } = findGuessSubjects(key, 'lane', attempt.address)
  const count = () =>
    clinic.database.transaction(actor, async transaction => {
      // Another name every day: what was mistyped on one is not known again on the next (S8).
      const day = transaction.now.toISOString().slice(0, 10)
      const subjects = findGuessSubjects(key, `phrase ${day} ${handle}`, attempt.address)
      await lockGuesses(transaction, subjects)
      const tallies = new SealedTallies(clinic, transaction)
      await tallies.lock(from)
      await tallies.forgetEnded()
      const tally = await tallies.load(from)
      const guesses = { ...(await loadGuesses(transaction, subjects)), address: tally }
      const wait = decideWait(guesses, transaction.now)
      const kept = await findKeptPhrase(transaction, handle)
      // a try during a wait is not counted: no stranger starts anybody's wait again by it
      if (wait > 0) return { wait, guessIds: [], kept, subjects }
      await forgetOldGuesses(transaction)
      // No row says what else came from this address, or when: somebody who guesses from the client's own address would
      // find the client's tries by it (S8).
      await tallies.keep(from, { count: tally.count + 1, lastAt: transaction.now, group: null })
      return { wait, guessIds: await insertGuess(transaction, subjects, ['pair', 'name']), kept, subjects }
    })

  let signIns: Awaited<ReturnType<typeof count>> | null = null
  let isRight: boolean
  try {
    signIns = await countInTurn(lane, count)
    // With no case to be bound to, the words are bound to the clinic's own id: the work is the same.
    const bound = bindPhrase(clinic.clinicId, signIns.kept?.caseId ?? noCase, words)
    const turn = { kind: signIns.wait > 0 ? 'beside' : 'first', lane } as const
    isRight = await prove(bound, signIns.kept?.verifier ?? null, turn)
  } catch (cause) {
    if (cause instanceof TooBusy) return { kind: 'wait', seconds: Math.max(5, signIns?.wait ?? 0) }
    throw cause
  }

  return clinic.database.transaction(actor, async transaction => {
    const kept = await findKeptPhrase(transaction, handle)
    if (!isRight || !kept || kept.verifier !== signIns.kept?.verifier) {
      if (signIns.wait > 0) return { kind: 'wait', seconds: signIns.wait }
      await recordAct(transaction, {
        verb: 'client-sign-in-refused',
        ...(kept ? { caseId: kept.fileId } : {}),
      })
      return { kind: 'refused' }
    }
    await new SealedTallies(clinic, transaction).forget(from)
    return { kind: 'signed-in', token: await letIn(transaction, signIns.subjects, signIns.guessIds, kept) }
  })
}

const noCase = '00000000-0000-0000-0000-000000000000' as KeptPhrase['caseId']

/**
 * The same statements for both kinds of phrase: only what is written differs. The use that is written here is the alarm
 * itself: it is on every page of those who may act from the moment this transaction is kept.
 */
async function letIn(
  transaction: Transaction,
  subjects: GuessSubjects,
  guessIds: readonly number[],
  { caseId, kind, fileId }: KeptPhrase,
): Promise<string> {
  await forgiveGuess(transaction, subjects, guessIds)
  await deleteEndedClientSessions(transaction)
  const token = makeToken()
  const tokenHash = hashOfToken(token)
  if (!tokenHash) throw new Fault('session-token', 'A session token of the wrong shape was made.')
  await insertClientSession(transaction, {
    tokenHash,
    caseId,
    kind,
    expiresAt: findClientSessionEnd(transaction.now),
  })
  const useId = makeId<PhraseUseId>(transaction.now)
  await insertPhraseUse(transaction, { useId, caseId, kind })
  // Asked for in both cases, so that neither answer takes longer; the job sees which it was, where nobody can time it.
  await askForJob(transaction, 'tell-on-call', { useId })
  await recordAct(transaction, { verb: 'client-signed-in', caseId: fileId })
  return token
}
