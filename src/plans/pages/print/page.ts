import { findCaseLine } from '../../../cases/operations/list-caseload.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffAlarms } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import { layoutPage } from '../../../web/layout.ts'
import type { PageRequest } from '../../../web/request.ts'
import { type ClientPlan, clientPlanParts, sayPartPlainly, writeClientPlan } from '../../client-plan.ts'
import { loadPlan } from '../../operations/load-plan.ts'

/**
 * The copy that a client may take with them: a sheet that says what is to be done and by when, and not what it is
 * about (S2). It has no name on it unless somebody chose that it should.
 */
export async function showPrintedPlan(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const withName = request.query.get('name') === 'yes'
  const base = `/cases/${visit.caseId}/plan`
  const { found, name } = await visit.onCase(async transaction => ({
    found: await loadPlan(visit.clinic, transaction, visit.caseId),
    name: withName ? ((await findCaseLine(transaction, visit.caseId))?.clientName ?? null) : null,
  }))
  const title = 'Things to do'
  const body = html`<div class="not-printed"><p class="govuk-body">This is the sheet as it is printed: from the menu of your browser, choose to print. Ask the client first whether paper is safe to keep.</p>
<p class="govuk-body">${
    withName
      ? html`<a class="govuk-link" href="${base}/print">Leave the name out</a>`
      : html`<a class="govuk-link" href="${base}/print?name=yes">Put the client’s name on it</a>`
  }</p></div>
<h1 class="govuk-heading-l">${title}</h1>${name !== null && html`<p class="govuk-body"><bdi>${name}</bdi></p>`}${found ? sheet(writeClientPlan(found.plan)) : html`<p class="govuk-body">Nothing yet.</p>`}`
  return showPage(layoutPage({ kind: 'staff', title, body, first: staffAlarms(visit), back: { href: base } }))
}

function sheet(plan: ClientPlan): Html {
  return html`<p class="govuk-body">${sayDay(plan.startsOn)} to ${sayDay(plan.endsOn)}</p>${clientPlanParts.map(
    part => {
      const actions = plan.actions.filter(action => action.part === part)
      return (
        actions.length > 0 &&
        table({
          caption: sayPartPlainly(part),
          captionClasses: 'govuk-table__caption--m',
          head: ['What', 'Who', ...(part === 'now' ? ['By'] : []), 'Where it stands'].map(text => ({ text })),
          rows: actions.map(action => [
            { html: html`${action.number}. <bdi>${action.words}</bdi>` },
            { text: action.isOfClient ? 'You' : 'We' },
            ...(part === 'now' ? [{ text: action.dueOn ? sayDay(action.dueOn) : '' }] : []),
            { text: action.state },
          ]),
        })
      )
    },
  )}${plan.nextReviewOn && html`<p class="govuk-body">We look at this again on ${sayDay(plan.nextReviewOn)}.</p>`}`
}
