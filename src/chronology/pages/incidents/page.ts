import { dayAt } from '../../../foundation/calendar-day.ts'
import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listIncidents } from '../../operations/list-incidents.ts'
import { incidentsView } from './view.ts'

/** The incidents of a case with their acts, and the time limits. */
export async function showIncidents({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const list = await visit.onCase(transaction => listIncidents(transaction, visit.caseId))
  const body = incidentsView(visit, list, {
    place: readPlaceInList(name => query.get(name)),
    mayWork: visit.sees('chronology', 'write'),
    today: dayAt(visit.clinic.clock.now(), list.zone),
  })
  return showPage(staffPage(visit, { title: 'Incidents', body, wide: true }))
}
