import type { FormProblem } from '../../../foundation/decision.ts'
import { roleName } from '../../../identity/role.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { dateInput } from '../../../web/components/date-input.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { select } from '../../../web/components/select.ts'
import { table } from '../../../web/components/table.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { datePartNames } from '../../../web/read-date.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { isAway } from '../../calendar.ts'
import type { CalendarFile } from '../../operations/load-calendar.ts'
import { sayAway, sayDayOf, sayMinutes, saySlot, saySlotHours, sayWeekday } from '../../say-slot.ts'

export type CalendarView = {
  readonly file: CalendarFile
  /** The address of the calendar: of one's own, or of somebody's for a coordinator. */
  readonly path: string
  readonly isOwn: boolean
  readonly typed: FormFields
  readonly once: string
  readonly problems: readonly FormProblem[]
}

/** When somebody works and is away, with the forms to change it. */
export function calendarView(visit: StaffVisit, view: CalendarView): Html {
  const { file, problems, isOwn } = view
  const { owner, hours, absences, coming, zone } = file
  const title = isOwn ? 'My calendar' : `Calendar of ${owner.name}`
  const clashes = coming.filter(line => isAway(absences, line.startsAt, line.endsAt))
  const body = html`${problemSummary(problems)}<h1 class="govuk-heading-l"><bdi>${title}</bdi></h1>
<p class="govuk-body">${roleName(owner.role)}, ${owner.agencyName}. Times are by the clock in ${zone}. Colleagues who book see when ${isOwn ? 'you are' : 'they are'} free, and never why ${isOwn ? 'you are' : 'they are'} away.</p>
${
  hours.length === 0 &&
  insetText({
    text: isOwn
      ? 'You have no working hours yet, so nobody can book you. Add them below.'
      : 'There are no working hours yet, so nobody can book them. Add them below.',
  })
}
${clashes.map(line =>
  warningText({
    html: html`There is an appointment while ${isOwn ? 'you are' : 'they are'} away: <a class="govuk-link" href="/cases/${line.caseId}/appointments/${line.appointmentId}">${saySlot(line.startsAt, line.endsAt, zone)}</a>. Move it, or choose somebody else.`,
  }),
)}
<h2 class="govuk-heading-m">Working hours</h2>
${hours.length > 0 && html`${hoursTable(visit, view)}${endForm(visit, view)}`}
${hoursForm(visit, view)}
<h2 class="govuk-heading-m">Away</h2>
${absences.length === 0 ? html`<p class="govuk-body">No time away is planned.</p>` : leaveTable(visit, view)}
${leaveForm(visit, view)}`
  return staffPage(visit, {
    title: titleWithProblems(isOwn ? 'My calendar' : 'Calendar', problems),
    body,
    back: isOwn ? { href: '/appointments' } : { href: '/calendars', text: 'Back to calendars' },
  })
}

function hoursTable(visit: StaffVisit, { file, path }: CalendarView): Html {
  return scrollingRegion({
    label: 'Working hours',
    html: table({
      caption: 'Working hours',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'Day' }, { text: 'Hours' }, { text: 'Holds' }, { text: 'Change' }],
      rows: file.hours.map(each => {
        return [
          { text: sayWeekday(each.weekday) },
          { text: `${sayMinutes(each.startsAt)} to ${sayMinutes(each.endsAt)}` },
          {
            text: `From ${sayDayOf(each.validFrom)}${each.validUntil ? ` until ${sayDayOf(each.validUntil)}` : ''}`,
          },
          { html: removeForm(visit, path, 'hours', each.hoursId, saySlotHours(each)) },
        ]
      }),
    }),
  })
}

