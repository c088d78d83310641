import { type CaseId, type PersonId, parseId } from '../../../foundation/ids.ts'
import { findActCheck } from '../../../identity/check-act.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { liftBar } from '../../operations/lift-bar.ts'
import { readReferral } from '../../operations/read-referral.ts'
import { liftForm } from './form.ts'

/** Lifts a bar that a likeness of names put up, after a page that says what follows, with a reason. */
export async function takeBarOff({ params, form }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const caseId = parseId<CaseId>(params['case'] ?? '')
  const personId = parseId<PersonId>(fieldText(form, 'person'))
  if (!caseId || !personId) return showPage(problemPage(404), 404)
  return visit.clinic.database.transaction(visit.actor, async transaction => {
    const file = await readReferral(transaction, caseId)
    const bar = file?.bars.find(each => each.personId === personId)
    if (!file || !bar) return showPage(problemPage(404), 404)
    if (bar.liftedAt !== null) return goTo(`/triage/${caseId}`)
    const read = readForm(liftForm, form)
    const check = {
      title: `Let ${bar.personName} see this file?`,
      chosen: [{ key: 'Barred because', value: 'Their name is like the suspected person’s' }],
      follows: [
        `From that moment ${bar.personName} sees this referral and the case that may come of it, as far as their role and the client’s consent go.`,
        'If they are the suspected person, or close to them, they could learn where the client is and what the client told us. Find out first, from somebody other than them.',
        'They are not told. The bar stays readable, with your reason.',
      ],
      undo: 'Once the case is open, a coordinator can bar them again. What they looked at in between cannot be unseen.',
      action: `/triage/${caseId}/lift-bar`,
      fields: { person: personId },
      asks: write => write.words('reason', 'Why is this not the same person?'),
      button: 'Let them see it',
      back: { href: `/triage/${caseId}`, text: 'Back to triage' },
    } satisfies Parameters<typeof findActCheck>[2]
    const page = findActCheck(visit, form, check, read.ok ? [] : read.problems)
    if (page || !read.ok) return page ?? showPage(problemPage(404), 404)
    await liftBar(transaction, visit.staff.personId, caseId, personId, read.value.reason)
    return goTo(`/triage/${caseId}`)
  })
}
