import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { countCase } from '../../count-case.ts'
import { chooseNextThings } from '../../next-things.ts'
import { loadOverview } from '../../operations/load-overview.ts'
import { overviewView } from './view.ts'

/** The page that shows a whole case to somebody, as far as they may see it. */
export async function showOverview(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, clinic } = visit
  const overview = await visit.onCase(transaction => loadOverview(visit.clinic, transaction, caseId))
  if (!overview) return showPage(problemPage(404), 404)
  const may = (part: 'evidence' | 'chronology' | 'bundle' | 'appointment' | 'plan') =>
    visit.sees(part, 'write')
  const next = chooseNextThings(countCase(overview, clinic.clock.now()), {
    evidence: may('evidence'),
    chronology: may('chronology'),
    bundle: may('bundle'),
    appointment: may('appointment'),
    plan: may('plan'),
  })
  const { reference } = overview.line
  return showPage(
    staffPage(visit, {
      title: `Case ${reference}`,
      body: overviewView(visit, overview, next, clinic.clock.now()),
      back: { href: '/cases', text: 'Back to cases' },
    }),
  )
}
