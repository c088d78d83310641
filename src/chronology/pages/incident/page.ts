import { type IncidentId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadIncident } from '../../operations/load-incident.ts'
import { incidentView } from './view.ts'

/** One incident as it is told now, what it rests on, and every revision before. */
export async function showIncident(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const incidentId = parseId<IncidentId>(request.params['incident'] ?? '')
  const file =
    incidentId && (await visit.onCase(transaction => loadIncident(transaction, visit.caseId, incidentId)))
  if (!file) return showPage(problemPage(404), 404)
  return showPage(
    staffPage(visit, {
      title: `Incident ${file.number}`,
      body: incidentView(visit, file, visit.sees('chronology', 'write')),
      back: { href: `/cases/${visit.caseId}/incidents`, text: 'Back to the incidents' },
    }),
  )
}
