import { randomInt } from 'node:crypto'
import { recordAct } from '../../audit/operations/record-act.ts'
import { type CaseId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { deriveSecret, makeCaseKey, wrapCaseKey } from '../../platform/keys.ts'
import { bindPhrase, drawPhrase, findHandle, type PhraseKind } from '../case-phrase.ts'
import { endPhrases, insertPhrase } from '../client-sign-in-store.ts'
import { keepCompanion, tellCompanion } from '../second-phrase-store.ts'
import { isFirstSending } from './is-first-sending.ts'
import { hashPassword } from './prove-password.ts'

/** How it was made sure that this is the client: agreed beforehand, and what was said is not written down. */
export const identityChecks = ['code-words', 'known-in-person', 'agreed-otherwise'] as const
export type IdentityCheck = (typeof identityChecks)[number]

export type MadePhrases = {
  readonly open: readonly string[]
  readonly duress: readonly string[]
}

const mostDraws = 20

/**
 * Makes the two phrases of a case that is open for its contact, and ends the earlier ones with every session they
 * began. The words are in the answer and nowhere else. Null when the same form made them a moment ago.
 *
 * The file that the second phrase opens is made with the first phrases, whether or not anybody ever uses it, and stays
 * with the case when its phrases are made again: what was written in it is there the next time.
 */
export async function makePhrases(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  made: { readonly check: IdentityCheck; readonly once: string },
): Promise<MadePhrases | null> {
  if (!(await isFirstSending(transaction, `phrase:${made.once}`))) return null
  const fresh = makeId<CaseId>(transaction.now)
  const kept = await keepCompanion(transaction, caseId, {
    companionId: fresh,
    wrapped: wrapCaseKey(clinic.key, clinic.clinicId, fresh, makeCaseKey()),
  })
  if (!kept) throw new Fault('case-not-open', 'Phrases are made where the contact of a case is open.')
  await endPhrases(transaction, caseId)
  const open = await keepNewPhrase(clinic, transaction, by, caseId, 'open')
  const duress = await keepNewPhrase(clinic, transaction, by, caseId, 'duress')
  await recordAct(transaction, {
    verb: 'phrase-made',
    caseId,
    part: 'contact',
    detail: { check: made.check },
  })
  await tellCompanion(transaction, caseId)
  return { open, duress }
}

async function keepNewPhrase(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  kind: PhraseKind,
): Promise<readonly string[]> {
  const key = deriveSecret(clinic.key, 'case-phrases')
  for (let draws = 0; draws < mostDraws; draws += 1) {
    const words = drawPhrase(randomInt)
    const verifier = await hashPassword(bindPhrase(clinic.clinicId, caseId, words))
    const handle = findHandle(key, words)
    if (await insertPhrase(transaction, { caseId, kind, verifier, handle, by })) return words
  }
  throw new Fault('phrase-not-made', 'No phrase could be drawn that begins like no other.')
}
