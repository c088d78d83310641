import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { YesNoUnknown } from '../eligibility.ts'
import { type ReferralChannel, readChannel, type SealedFieldKind } from '../referral.ts'
import { loadSealedField } from '../store.ts'
import { loadFirstAccountRow } from '../triage-store.ts'
import { openCaseSeal } from './open-case-seal.ts'

/** What was said about contact at the referral, with everything that is sealed in it. */
export type ContactAnswers = {
  readonly at: string
  readonly by: 'client' | 'someone-else'
  readonly wants: YesNoUnknown
  readonly contactChannels: readonly (ReferralChannel & { readonly kind: 'phone' | 'email' | 'other' })[]
  readonly times: string
  readonly voicemail: string
  readonly codeWords: string
}

/**
 * What was said about contact at the referral, for the program alone, on a case that is open for its contact: a person
 * sees each of these after a click of its own (S6). Null where no account was kept.
 */
export async function loadContactAnswers(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<ContactAnswers | null> {
  if (transaction.actor.kind !== 'task') return null
  const account = await loadFirstAccountRow(transaction, caseId)
  if (!account) return null
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const answer = async (kind: SealedFieldKind): Promise<string> => {
    const sealed = await loadSealedField(transaction, caseId, kind)
    return sealed ? seal.open(kind, sealed) : ''
  }
  const kinds = { phone: 'phone', email: 'email', 'other-way': 'other' } as const
  const channels: (ReferralChannel & { readonly kind: 'phone' | 'email' | 'other' })[] = []
  for (const kind of ['phone', 'email', 'other-way'] as const) {
    const text = await answer(kind)
    if (text !== '') channels.push({ ...readChannel(text), kind: kinds[kind] })
  }
  return {
    at: account.receivedAt.toISOString(),
    by: account.answers.filledBy,
    wants: account.answers.wantsContact,
    contactChannels: channels,
    times: await answer('safe-times'),
    voicemail: await answer('voicemail'),
    codeWords: await answer('code-words'),
  }
}
