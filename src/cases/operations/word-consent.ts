import { listAgencies } from '../../directory/operations/list-agencies.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { AgencyId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { type ConsentMethod, sayConsentEnd, sayConsentMethod } from '../consent.ts'
import type { AgreedWith } from '../consent-words.ts'

/** What is agreed with one agency, in the words that are read before it is recorded and kept with it. */
export async function wordConsent(
  transaction: Transaction,
  choice: {
    readonly agencyId: AgencyId
    readonly parts: readonly CasePart[]
    readonly how: ConsentMethod
    readonly until: Date | null
  },
): Promise<AgreedWith> {
  const agencies = await listAgencies(transaction)
  const { timeZone } = await loadProfile(transaction)
  return {
    agencyName: agencies.find(each => each.agencyId === choice.agencyId)?.name ?? '',
    parts: choice.parts,
    how: sayConsentMethod(choice.how),
    until: sayConsentEnd(choice.until, timeZone),
  }
}
