import type { CountedByItself, RecordedAct } from '../../../audit/act.ts'
import { type TrailLine, writeCounted, writeTrail } from '../../../cases/trail-line.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { details } from '../../../web/components/details.ts'
import { listTotal } from '../../../web/components/list-pages.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'

export type TrailView = {
  readonly acts: readonly RecordedAct[]
  readonly counted: CountedByItself
  readonly older: number | null
  readonly before: number | null
  readonly by: 'people' | 'program'
  readonly zone: string
  /** How many acts there are in all, up to one more than are counted. */
  readonly total: number
}

/** What people did and opened; what the program did by itself is apart, counted and folded. */
export function trailView(visit: CaseVisit, view: TrailView): Html {
  const { acts, older, before, by, zone } = view
  const base = `/cases/${visit.caseId}/trail`
  const isProgram = by === 'program'
  const title = isProgram ? 'What the program did by itself' : 'Who looked'
  const address = (from: number) => `${base}?${isProgram ? 'by=program&' : ''}before=${from}`
  const body = html`${caseNavigation(visit, 'trail')}
<h1 class="govuk-heading-l">${title}</h1>
${
  isProgram
    ? html`<p class="govuk-body">What the program did in this case without being asked, the newest first. It shows nobody what it opens. <a class="govuk-link" href="${base}">Who looked</a></p>`
    : html`<p class="govuk-body">What people did and looked at in this case, and what they asked for and were refused, the newest first. Nobody can change or remove a line. The client may ask to see it.</p>${before === null && byItselfView(base, view)}`
}
${listTotal(view.total, 'act', 'acts')}${acts.length === 0 ? html`<p class="govuk-body">Nothing yet.</p>` : summaryList({ rows: writeTrail(acts).map(line => lineOf(line, zone)) })}
${
  (older !== null || before !== null) &&
  html`<p class="govuk-body not-printed">${before !== null && html`<a class="govuk-link" href="${isProgram ? `${base}?by=program` : base}">Newest</a> `}${older !== null && html`<a class="govuk-link" href="${address(older)}">Older</a>`}</p>`
}${older !== null && html`<p class="govuk-body">There are older lines. Each page shows up to 100 acts.</p>`}`
  return staffPage(visit, { title, body, back: { href: `/cases/${visit.caseId}`, text: 'Back to the case' } })
}

function lineOf(line: TrailLine, zone: string) {
  return {
    key: { text: sayMoment(line.at, zone) },
    value: {
      html: html`<bdi>${line.who}</bdi>${line.agency !== '' && html`, ${line.agency}`}${line.setUpAgainAt && html` <span class="govuk-hint">(sign-in set up again on ${sayMoment(line.setUpAgainAt, zone)})</span>`}<br>${line.did}${line.opened !== '' && html`<br><span class="govuk-hint">Opened for it: ${line.opened}</span>`}${line.beside !== '' && html`<br><span class="govuk-hint">The page also showed something of ${line.beside}</span>`}`,
    },
  }
}

function byItselfView(base: string, { counted, zone }: TrailView): Html {
  const times = counted.kinds.reduce((sum, each) => sum + each.times, 0)
  if (times === 0) return html``
  return details({
    summary: { text: `What the program did by itself: ${counted.isMore ? 'more than ' : ''}${count(times)}` },
    html: html`${counted.isMore && html`<p class="govuk-body">These are counted among the latest ${count(times)}.</p>`}${summaryList(
      {
        rows: writeCounted(counted.kinds).map(line => ({
          key: { text: count(line.times) },
          value: {
            html: html`${line.who}: ${line.did}<br><span class="govuk-hint">${line.times === 1 ? sayMoment(line.lastAt, zone) : `From ${sayMoment(line.firstAt, zone)} to ${sayMoment(line.lastAt, zone)}`}</span>`,
          },
        })),
      },
    )}<p class="govuk-body"><a class="govuk-link" href="${base}?by=program">Each line of it</a></p>`,
  })
}

function count(times: number): string {
  return times === 1 ? '1 act' : `${times.toLocaleString('en-GB')} acts`
}
