import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CheckChange } from '../../device-check/check-change.ts'
import { checkMeaning } from '../../device-check/check-meaning.ts'
import {
  sayCheckDay,
  sayCheckMethod,
  sayCheckSubject,
  sayKnownBecause,
} from '../../device-check/say-check.ts'
import { checkFieldsView } from '../parts/check-view.ts'
import { appsView, keptListView, unreadView } from './apps-view.ts'
import { devicesView } from './devices-view.ts'
import type { ResultView } from './result-view.ts'

/** One check as sentences, with the fixed words for what it can and cannot show. */
export function resultView(visit: CaseVisit, view: ResultView): Html {
  const { thing, newest, problems, zone } = view
  const { check, checkId } = newest
  const base = `/cases/${visit.caseId}/map/things/${thing.thingId}/check`
  const first = view.revisions.at(-1) ?? newest
  const row = (key: string, value: Html | string) => ({
    key: { text: key },
    value: typeof value === 'string' ? { text: value } : { html: value },
  })
  return staffPage(visit, {
    title: titleWithProblems('What a device check found', problems),
    back: { href: base, text: 'Back to the device checks' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<span class="govuk-caption-l">${view.title}: <bdi>${thing.label}</bdi></span><h1 class="govuk-heading-l">What the check found</h1>
${summaryList({
  rows: [
    row('Looked at', check.looked.map(sayCheckSubject).join(', ')),
    row('How', sayCheckMethod(check.way)),
    row('Who looked', html`<bdi>${check.lookedBy}</bdi>`),
    row('On', sayCheckDay(check.day)),
    row('Known because', sayKnownBecause(check.way)),
    row('Written down', html`<bdi>${first.byName}</bdi>, ${sayMoment(first.at, zone)}`),
  ],
})}
${check.way === 'phone' && insetText({ text: checkMeaning.byPhone })}
${check.words !== '' && html`<h2 class="govuk-heading-m">In words</h2><p class="govuk-body keeps-lines"><bdi>${check.words}</bdi></p>`}
${!check.found && check.list === null && html`<p class="govuk-body"><strong>Nothing was found.</strong> ${checkMeaning.nothingFound}</p>`}
${check.list?.kind === 'apps' && appsView(visit, check.list)}
${check.list?.kind === 'devices' && devicesView(visit, view, check.list)}
${check.list && html`${unreadView(check.list)}${keptListView(visit, check.list, `${base}/${checkId}/list`)}`}
${view.mayChange && correctionForm(visit, view, `${base}/${checkId}`)}
${view.revisions.length > 1 && earlierStates(view)}
</div></div>`,
  })
}

function correctionForm(visit: CaseVisit, { typed, problems, newest }: ResultView, action: string): Html {
  return details({
    summary: { text: 'Put right what was written down' },
    open: problems.length > 0,
    html: startForm(
      { action, csrfToken: visit.csrfToken },
      html`<input type="hidden" name="seen" value="${String(newest.revision)}">`,
      checkFieldsView(typed, problems),
      button({ text: 'Keep it like this', classes: 'govuk-button--secondary', preventDoubleClick: true }),
    ),
  })
}

const changes: Readonly<Record<CheckChange, string>> = {
  recorded: 'wrote it down',
  corrected: 'put right what was written down',
  'devices-answered': 'asked the client about the devices',
  'put-on-map': 'put a device on the map',
}

/** What was said before: a check is never overwritten. */
function earlierStates({ revisions, zone }: ResultView): Html {
  return details({
    summary: { text: 'Earlier states of this check' },
    html: html`<ul class="govuk-list govuk-list--bullet">${revisions.map(
      ({ at, byName, change, check }) =>
        html`<li>${sayMoment(at, zone)}: <bdi>${byName}</bdi> ${changes[change]}. ${sayCheckMethod(check.way)}, on ${sayCheckDay(check.day)}, by <bdi>${check.lookedBy}</bdi>: ${check.looked.map(sayCheckSubject).join(', ')}. ${check.found ? 'Something found.' : 'Nothing found.'}${
          check.words !== '' && html`<p class="govuk-body keeps-lines"><bdi>${check.words}</bdi></p>`
        }</li>`,
    )}</ul>`,
  })
}
