import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listCustody } from '../../operations/list-custody.ts'
import { verifyCustody } from '../../operations/verify-custody.ts'
import { custodyView } from './view.ts'

/** A page of the custody log; with `?check=whole`, what a check of all of it came to stands above. */
export async function showCustody({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  const found = await visit.onCase(async transaction => ({
    ...(await listCustody(transaction, visit.caseId, place)),
    check:
      query.get('check') === 'whole' ? await verifyCustody(visit.clinic, transaction, visit.caseId) : null,
  }))
  return showPage(custodyView(visit, found))
}
