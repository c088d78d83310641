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
import { type CaseLine, type CaseloadChoice, caseloadOrders } from '../../filed.ts'
import { listCaseload } from '../../operations/list-caseload.ts'
import { sayUrgency, urgencies } from '../../red-flags.ts'
import { sayStalkerType } from '../../triage.ts'

/** The cases a person may see by rule S5, and no others: the open ones, or with `?closed=yes` the closed. */
export async function showCaseload({ query }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const choice: CaseloadChoice = {
    state: query.get('closed') === 'yes' ? 'closed' : 'open',
    urgency: urgencies.find(each => each === query.get('urgency')) ?? null,
    order: caseloadOrders.find(each => each === query.get('order')) ?? 'newest',
    first: visit.alarms.map(each => each.caseId),
    place: readPlaceInList(name => query.get(name)),
  }
  const { list, zone } = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    list: await listCaseload(transaction, choice),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const isClosed = choice.state === 'closed'
  const title = isClosed ? 'Closed cases' : 'Cases'
  const closed = isClosed ? 'yes' : ''
  const order = choice.order === 'newest' ? '' : choice.order
  const pages = {
    list,
    one: 'case',
    many: 'cases',
    address: '/cases',
    chosen: { closed, urgency: choice.urgency ?? '', order },
  }
  return showPage(
    staffPage(visit, {
      title,
      body: html`<h1 class="govuk-heading-l">${title}</h1>${
        list.count === 0
          ? html`<p class="govuk-body">${sayNone(choice)}</p>`
          : html`${listCount(pages)}${caseTable(list.lines, visit, choice, zone)}${listPages(pages)}`
      }${(list.count > 0 || choice.urgency !== null) && choiceView(choice, closed)}${
        isClosed
          ? html`<p class="govuk-body"><a class="govuk-link" href="/cases">Back to open cases</a></p>`
          : html`<p class="govuk-body"><a class="govuk-link" href="/cases?closed=yes">Closed cases</a></p>`
      }`,
    }),
  )
}

function sayNone({ state, urgency }: CaseloadChoice): string {
  if (urgency !== null) return 'No case of this urgency is shared with you.'
  return state === 'closed'
    ? 'No closed case is shared with you.'
    : 'No case is shared with you at the moment.'
}

function choiceView({ urgency, order }: CaseloadChoice, closed: string): Html {
  return listChoice({
    address: '/cases',
    hidden: { closed },
    choices: [
      {
        name: 'urgency',
        label: 'Urgency',
        value: urgency ?? '',
        items: [{ value: '', text: 'All' }, ...urgencies.map(value => ({ value, text: sayUrgency(value) }))],
      },
      {
        name: 'order',
        label: 'Order',
        value: order === 'newest' ? '' : order,
        items: [
          { value: '', text: 'Newest first' },
          { value: 'most-urgent', text: 'Most urgent first, then opened longest ago' },
        ],
      },
    ],
  })
}

function caseTable(
  lines: readonly CaseLine[],
  { alarms }: StaffVisit,
  { order }: CaseloadChoice,
  zone: string,
): Html {
  const isAlarmed = (line: CaseLine): boolean => alarms.some(each => each.caseId === line.caseId)
  const inOrder = order === 'newest' ? 'the newest first' : 'the most urgent first'
  return listTable({
    caption:
      alarms.length > 0
        ? `Cases you may see: a second phrase first, then ${inOrder}`
        : `Cases you may see, ${inOrder}`,
    head: ['Client', 'Case', 'Working type', 'Urgency', 'Opened'],
    rows: lines.map(line => [
      {
        html: html`<a class="govuk-link" href="/cases/${line.caseId}"><bdi>${line.clientName || 'No name yet'}</bdi><span class="govuk-visually-hidden">, case ${line.reference}</span></a>${isAlarmed(line) && html`<br>${tag({ text: 'Second phrase used', classes: 'govuk-tag--red' })}`}`,
      },
      { text: line.reference },
      { text: sayStalkerType(line.type) },
      { text: sayUrgency(line.urgency) },
      { text: sayMoment(line.openedAt, zone) },
    ]),
  })
}
