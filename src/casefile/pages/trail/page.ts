import { countTrailByItself, listTrail } from '../../../audit/operations/list-trail.ts'
import { loadIncidentZone } from '../../../chronology/operations/load-incident.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { trailView } from './view.ts'

const aPage = 100

/** Who did and who opened what in a case; with `?by=program`, what the program did by itself. */
export async function showTrail({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const asked = query.get('before') ?? ''
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null
  const by = query.get('by') === 'program' ? 'program' : 'people'
  const found = await visit.onCase(async transaction => ({
    list: await listTrail(transaction, visit.caseId, { by, before, atMost: aPage }),
    counted: await countTrailByItself(transaction, visit.caseId),
    zone: await loadIncidentZone(transaction, visit.caseId),
  }))
  const { list, counted, zone } = found
  const { acts, older, counted: total } = list
  return showPage(trailView(visit, { acts, older, total, counted, zone, by, before }))
}
