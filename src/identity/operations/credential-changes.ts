import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CredentialChange, JoinsAgain } from '../credential-change.ts'
import {
  freeCredential,
  knowChanges,
  loadChanges,
  loadLinksToWitness,
  witnessLink,
} from '../credential-change-store.ts'
import { decideThird, type RefusedThird } from '../fresh-credential.ts'
import { keepSecretWords } from './secret-words.ts'

export type ChangesPage = {
  readonly changes: readonly CredentialChange[]
  /** Where the next page begins; null on the last. */
  readonly older: number | null
}

/** Who joined, or was set up again, by a link: the newest first, for administrators and coordinators. */
export async function listChanges(
  transaction: Transaction,
  page: { readonly before: number | null; readonly atMost: number },
): Promise<ChangesPage> {
  const found = await loadChanges(transaction, { ...page, atMost: page.atMost + 1 })
  const changes = found.slice(0, page.atMost)
  return { changes, older: found.length > page.atMost ? (changes.at(-1)?.changeId ?? null) : null }
}

/** One of them, or null where the person acting may not see it. */
export async function findChange(
  transaction: Transaction,
  changeId: number,
): Promise<CredentialChange | null> {
  return (await loadChanges(transaction, { changeId }))[0] ?? null
}

/** A third person says that somebody who was set up again is who they are: from now on nothing waits for them. */
export async function confirmAsThird(
  transaction: Transaction,
  changeId: number,
  by: { readonly personId: PersonId; readonly waitsUntil: Date | null },
): Promise<Decision<object, RefusedThird | 'unknown'>> {
  const change = await findChange(transaction, changeId)
  if (!change) return { allowed: false, because: 'unknown' }
  const decision = decideThird(change, by, transaction.now)
  if (!decision.allowed) return decision
  if (!(await freeCredential(transaction, changeId))) return { allowed: false, because: 'over' }
  await recordAct(transaction, { verb: 'third-person-confirmed', subject: change.personId })
  return { allowed: true }
}

/** The person acting says that they know of the changes of what they sign in with, up to one. */
export async function knowOfChanges(
  transaction: Transaction,
  personId: PersonId,
  upTo: number,
): Promise<void> {
  if ((await knowChanges(transaction, upTo)) > 0)
    await recordAct(transaction, { verb: 'credential-change-known', subject: personId })
}

/** Who is to join again and could have the word of the person acting. */
export async function listWhoJoinsAgain(transaction: Transaction): Promise<readonly JoinsAgain[]> {
  return loadLinksToWitness(transaction)
}

/** Gives somebody's colleague, who is with them, `words` to read out in place of what was lost. False when they may not. */
export async function vouchForColleague(
  clinic: Clinic,
  transaction: Transaction,
  personId: PersonId,
  words: readonly string[],
): Promise<boolean> {
  const kept = await keepSecretWords(clinic, 'witness', personId, words)
  if (!(await witnessLink(transaction, personId, kept))) return false
  await recordAct(transaction, { verb: 'colleague-vouched-for', subject: personId })
  return true
}
