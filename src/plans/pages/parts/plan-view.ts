import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { notificationBanner } from '../../../web/components/notification-banner.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { PlanFile } from '../../operations/load-plan.ts'
import { type Plan, sayPlanOutcome } from '../../plan.ts'
import { sayReviewReason } from '../../say-review.ts'
import { sayTrigger, triggers } from '../../trigger.ts'
import { actionsView } from './actions-view.ts'

export type Form = {
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** A form of the plan: whether it is shown, what was typed into it and what is wrong with that. */
export type PlanForm = {
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** The plan: what is due, what is to be done, what was looked at. */
export function planView(
  visit: CaseVisit,
  view: PlanForm & { readonly file: PlanFile; readonly plan: Plan },
): Html {
  const { file, plan, mayChange } = view
  const base = `/cases/${visit.caseId}/plan`
  const isOpen = plan.closing === null
  return html`${dueBanner(file, base, mayChange)}${summaryList({ rows: rowsOf(plan, file) })}
${actionsView(visit, file, plan, mayChange && isOpen)}
<div class="govuk-button-group">${mayChange && isOpen && button({ text: 'Add actions agreed today', href: `${base}/actions` })}${
    mayChange &&
    isOpen &&
    visit.sees('map', 'read') &&
    button({
      text: 'Add steps of the lock-out plan',
      href: `${base}/cards`,
      classes: 'govuk-button--secondary',
    })
  }${
    mayChange &&
    isOpen &&
    button({ text: 'Hold a review', href: `${base}/review`, classes: 'govuk-button--secondary' })
  }${button({ text: 'Copy to print', href: `${base}/print`, classes: 'govuk-button--secondary' })}${
    mayChange &&
    (isOpen
      ? button({ text: 'Close the plan', href: `${base}/close`, classes: 'govuk-button--secondary' })
      : button({ text: 'Reopen the plan', href: `${base}/reopen` }))
  }</div>
${mayChange && isOpen && changedPart(visit, view)}
${reviewsPart(plan, file)}
<p class="govuk-body"><a class="govuk-link" href="${base}/history">Every state this plan has had</a></p>
${insetText({
  html: html`<p class="govuk-body">Changing what the suspected person can see can tip them off and can make danger rise: plan the moment with the client. Keep the evidence first. The client should not read the plan on a device they do not trust.</p>`,
})}`
}

function dueBanner(file: PlanFile, base: string, mayChange: boolean): Html {
  if (file.due.length === 0) return html``
  return notificationBanner({
    title: { text: 'A review is due' },
    html: html`<ul class="govuk-list govuk-list--bullet">${file.due.map(
      due => html`<li>${sayReviewReason(due)}</li>`,
    )}</ul>${
      mayChange &&
      html`<p class="govuk-body"><a class="govuk-notification-banner__link" href="${base}/review">Hold the review</a></p>`
    }`,
  })
}

function rowsOf(plan: Plan, file: PlanFile) {
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } })
  const felt = (figure: number | null) => (figure === null ? 'Not asked' : `${figure} of 5`)
  const { closing } = plan
  return [
    row('Runs', `${sayDay(plan.startsOn)} to ${sayDay(plan.endsOn)}`),
    row(
      'State',
      closing
        ? `Closed on ${sayDay(closing.on)}. ${sayPlanOutcome(closing.outcome)}`
        : plan.endsOn < file.today
          ? 'Open, past its end: hold the last review, then extend or close it'
          : 'Open',
    ),
    ...(closing ? [] : [row('Next review', file.next ? sayDay(file.next.on) : 'All were held')]),
    row('Safety felt at the start', felt(plan.safetyAtStart)),
    ...(closing ? [row('Safety felt at the end', felt(closing.safetyAtEnd))] : []),
    ...(closing && closing.note !== ''
      ? [{ key: { text: 'Why it was closed' }, value: { html: html`<bdi>${closing.note}</bdi>` } }]
      : []),
  ]
}

function changedPart(visit: CaseVisit, view: PlanForm): Html {
  const { choose, words } = fieldWriter(view.typed, view.problems)
  return details({
    summary: { text: 'Something has changed' },
    open: view.problems.some(each => each.field === 'trigger' || each.field === 'changedNote'),
    html: startForm(
      { action: `/cases/${visit.caseId}/plan/changed`, csrfToken: visit.csrfToken, once: view.once },
      choose(
        'trigger',
        'What changed?',
        triggers.map(value => ({ value, text: sayTrigger(value) })),
        { hint: 'A review is due the same day. Everybody who works on the plan sees it' },
      ),
      words('changedNote', 'What the others should know (optional)'),
      button({ text: 'Ask for a review', classes: 'govuk-button--secondary', preventDoubleClick: true }),
    ),
  })
}

function reviewsPart(plan: Plan, file: PlanFile): Html {
  if (plan.reviews.length === 0 && plan.changes.length === 0) return html``
  const reported = plan.changes.map(each => ({
    at: each.at,
    html: html`${sayTrigger(each.kind)}${each.note !== '' && html`: <bdi>${each.note}</bdi>`}`,
  }))
  const held = plan.reviews.map(each => ({
    at: each.at,
    html: html`Review held${each.extendedTo !== null && `, the plan now ends on ${sayDay(each.extendedTo)}`}${
      each.note !== '' && html`: <bdi>${each.note}</bdi>`
    }`,
  }))
  const lines = [...reported, ...held].sort((one, other) => (one.at < other.at ? 1 : -1))
  return html`<h2 class="govuk-heading-m">Reviews and what changed</h2><ul class="govuk-list govuk-list--spaced">${lines.map(
    line =>
      html`<li><strong>${sayMoment(new Date(line.at), file.zone)}</strong><br><span class="keeps-lines">${line.html}</span></li>`,
  )}</ul>`
}
