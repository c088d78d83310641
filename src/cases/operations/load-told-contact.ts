import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { YesNoUnknown } from '../eligibility.ts'
import { type Channel, type JewelKind, readChannel } from '../referral.ts'
import { loadJewel } from '../store.ts'
import { loadFirstAccountRow } from '../triage-store.ts'
import { openCaseSeal } from './open-case-seal.ts'

/** What was said about contact at the referral, with everything that is sealed in it. */
export type ToldContact = {
  readonly at: string
  readonly by: 'client' | 'someone-else'
  readonly wants: YesNoUnknown
  readonly ways: readonly (Channel & { readonly kind: 'phone' | 'email' | 'other' })[]
  readonly times: string
  readonly voicemail: string
  readonly codeWords: string
}

/**
 * What was said about contact at the referral, for the program alone, on a case that is open for its contact: a person
 * sees each of these after a click of its own (S6). Null where no account was kept.
 */
export async function loadToldContact(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<ToldContact | null> {
  if (transaction.actor.kind !== 'task') return null
  const account = await loadFirstAccountRow(transaction, caseId)
  if (!account) return null
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const told = async (kind: JewelKind): Promise<string> => {
    const sealed = await loadJewel(transaction, caseId, kind)
    return sealed ? seal.open(kind, sealed) : ''
  }
  const kinds = { phone: 'phone', email: 'email', 'other-way': 'other' } as const
  const ways: (Channel & { readonly kind: 'phone' | 'email' | 'other' })[] = []
  for (const jewel of ['phone', 'email', 'other-way'] as const) {
    const text = await told(jewel)
    if (text !== '') ways.push({ ...readChannel(text), kind: kinds[jewel] })
  }
  return {
    at: account.receivedAt.toISOString(),
    by: account.answers.filledBy,
    wants: account.answers.wantsContact,
    ways,
    times: await told('safe-times'),
    voicemail: await told('voicemail'),
    codeWords: await told('code-words'),
  }
}
