import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { listChoice } from '../../../web/components/list-choice.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { WaitingLine } from '../../filed.ts'
import { countSetAside } from '../../operations/list-pile.ts'
import { listWaiting } from '../../operations/list-waiting.ts'
import { sayUrgency, type Urgency, urgencies } from '../../red-flags.ts'

/** Who is waiting: the most urgent first, then the longest wait. */
export async function showWaiting({ query }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const urgency = urgencies.find(each => each === query.get('urgency')) ?? null
  const place = readPlaceInList(name => query.get(name))
  const { list, zone, aside } = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    list: await listWaiting(transaction, { urgency, place }),
    zone: (await loadProfile(transaction)).timeZone,
    aside: await countSetAside(transaction),
  }))
  const pages = {
    list,
    one: 'referral',
    many: 'referrals',
    address: '/triage',
    chosen: { urgency: urgency ?? '' },
  }
  return showPage(
    staffPage(visit, {
      title: 'Triage',
      body: html`<h1 class="govuk-heading-l">Triage</h1>${setAside(aside)}${
        list.count === 0
          ? html`<p class="govuk-body">${urgency === null ? 'Nobody is waiting.' : 'Nobody of this urgency is waiting.'}</p>`
          : html`${listCount(pages)}${waitingTable(list.lines, zone)}${listPages(pages)}`
      }${(list.count > 0 || urgency !== null) && urgencyChoice(urgency)}`,
    }),
  )
}

function waitingTable(lines: readonly WaitingLine[], zone: string): Html {
  return listTable({
    caption: 'Waiting, the most urgent first',
    head: ['Referral', 'Name', 'From the answers', 'Received', 'State'],
    rows: lines.map(line => [
      { html: html`<a class="govuk-link" href="/triage/${line.caseId}">${line.reference}</a>` },
      { html: html`<bdi>${line.clientName || 'No name yet'}</bdi>` },
      {
        html: html`${line.isDangerNow && tag({ text: 'Danger now', classes: 'govuk-tag--red' })} ${sayUrgency(line.urgency)}`,
      },
      {
        text: `${sayMoment(line.receivedAt, zone)}, ${line.receivedBy === 'phone' ? 'by phone' : 'by the form'}`,
      },
      {
        html: html`${line.isTriaged ? 'Triaged' : 'New'}${line.mustAsk && html` ${tag({ text: 'Still to ask', classes: 'govuk-tag--yellow' })}`}`,
      },
    ]),
  })
}

function urgencyChoice(urgency: Urgency | null): Html {
  const items = [{ value: '', text: 'All' }, ...urgencies.map(value => ({ value, text: sayUrgency(value) }))]
  return listChoice({
    address: '/triage',
    choices: [{ name: 'urgency', label: 'Urgency', value: urgency ?? '', items }],
  })
}

/** How much a flood set aside, and how many of those ticked a sign of danger. */
function setAside({ forms, danger }: { readonly forms: number; readonly danger: number }): Html {
  return html`<p class="govuk-body"><a class="govuk-link" href="/triage/pile">Forms set aside</a>: ${forms}${
    forms > 0 &&
    html` ${tag({ text: `${danger} ticked a sign of danger`, classes: danger > 0 ? 'govuk-tag--red' : 'govuk-tag--grey' })}`
  }</p>`
}
