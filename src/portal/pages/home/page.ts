import { loadNextAppointmentForClient } from '../../../appointments/operations/load-next-for-client.ts'
import { saySlot } from '../../../appointments/say-slot.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import type { ClientVisit } from '../../../identity/route.ts'
import { type ClientPlan, clientPlanParts, sayPartPlainly } from '../../../plans/client-plan.ts'
import { loadPlanForClient } from '../../../plans/operations/load-plan-for-client.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { myPage } from '../parts/my-page.ts'

/** What is next and what is to be done, in words that say nothing to anyone who stands beside the client (S2). */
export async function showHome(request: PageRequest, visit: ClientVisit): Promise<Answer> {
  const { next, plan } = await visit.onCase(async transaction => ({
    next: await loadNextAppointmentForClient(transaction, visit.caseId),
    plan: await loadPlanForClient(visit.clinic, transaction, visit.caseId),
  }))
  return showPage(
    myPage(request, {
      title: 'Your page',
      heading: 'Your page',
      body: html`<h2 class="govuk-heading-m">Next appointment</h2>
<p class="govuk-body">${next ? html`${saySlot(next.startsAt, next.endsAt, next.zone)}. ${next.how}.` : 'None booked at the moment.'}</p>
<h2 class="govuk-heading-m">Your plan</h2>
${plan && !plan.isClosed ? planView(plan) : html`<p class="govuk-body">Nothing at the moment.</p>`}
${button({ text: 'Write a note', href: '/my/notes/new', classes: 'govuk-button--secondary' })}`,
    }),
  )
}

function planView(plan: ClientPlan): Html {
  return html`<p class="govuk-body">${sayDay(plan.startsOn)} to ${sayDay(plan.endsOn)}${plan.nextReviewOn && html`. We look at it again on ${sayDay(plan.nextReviewOn)}`}.</p>
${clientPlanParts.map(part => {
  const actions = plan.actions.filter(action => action.part === part)
  return (
    actions.length > 0 &&
    html`<h3 class="govuk-heading-s">${sayPartPlainly(part)}</h3>${summaryList({
      rows: actions.map(action => ({
        key: { text: `${action.number}. ${action.isOfClient ? 'You' : 'We'}` },
        value: {
          html: html`<bdi>${action.words}</bdi><br>${action.state}${action.dueOn && html`, by ${sayDay(action.dueOn)}`}`,
        },
      })),
    })}`
  )
})}`
}
