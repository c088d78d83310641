import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CaseLine } from '../../filed.ts'
import type { RevisionStep } from '../../operations/load-triage-history.ts'
import { sayUrgency } from '../../red-flags.ts'
import { sayStalkerType } from '../../triage.ts'
import { sayTypeReasons, sayUrgencyReasons, type TriageRevision } from '../../triage-revision.ts'

export type TriageHistoryView = {
  readonly steps: readonly RevisionStep[]
  readonly older: number | null
  readonly before: number | null
  readonly line: CaseLine | null
  readonly state: 'open' | 'closed' | null
  readonly zone: string
}

/** What the case is taken to be for now and how soon somebody must act, with the reasons; and the history of that. */
export function triageHistoryView(visit: CaseVisit, view: TriageHistoryView): Html {
  const { steps, older, before, line } = view
  const base = `/cases/${visit.caseId}/triage`
  const title = 'Type and urgency'
  const newest = before === null ? steps[0]?.now : undefined
  const body = html`${caseNavigation(visit, 'triage')}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">The type is a working assumption, and rests on the reasons below it. Revise both when something changes: nothing is overwritten.</p>
${newest && currentView(newest, view.zone)}
${
  steps.length === 0 &&
  before === null &&
  html`<p class="govuk-body">${line ? `${sayStalkerType(line.type)}; ${sayUrgency(line.urgency).toLowerCase()}. ` : ''}Nothing more is held: no reasons were kept with this case.</p>`
}
${
  view.state === 'closed'
    ? html`<p class="govuk-body">The case is closed. Open it again to revise them.</p>`
    : visit.sees('triage', 'write') && button({ text: 'Revise type and urgency', href: `${base}/revise` })
}
${steps.length > 0 && html`<h2 class="govuk-heading-m">How they were settled, the newest first</h2>${summaryList({ rows: steps.map(step => stepRow(step, view.zone)) })}`}
${
  (older !== null || before !== null) &&
  html`<p class="govuk-body not-printed">${before !== null && html`<a class="govuk-link" href="${base}">Newest</a> `}${older !== null && html`<a class="govuk-link" href="${base}?before=${older}">Older</a>`}</p>`
}`
  return staffPage(visit, { title, body, back: { href: `/cases/${visit.caseId}`, text: 'Back to the case' } })
}

function currentView(now: TriageRevision, zone: string): Html {
  return summaryList({
    rows: [
      {
        key: { text: 'Type, for now' },
        value: { html: html`${sayStalkerType(now.type)}${listOf(sayTypeReasons(now.typeReasons))}` },
      },
      {
        key: { text: 'Somebody must act' },
        value: { html: html`${sayUrgency(now.urgency)}${listOf(sayUrgencyReasons(now.urgencyReasons))}` },
      },
      {
        key: { text: 'Settled' },
        value: {
          html: html`${sayMoment(now.at, zone)}, by <bdi>${now.by || 'somebody whose name is not known'}</bdi>`,
        },
      },
      {
        key: { text: 'Note' },
        value: { html: html`<div dir="auto" class="keeps-lines">${now.note || 'None'}</div>` },
      },
    ],
  })
}

/** The same as rows of the list of all of them: who, when, from what to what, and why. */
function stepRow({ now, before }: RevisionStep, zone: string) {
  const type = fromTo(sayStalkerType(now.type), before && sayStalkerType(before.type))
  const urgency = fromTo(sayUrgency(now.urgency), before && sayUrgency(before.urgency))
  const reasons = [...sayTypeReasons(now.typeReasons), ...sayUrgencyReasons(now.urgencyReasons)]
  return {
    key: {
      html: html`${sayMoment(now.at, zone)}<br><bdi class="govuk-!-font-weight-regular">${now.by || 'Name not known'}</bdi>`,
    },
    value: {
      html: html`Type: ${type}<br>Urgency: ${urgency}${listOf(reasons)}${now.note !== '' && html`<div dir="auto" class="keeps-lines">${now.note}</div>`}`,
    },
  }
}

function fromTo(now: string, before: string | null): string {
  if (before === null) return now
  return before === now ? `${now}, as before` : `from ${before} to ${now}`
}

function listOf(lines: readonly string[]): Html {
  if (lines.length === 0) return html``
  return html`<ul class="govuk-list govuk-list--bullet govuk-!-margin-top-1">${lines.map(each => html`<li>${each}</li>`)}</ul>`
}