/** A last day for hours that are there: how a change of hours from some day on begins. */
function endForm(visit: StaffVisit, view: CalendarView): Html {
  return details({
    summary: { text: 'Give hours a last day' },
    open: view.problems.some(problem => problem.field.startsWith('lastDay') || problem.field === 'endHours'),
    html: startForm(
      { action: `${view.path}/end`, csrfToken: visit.csrfToken },
      select({
        name: 'endHours',
        id: 'endHours',
        label: { text: 'Which hours?', classes: 'govuk-label--s' },
        value: fieldText(view.typed, 'endHours'),
        errorMessage: problemBeside(view.problems, 'endHours'),
        items: [
          { value: '', text: 'Choose' },
          { value: 'all', text: 'All of them' },
          ...view.file.hours.map(each => ({ value: each.hoursId, text: saySlotHours(each) })),
        ],
      }),
      dateOf(
        view,
        'lastDay',
        'Last day they hold',
        'To change hours, end the old ones and add the new ones from the day after.',
      ),
      button({ text: 'Save the last day', classes: 'govuk-button--secondary', preventDoubleClick: true }),
    ),
  })
}

function leaveTable(visit: StaffVisit, { file, path }: CalendarView): Html {
  return scrollingRegion({
    label: 'Time away',
    html: table({
      caption: 'Time away',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'From' }, { text: 'Until' }, { text: 'Change' }],
      rows: file.absences.map(each => {
        const { from, until } = sayAway(each, file.zone)
        return [
          { text: from },
          { text: until },
          { html: removeForm(visit, path, 'leave', each.absenceId, `time away from ${from}`) },
        ]
      }),
    }),
  })
}

function removeForm(visit: StaffVisit, path: string, kind: string, id: string, what: string): Html {
  return startForm(
    { action: `${path}/remove`, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="id" value="${id}">`,
    button({
      text: 'Remove',
      attributes: { 'aria-label': `Remove ${what}` },
      classes: 'govuk-button--secondary govuk-!-margin-bottom-0',
      preventDoubleClick: true,
    }),
  )
}

function dateOf(view: CalendarView, prefix: string, words: string, hint: string): Html {
  const names = Object.values(datePartNames(prefix))
  const wrong = view.problems.find(problem => names.includes(problem.field))
  return dateInput({
    id: prefix,
    namePrefix: prefix,
    fieldset: { legend: { text: words, classes: 'govuk-fieldset__legend--s' } },
    hint: { text: hint },
    values: Object.fromEntries(names.map(name => [name, fieldText(view.typed, name)])),
    errorMessage: wrong && { text: wrong.message },
  })
}

function hoursForm(visit: StaffVisit, view: CalendarView): Html {
  const { line, tick } = fieldWriter(view.typed, view.problems)
  return startForm(
    { action: `${view.path}/hours`, csrfToken: visit.csrfToken, once: view.once },
    tick(
      'weekdays',
      'On which days?',
      [1, 2, 3, 4, 5, 6, 7].map(day => ({ value: String(day), text: sayWeekday(day) })),
    ),
    line('hoursFrom', 'From what time?', { width: 'govuk-input--width-5', hint: 'For example, 9am' }),
    line('hoursUntil', 'Until what time?', { width: 'govuk-input--width-5', hint: 'For example, 5:30pm' }),
    dateOf(view, 'validFrom', 'From which day do they hold?', 'For example, 27 3 2026'),
    dateOf(view, 'validUntil', 'Until which day? (optional)', 'The last day. Leave empty for no end.'),
    button({ text: 'Add these hours', preventDoubleClick: true }),
  )
}

function leaveForm(visit: StaffVisit, view: CalendarView): Html {
  const { line } = fieldWriter(view.typed, view.problems)
  return startForm(
    { action: `${view.path}/leave`, csrfToken: visit.csrfToken, once: view.once },
    dateOf(view, 'leaveFrom', 'First day away', 'For example, 27 3 2026'),
    dateOf(view, 'leaveUntil', 'Last day away (optional)', 'Leave empty for one day.'),
    line('leaveStart', 'From what time? (optional)', {
      width: 'govuk-input--width-5',
      hint: 'Leave both times empty for whole days.',
    }),
    line('leaveEnd', 'Until what time? (optional)', { width: 'govuk-input--width-5' }),
    button({ text: 'Add this time away', preventDoubleClick: true }),
  )
}
