import { dayAt } from '../../../foundation/calendar-day.ts'
import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { readIncidentFilter } from '../../incident-filter.ts'
import { listIncidentPage } from '../../operations/list-incidents.ts'
import { incidentsView } from './view.ts'

/** A page of the incidents of a case with their acts, and the time limits. */
export async function showIncidents({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const filter = readIncidentFilter(name => query.get(name))
  const place = readPlaceInList(name => query.get(name))
  const page = await visit.onCase(transaction => listIncidentPage(transaction, visit.caseId, filter, place))
  const body = incidentsView(visit, page, {
    filter,
    mayWork: visit.sees('chronology', 'write'),
    today: dayAt(visit.clinic.clock.now(), page.zone),
  })
  return showPage(staffPage(visit, { title: 'Incidents', body, wide: true }))
}
