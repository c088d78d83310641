import { type Agency, listAgencies } from '../../directory/operations/list-agencies.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ExceptionRequest } from '../exception.ts'
import { loadExceptionRequests, loadExceptionStates } from '../exception-store.ts'

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

/** How each request stands, and nothing else of it. */
export async function listExceptionStates(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly Pick<ExceptionRequest, 'state'>[]> {
  return loadExceptionStates(transaction, caseId)
}
