import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listQuietUses } from '../../operations/phrase-state.ts'
import type { StaffVisit } from '../../route.ts'
import { staffHomeView } from './view.ts'

/** Shows somebody the first page of their day. */
export async function showStaffHome(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const quiet = await visit.clinic.database.transaction(visit.actor, listQuietUses)
  return showPage(staffHomeView(visit, quiet))
}
