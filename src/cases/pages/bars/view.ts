import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { sayBarReason } from '../../bar.ts'
import type { FiledBar } from '../../filed.ts'
import type { BarsOfCase } from '../../operations/list-bars.ts'

export type BarsView = BarsOfCase & {
  readonly zone: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** Who must never see a case: the bars now and before, and the forms to bar somebody and to lift a bar. */
export function barsView(visit: CaseVisit, view: BarsView): Html {
  const { bars, problems } = view
  const inForce = bars.filter(bar => bar.liftedAt === null)
  const title = 'Who must never see this case'
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: `/cases/${visit.caseId}/consents` },
    body: html`${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Bar a colleague who knows the client or the suspected person, or may be one of them. From that moment every page of this case is shut to them, whatever was consented to.</p>
${
  bars.length === 0
    ? html`<p class="govuk-body">Nobody is barred by name.</p>`
    : scrollingRegion({ label: 'Bars', html: barTable(bars, view.zone) })
}
${barForm(visit, view)}
${inForce.length > 0 && liftForm(visit, view, inForce)}`,
  })
}

function barTable(bars: readonly FiledBar[], zone: string): Html {
  return table({
    caption: 'Bars, the oldest first',
    captionClasses: 'govuk-visually-hidden',
    head: [{ text: 'Who' }, { text: 'Why' }, { text: 'Since' }, { text: 'Lifted' }],
    rows: bars.map(bar => [
      { html: html`<bdi>${bar.personName}</bdi>` },
      { html: html`<bdi>${sayBarReason(bar.reason)}</bdi>` },
      { text: sayMoment(bar.madeAt, zone) },
      {
        html: bar.liftedAt
          ? html`${sayMoment(bar.liftedAt, zone)}. <bdi>${bar.liftReason ?? ''}</bdi>`
          : html`No`,
      },
    ]),
  })
}

function barForm(visit: CaseVisit, view: BarsView): Html {
  const { choose, words } = fieldWriter(view.typed, view.problems)
  return html`<h2 class="govuk-heading-m">Bar somebody</h2>${startForm(
    { action: `/cases/${visit.caseId}/bars`, csrfToken: visit.csrfToken, once: view.once },
    choose(
      'person',
      'Who must not see this case?',
      view.others.map(each => ({ value: each.personId, text: each.name, hint: each.agencyName })),
    ),
    words('reason', 'Why?', { hint: 'The coordinators of this case can read it.' }),
    button({ text: 'Bar them', preventDoubleClick: true }),
  )}`
}

function liftForm(visit: CaseVisit, view: BarsView, inForce: readonly FiledBar[]): Html {
  const { choose, words } = fieldWriter(view.typed, view.problems)
  return html`<h2 class="govuk-heading-m">Lift a bar</h2>${startForm(
    { action: `/cases/${visit.caseId}/bars/lift`, csrfToken: visit.csrfToken },
    choose(
      'barred',
      'Whose bar is lifted?',
      inForce.map(bar => ({ value: bar.personId, text: bar.personName })),
    ),
    words('why', 'Why may they see it again?'),
    button({ text: 'Lift the bar', classes: 'govuk-button--secondary', preventDoubleClick: true }),
  )}`
}
