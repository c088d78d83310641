import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffAlarms } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { type Html, html } from '../../../web/html.ts'
import { layoutPage } from '../../../web/layout.ts'
import type { PageRequest } from '../../../web/request.ts'
import { findCard, findDone, type LockOut } from '../../lock-out/lock-out.ts'
import { sayStepPlainly } from '../../lock-out/plain-step.ts'
import { type DrawnCase, drawUpCase } from '../../operations/draw-up-case.ts'

/**
 * The chosen steps on paper, to follow beside the client: what to do, what to have ready, how to go back. It does not
 * say what it is about and has no name on it (S2).
 */
export async function showPrintedSteps(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { drawn, zone } = await visit.onCase(async transaction => ({
    drawn: await drawUpCase(visit.clinic, transaction, visit.caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const title = 'Things to do'
  const back = { href: `/cases/${visit.caseId}/map/lock-out` }
  const body = html`<div class="not-printed"><p class="govuk-body">This is the sheet as it is printed: from the menu of your browser, choose to print. Ask the client first whether paper is safe to keep. What will be noticed, and by whom, is not on it.</p></div>
<h1 class="govuk-heading-l">${title}</h1>${drawn.lockOut ? sheet(drawn, drawn.lockOut, zone) : html`<p class="govuk-body">Nothing yet.</p>`}`
  return showPage(layoutPage({ kind: 'staff', title, body, first: staffAlarms(visit), back }))
}

function sheet(drawn: DrawnCase, lockOut: LockOut, zone: string): Html {
  const done = new Set(findDone(lockOut))
  const { hour } = lockOut
  const waits = new Set(drawn.whole.steps.filter(step => step.alerts).map(step => step.id))
  return html`<ol class="govuk-list govuk-list--number govuk-list--spaced">${lockOut.order.map(step => {
    const told = drawn.told.get(step)
    const label = findCard(lockOut, step)?.label ?? step
    return html`<li><strong><bdi>${sayStepPlainly(label)}</bdi></strong>${done.has(step) && ' (done)'}${
      waits.has(step) &&
      !done.has(step) &&
      hour !== null &&
      html`<br>Not before ${sayMoment(new Date(hour), zone)}`
    }${told && !done.has(step) && html`<br>Have ready: ${sayStepPlainly(told.ready)}<br>To go back: ${sayStepPlainly(told.undo)}`}</li>`
  })}</ol>`
}
