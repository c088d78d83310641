import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadEvidence } from '../../operations/load-evidence.ts'
import { verifyCustody } from '../../operations/verify-custody.ts'
import { custodyView } from './view.ts'

/** Checks the whole custody log of the case and shows it. */
export async function showCustody({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { check, context, items } = await visit.onCase(async transaction => ({
    check: await verifyCustody(visit.clinic, transaction, visit.caseId),
    ...(await loadEvidence(transaction, visit.caseId)),
  }))
  const references = new Map(items.map(({ item }) => [item.sha256, item.exhibitRef]))
  return showPage(
    custodyView(visit, {
      check,
      place: readPlaceInList(name => query.get(name)),
      references,
      zone: context?.zone ?? 'Europe/London',
    }),
  )
}
