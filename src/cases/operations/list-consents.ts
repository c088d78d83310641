import { type Agency, listAgencies } from '../../directory/operations/list-agencies.ts'
import type { AgencyId, CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import { loadBars } from '../bar-store.ts'
import { type Consent, type ConsentState, findConsentState } from '../consent.ts'
import type { FiledBar } from '../filed.ts'
import { loadConsents, loadConsentTerms } from '../store.ts'

export type ConsentLine = Consent & { readonly agencyName: string; readonly state: ConsentState }

export type ConsentsOfCase = {
  readonly lines: readonly ConsentLine[]
  readonly agencies: readonly Agency[]
  readonly bars: readonly FiledBar[]
}

/** Which agencies are party to a case and by what consent, now and before; on a case open for its consents. */
export async function listConsents(transaction: Transaction, caseId: CaseId): Promise<ConsentsOfCase> {
  const [agencies, consents, bars] = await Promise.all([
    listAgencies(transaction),
    onceInVisit(transaction, `consents ${caseId}`, () => loadConsents(transaction, caseId)),
    onceInVisit(transaction, `bars ${caseId}`, () => loadBars(transaction, caseId)),
  ])
  const nameOf = new Map(agencies.map(agency => [agency.agencyId, agency.name]))
  const lines = consents.map(consent => ({
    ...consent,
    agencyName: nameOf.get(consent.agencyId) ?? '',
    state: findConsentState(consent, transaction.now),
  }))
  return { lines, agencies, bars }
}

/** An agency of the clinic, and whether it is party to a case by a consent in force now. */
export type Party = { readonly agencyId: AgencyId; readonly name: string; readonly isParty: boolean }

/** Which agencies are party to a case now, the lead first; on a case open for its consents. */
export async function listParties(transaction: Transaction, caseId: CaseId): Promise<readonly Party[]> {
  return (await loadConsentTerms(transaction, caseId)).map(({ agencyId, name, terms }) => ({
    agencyId,
    name,
    isParty: terms.some(each => findConsentState(each, transaction.now) === 'in-force'),
  }))
}
