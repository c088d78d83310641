import { type CaseId, type PersonId, parseId } from '../../../foundation/ids.ts'
import type { StaffRoute } from '../../../identity/route.ts'
import { goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { fieldText } from '../../../web/request.ts'
import { liftBar } from '../../operations/lift-bar.ts'

/** Lifts a bar that a likeness of names put up. */
export const liftBarRoute: StaffRoute = {
  kind: 'staff',
  method: 'POST',
  path: '/triage/:case/lift-bar',
  who: ['coordinator'],
  answer: async ({ params, form }, visit) => {
    const caseId = parseId<CaseId>(params['case'] ?? '')
    const personId = parseId<PersonId>(fieldText(form, 'person'))
    const reason = fieldText(form, 'reason').trim().slice(0, 500)
    if (!caseId || !personId) return showPage(problemPage(404), 404)
    // Without a reason the bar stays, and the page shows it still there.
    if (reason !== '') {
      await visit.clinic.database.transaction(visit.actor, transaction =>
        liftBar(transaction, visit.staff.personId, caseId, personId, reason),
      )
    }
    return goTo(`/triage/${caseId}`)
  },
}
