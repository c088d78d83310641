import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { StaffVisit } from '../../route.ts'
import { staffHomeView } from './view.ts'

/** Shows somebody the first page of their day. */
export async function showStaffHome(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return showPage(staffHomeView(visit))
}
