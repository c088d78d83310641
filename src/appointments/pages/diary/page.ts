import { type PageOfList, readPlaceInList } from '../../../foundation/page-of-list.ts'
import { roleName } from '../../../identity/role.ts'
import type { ClinicVisit } from '../../../identity/route.ts'
import type { SecondPhraseAlarm } from '../../../identity/second-phrase.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { sayPlaceKind, sayState } from '../../appointment.ts'
import type { DiaryLine, OpenFollowUp } from '../../diary.ts'
import { sortDiary } from '../../diary.ts'
import { loadDiary } from '../../operations/load-diary.ts'
import { saySlot } from '../../say-slot.ts'

/** The day: a coordinator’s whole clinic, anybody else’s own appointments; only of cases in their sight. */
export async function showDiary({ query }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const { clinic, staff } = visit
  const isAll = staff.role === 'coordinator'
  const place = readPlaceInList(name => query.get(name))
  const alarmed = visit.alarms.map(each => each.caseId)
  const diary = await visit.onClinic(transaction =>
    loadDiary(transaction, isAll ? null : staff.personId, alarmed, place),
  )
  const { unrecorded, today, coming } = sortDiary(diary.lines, clinic.clock.now(), diary.zone)
  const part = (title: string, lines: readonly DiaryLine[], empty: string): Html =>
    html`<h2 class="govuk-heading-m">${title}</h2>${
      lines.length === 0
        ? html`<p class="govuk-body">${empty}</p>`
        : linesOf(title, lines, diary.zone, visit.alarms)
    }`
  const body = html`<h1 class="govuk-heading-l">Appointments</h1>
<p class="govuk-body">${isAll ? 'Everybody’s appointments, in the cases you may see.' : 'Your appointments.'} To book one, open the case.</p>
${diary.followUps.count > 0 && followUpsOf(diary.followUps)}
${part('Today', today, 'Nothing today.')}
${unrecorded.length > 0 && part('Not recorded yet', unrecorded, '')}
${part('To come', coming, 'Nothing in the next four weeks.')}`
  return showPage(staffPage(visit, { title: 'Appointments', body, wide: true }))
}

const pathOf = (line: Pick<DiaryLine, 'caseId' | 'appointmentId'>): string =>
  `/cases/${line.caseId}/appointments/${line.appointmentId}`

function linesOf(
  label: string,
  lines: readonly DiaryLine[],
  zone: string,
  alarms: readonly SecondPhraseAlarm[],
): Html {
  const isIdle = (line: DiaryLine): boolean => alarms.some(each => each.caseId === line.caseId)
  const hasStates = lines.some(line => line.state !== 'booked')
  return html`<p class="govuk-body">${lines.length} ${lines.length === 1 ? 'appointment' : 'appointments'}</p>${listTable(
    {
      caption: label,
      head: ['When', 'Client', 'Who', 'How', ...(hasStates ? ['State'] : [])],
      rows: lines.map(line => [
        {
          html: html`<a class="govuk-link" href="${pathOf(line)}">${saySlot(line.startsAt, line.endsAt, zone)}</a>`,
        },
        {
          html: html`<bdi>${line.clientName || 'No name yet'}</bdi><br>${line.reference}${isIdle(line) && html`<br>${tag({ text: 'Second phrase used', classes: 'govuk-tag--red' })}`}`,
        },
        {
          html: html`${line.people.map(person => html`<bdi>${person.name}</bdi>, ${roleName(person.role)}<br>`)}`,
        },
        { text: sayPlaceKind(line.placeKind) },
        ...(hasStates ? [{ text: sayState(line.state) }] : []),
      ]),
    },
  )}`
}

function followUpsOf(list: PageOfList<OpenFollowUp>): Html {
  const pages = { list, one: 'client', many: 'clients', address: '/appointments' }
  return html`<h2 class="govuk-heading-m">Did not come: assess the risk, try the agreed safe way</h2>${listCount(pages)}
<ul class="govuk-list govuk-list--bullet">${list.lines.map(
    each =>
      html`<li><a class="govuk-link" href="${pathOf(each)}#follow-up-heading"><bdi>${each.clientName || 'No name yet'}</bdi>, ${each.reference}</a>: tried ${each.tries} of at least ${each.triesNeeded}</li>`,
  )}</ul>${listPages(pages)}`
}
