import type { FormProblem } from '../../../foundation/decision.ts'
import { type AbsenceId, type HoursId, type PersonId, parseId } from '../../../foundation/ids.ts'
import { readWallClock } from '../../../foundation/local-date.ts'
import { findActCheck } from '../../../identity/check-act.ts'
import type { ClinicVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { datePartNames, readDate } from '../../../web/read-date.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import {
  addLeave,
  addWorkingHours,
  endWorkingHours,
  removeFromCalendar,
} from '../../operations/keep-calendar.ts'
import { type CalendarFile, loadCalendar } from '../../operations/load-calendar.ts'
import { endingOf, leaveOf, removalOf } from './checks.ts'
import { readHours, readLeave } from './form.ts'
import { calendarView } from './view.ts'

/** Whose calendar a page is about: one's own, or the one named in the address. */
type Whose = { readonly personId: PersonId | null; readonly path: string; readonly isOwn: boolean }

function whose(request: PageRequest, visit: ClinicVisit): Whose {
  const named = request.params['person']
  if (named === undefined) return { personId: visit.staff.personId, path: '/my-calendar', isOwn: true }
  const personId = parseId<PersonId>(named)
  return { personId, path: `/calendars/${personId ?? ''}`, isOwn: false }
}

/** Somebody’s working hours and time away. */
export async function showCalendar(request: PageRequest, visit: ClinicVisit): Promise<Answer> {
  return show(request, visit, new Map(), [], 200)
}

export async function takeHours(request: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const { personId, path } = whose(request, visit)
  const read = readHours(request.form)
  if (!read.ok) return show(request, visit, request.form, read.problems, 422)
  if (!(await findCalendar(visit, personId)) || !personId) return notFound()
  const done = await visit.clinic.database.transaction(visit.actor, transaction =>
    addWorkingHours(transaction, visit.staff.personId, personId, read.value, readOnce(request.form)),
  )
  if (done.allowed) return goTo(path)
  const message = 'These hours lie over others of the same day. Remove those first, or give them a last day'
  return show(request, visit, request.form, [{ field: 'weekdays', message }], 409)
}

/** Gives hours a last day, after a page that says what follows. */
export async function endHours(request: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const { personId, path, isOwn } = whose(request, visit)
  const chosen = fieldText(request.form, 'endHours')
  const which = chosen === 'all' ? chosen : parseId<HoursId>(chosen)
  const day = readDate(request.form, 'lastDay', { what: 'the last day', required: true })
  const problems = [
    ...(which ? [] : [{ field: 'endHours', message: 'Select which hours end' }]),
    ...problemsOf(day),
  ]
  if (!which || !day.ok || !day.value) return show(request, visit, request.form, problems, 422)
  const file = await findCalendar(visit, personId)
  if (!file || !personId) return notFound()
  const lastDay = day.value
  const check = endingOf({ file, path, isOwn }, request.form, which, lastDay)
  const page = check && findActCheck(visit, request.form, check)
  if (page) return page
  const isDone = await visit.clinic.database.transaction(visit.actor, transaction =>
    endWorkingHours(transaction, visit.staff.personId, personId, which, lastDay),
  )
  if (isDone) return goTo(path)
  const message = 'These hours end before that day already, or are no longer there'
  return show(request, visit, request.form, [{ field: 'endHours', message }], 409)
}

/** Takes time out of a calendar, after a page that says what follows. */
export async function takeLeave(request: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const { personId, path, isOwn } = whose(request, visit)
  const file = await findCalendar(visit, personId)
  if (!file || !personId) return notFound()
  const read = readLeave(request.form, file.zone, visit.clinic.clock.now())
  if (!read.ok) return show(request, visit, request.form, read.problems, 422)
  const page = findActCheck(visit, request.form, leaveOf({ file, path, isOwn }, request.form, read.value))
  if (page) return page
  await visit.clinic.database.transaction(visit.actor, transaction =>
    addLeave(transaction, visit.staff.personId, personId, read.value, readOnce(request.form)),
  )
  return goTo(path)
}

/** Takes a line off a calendar, after a page that says what follows. */
export async function removeLine(request: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const { personId, path, isOwn } = whose(request, visit)
  const id = parseId<HoursId | AbsenceId>(fieldText(request.form, 'id'))
  const kind = fieldText(request.form, 'kind') === 'leave' ? 'leave' : 'hours'
  const file = await findCalendar(visit, personId)
  if (!id || !personId || !file) return notFound()
  const check = removalOf({ file, path, isOwn }, kind, id)
  if (!check) return goTo(path)
  const page = findActCheck(visit, request.form, check)
  if (page) return page
  await visit.clinic.database.transaction(visit.actor, transaction =>
    removeFromCalendar(transaction, visit.staff.personId, personId, { kind, id }),
  )
  return goTo(path)
}

function findCalendar(visit: ClinicVisit, personId: PersonId | null): Promise<CalendarFile | null> {
  if (!personId) return Promise.resolve(null)
  return visit.onClinic(transaction => loadCalendar(transaction, personId))
}

async function show(
  request: PageRequest,
  visit: ClinicVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const { personId, path, isOwn } = whose(request, visit)
  const file = await findCalendar(visit, personId)
  if (!file) return notFound()
  const today = readWallClock(visit.clinic.clock.now().getTime(), file.zone)
  const names = datePartNames('validFrom')
  // Hours usually hold from the day they are written down.
  const withToday: FormFields =
    problems.length > 0
      ? typed
      : new Map([
          [names.day, [String(today.day)]],
          [names.month, [String(today.month)]],
          [names.year, [String(today.year)]],
        ])
  const once = newOnce()
  return showPage(calendarView(visit, { file, path, isOwn, typed: withToday, once, problems }), status)
}

function notFound(): Answer {
  return showPage(problemPage(404), 404)
}
