import { type Agency, listAgencies } from '../../directory/operations/list-agencies.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ExceptionRequest } from '../exception.ts'
import { loadExceptionRequests } from '../exception-store.ts'

export type ExceptionLine = ExceptionRequest & { readonly agencyName: string }
export type ExceptionsOfCase = {
  readonly requests: readonly ExceptionLine[]
  readonly agencies: readonly Agency[]
}

/** What was asked for, and decided, about sharing a case without consent; on a case open for its consents. */
export async function listExceptions(transaction: Transaction, caseId: CaseId): Promise<ExceptionsOfCase> {
  const agencies = await listAgencies(transaction)
  const nameOf = new Map(agencies.map(agency => [agency.agencyId, agency.name]))
  const requests = await loadExceptionRequests(transaction, caseId)
  return {
    agencies,
    requests: requests.map(each => ({ ...each, agencyName: nameOf.get(each.agencyId) ?? '' })),
  }
}
