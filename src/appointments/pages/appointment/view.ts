import { channelsWithVerdicts } from '../../../contact/channel-verdict-line.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import { roleName } from '../../../identity/role.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { attendances, sayCancelReason, sayPlaceKind, sayState } from '../../appointment.ts'
import { sayAppointmentProblem } from '../../appointment-problems.ts'
import { decideAttendance, isStillAhead } from '../../attendance.ts'
import type { AppointmentFile } from '../../operations/load-appointment.ts'
import { saySlot } from '../../say-slot.ts'
import { followUpView } from './follow-up-view.ts'
import { reminderView } from './reminder-view.ts'
import { runningOrderView } from './running-order-view.ts'

export type AppointmentView = {
  readonly file: AppointmentFile
  /** Where it is, when somebody has just asked for it. */
  readonly place: string | null
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** One appointment on a page. */
export function appointmentView(visit: CaseVisit, view: AppointmentView): Html {
  const { file, problems } = view
  const { appointment, zone, inTheWay } = file
  const path = `/cases/${visit.caseId}/appointments/${appointment.appointmentId}`
  const mayChange = visit.sees('appointment', 'write')
  const now = visit.clinic.clock.now()
  const isAhead = isStillAhead(appointment, now)
  const title = 'Appointment'
  const body = html`${caseNavigation(visit, 'appointment')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${title}</h1>
${
  file.isCaseClosed &&
  warningText({ text: 'This case is closed. Cancel the appointment, or open the case again.' })
}${inTheWay.map(problem => warningText({ text: sayAppointmentProblem(problem) }))}
${summaryList({ rows: rowsOf(visit, view, path) })}
${
  mayChange &&
  isAhead &&
  html`<div class="govuk-button-group">${button({ text: 'Move', href: `${path}/move`, classes: 'govuk-button--secondary' })}${button(
    {
      text: 'Cancel the appointment',
      href: `${path}/cancel`,
      classes: 'govuk-button--secondary',
    },
  )}</div>`
}
${
  file.reminders &&
  reminderView(visit, path, {
    reminders: file.reminders,
    zone,
    mayAsk: isAhead && visit.sees('contact', 'write'),
    typed: view.typed,
    problems,
  })
}
${followUpView(visit, path, view, mayChange)}
${mayChange && decideAttendance(appointment, now).allowed && attendancePart(visit, path, view)}
${appointment.state !== 'cancelled' && runningOrderView(visit, file.minutes)}
${appointment.state !== 'cancelled' && notesPart(visit, path, view, mayChange)}`
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    body,
    back: { href: `/cases/${visit.caseId}/appointments`, text: 'Back to appointments' },
  })

  function notesPart(at: CaseVisit, to: string, shown: AppointmentView, mayWrite: boolean): Html {
    const { notes, appointment: own } = shown.file
    const saved = own.notesAt
      ? html`<p class="govuk-body">Saved on ${sayMoment(own.notesAt, zone)}.</p>`
      : html``
    const heading = html`<h2 class="govuk-heading-m" id="notes-heading">Notes</h2>`
    const theirs = html`<p class="govuk-body keeps-lines" dir="auto">${notes}</p>`
    if (!mayWrite) return notes === '' ? html`` : html`${heading}${saved}${theirs}`
    const isTyped = shown.typed.has('notes')
    return html`${heading}${saved}${isTyped && notes !== '' && theirs}${startForm(
      { action: `${to}/notes`, csrfToken: at.csrfToken },
      html`<input type="hidden" name="seenAt" value="${own.notesAt?.toISOString() ?? ''}">`,
      textarea({
        id: 'notes',
        name: 'notes',
        label: { text: 'What was said and agreed', classes: 'govuk-label--s' },
        hint: {
          text: 'Kept sealed. Everybody who works on this case with the client’s consent can read it.',
        },
        value: isTyped ? fieldText(shown.typed, 'notes') : notes,
        rows: 8,
        autocomplete: 'off',
        errorMessage: problemBeside(shown.problems, 'notes'),
        attributes: { dir: 'auto' },
      }),
      button({ text: 'Save the notes', classes: 'govuk-button--secondary' }),
    )}`
  }
}

function rowsOf(visit: CaseVisit, { file, place }: AppointmentView, path: string) {
  const { appointment, zone } = file
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } })
  const { state, cancelReason } = appointment
  return [
    row('When', saySlot(appointment.startsAt, appointment.endsAt, zone)),
    {
      key: { text: 'Who' },
      value: {
        html: html`${appointment.people.map(
          person => html`<bdi>${person.name}</bdi>, ${roleName(person.role)}<br>`,
        )}`,
      },
    },
    row('How', sayPlaceKind(appointment.placeKind)),
    ...(state === 'booked' || (file.followUp && !file.followUp.closedAt)
      ? [
          {
            key: { text: 'Ways to reach the client' },
            value: { html: channelsWithVerdicts(file.reminders?.problems ?? null) },
          },
        ]
      : []),
    {
      key: { text: 'Where exactly' },
      value: { html: wherePart(visit, appointment.hasPlace, place, path) },
    },
    row(
      'State',
      `${sayState(state)}${cancelReason ? `. ${sayCancelReason(cancelReason)}` : ''}${
        appointment.settledAt ? `, recorded on ${sayMoment(appointment.settledAt, zone)}` : ''
      }${appointment.movedAt && state === 'booked' ? `, moved on ${sayMoment(appointment.movedAt, zone)}` : ''}`,
    ),
  ]
}

function wherePart(visit: CaseVisit, hasPlace: boolean, place: string | null, path: string): Html {
  if (!hasPlace) return html`Nothing was written down`
  if (place !== null) return html`<bdi>${place}</bdi>`
  return startForm(
    { action: `${path}/place`, csrfToken: visit.csrfToken },
    button({ text: 'Show where', classes: 'govuk-button--secondary govuk-!-margin-bottom-0' }),
  )
}

function attendancePart(visit: CaseVisit, path: string, view: AppointmentView): Html {
  const { state } = view.file.appointment
  const typed: FormFields = view.typed.has('attendance')
    ? view.typed
    : new Map([['attendance', [state === 'booked' ? '' : state]]])
  const { choose } = fieldWriter(typed, view.problems)
  return html`<h2 class="govuk-heading-m">What became of it</h2>${startForm(
    { action: `${path}/attendance`, csrfToken: visit.csrfToken },
    choose(
      'attendance',
      'Did the client come?',
      attendances.map(each => ({ value: each, text: sayState(each) })),
      {
        hint: 'Nobody is written to. Where the client did not come or left early, a task is raised to assess the risk and try the agreed safe way.',
      },
    ),
    button({ text: 'Record', classes: 'govuk-button--secondary' }),
  )}`
}
