import type { FormProblem } from '../../../foundation/decision.ts'
import type { AppointmentId } from '../../../foundation/ids.ts'
import { findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { recordFollowUp } from '../../operations/follow-up.ts'
import { keepNotes } from '../../operations/keep-notes.ts'
import { loadAppointment, showPlace } from '../../operations/load-appointment.ts'
import { recordAttendance } from '../../operations/record-attendance.ts'
import { askForReminder } from '../../operations/reminder.ts'
import { idOf } from '../parts/appointment-id.ts'
import { cameAfterAll, endOfFollowUp } from './follow-up-check.ts'
import { attendanceForm, followUpForm, notesForm } from './form.ts'
import { appointmentView } from './view.ts'

type Shown = {
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly status: number
  readonly showsPlace?: boolean
}

const nothing: Shown = { typed: new Map(), problems: [], status: 200 }

/** One appointment: the order of its 45 minutes, its notes, what became of it and what is still to do. */
export function showAppointment(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, nothing)
}

/** Shows where it is, after a click that is recorded (S6). A POST, so that no address and no reload shows it. */
export function revealPlace(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, { ...nothing, showsPlace: true })
}

/** Keeps the notes, unless a colleague has saved some since: then nothing is lost, on either side. */
export async function saveNotes(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const appointmentId = idOf(request)
  const read = readForm(notesForm, request.form)
  if (!read.ok) return show(request, visit, { typed: request.form, problems: read.problems, status: 422 })
  if (!appointmentId) return notFound()
  const { notes, seenAt } = read.value
  const kept = await visit.onCase(transaction =>
    keepNotes(visit.clinic, transaction, visit.staff.personId, visit.caseId, appointmentId, {
      text: notes,
      seenAt,
    }),
  )
  switch (kept) {
    case 'kept':
      return goTo(`${pathOf(visit, appointmentId)}#notes-heading`)
    case 'not-found':
      return notFound()
    case 'changed': {
      const message =
        'Somebody saved notes while you were writing. Theirs are shown below, and yours are still in the box: put the two together and save'
      return show(request, visit, {
        typed: request.form,
        problems: [{ field: 'notes', message }],
        status: 409,
      })
    }
  }
}

/** Records what became of it. Nobody is written to, whatever it was. */
export async function saveAttendance(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const appointmentId = idOf(request)
  const read = readForm(attendanceForm, request.form)
  if (!read.ok) return show(request, visit, { typed: request.form, problems: read.problems, status: 422 })
  if (!appointmentId) return notFound()
  const { attendance } = read.value
  const { clinic, caseId, staff } = visit
  const done = await visit.onCase(async transaction => {
    const file = await loadAppointment(clinic, transaction, caseId, appointmentId)
    const path = pathOf(visit, appointmentId)
    const check = attendance === 'attended' ? cameAfterAll(path, file?.followUp ?? null) : null
    return (
      (check && findActCheck(visit, request.form, check)) ??
      recordAttendance(clinic, transaction, staff.personId, caseId, appointmentId, attendance)
    )
  })
  if ('kind' in done) return done
  if (done.allowed) return goTo(`${pathOf(visit, appointmentId)}${done.raised ? '#follow-up-heading' : ''}`)
  if (done.because === 'not-found') return notFound()
  const message =
    done.because === 'not-begun'
      ? 'The appointment has not begun yet. To call it off, cancel it'
      : 'The appointment was cancelled before. Book another'
  return show(request, visit, {
    typed: request.form,
    problems: [{ field: 'attendance', message }],
    status: 409,
  })
}

/** Asks the contact gate for a reminder. What it answers is shown on the appointment. */
export async function takeReminder(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const appointmentId = idOf(request)
  if (!appointmentId) return notFound()
  const channelId = fieldText(request.form, 'channel')
  const no = (message: string, status: number): Promise<Answer> =>
    show(request, visit, { typed: request.form, problems: [{ field: 'channel', message }], status })
  if (!/^c[0-9]{1,3}$/.test(channelId)) return no('Select a way to reach the client', 422)
  const asked = await visit.onCase(transaction =>
    askForReminder(visit.clinic, transaction, visit.caseId, appointmentId, channelId),
  )
  switch (asked.kind) {
    case 'waiting':
    case 'refused':
    case 'asked-before':
      return goTo(`${pathOf(visit, appointmentId)}#reminder-heading`)
    case 'not-found':
      return notFound()
    case 'not-ahead':
      return no('It is too late for a reminder: the appointment has begun, or was called off', 409)
    case 'not-in-sight':
      return no('The ways to reach the client are not shared with your agency. Ask a coordinator', 409)
  }
}

/** Records a step of following up somebody who did not come. */
export async function saveFollowUp(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const appointmentId = idOf(request)
  const read = readForm(followUpForm, request.form)
  if (!read.ok) return show(request, visit, { typed: request.form, problems: read.problems, status: 422 })
  if (!appointmentId) return notFound()
  const step = { did: read.value.did, note: read.value.followUpNote }
  const done = await visit.onCase(async transaction => {
    const file = await loadAppointment(visit.clinic, transaction, visit.caseId, appointmentId)
    const check =
      step.did !== 'tried' && file?.followUp
        ? endOfFollowUp(pathOf(visit, appointmentId), file.followUp, step.did)
        : null
    const problems = step.note === '' ? [{ field: 'followUpNote', message: 'Enter what you found' }] : []
    return (
      (check && findActCheck(visit, request.form, check, problems)) ??
      recordFollowUp(visit.clinic, transaction, visit.staff.personId, visit.caseId, appointmentId, step)
    )
  })
  if ('kind' in done) return done
  if (done.allowed) return goTo(`${pathOf(visit, appointmentId)}#follow-up-heading`)
  if (done.because === 'not-found') return notFound()
  const message =
    done.because === 'more-tries'
      ? 'Try again in the agreed safe way first: by the clinic’s rule for this risk, more tries are needed before anybody is given up'
      : 'A colleague has ended this already. What they recorded is below'
  return show(request, visit, { typed: request.form, problems: [{ field: 'did', message }], status: 409 })
}

async function show(request: PageRequest, visit: CaseVisit, shown: Shown): Promise<Answer> {
  const appointmentId = idOf(request)
  if (!appointmentId) return notFound()
  const found = await visit.onCase(async transaction => ({
    file: await loadAppointment(visit.clinic, transaction, visit.caseId, appointmentId),
    place: shown.showsPlace ? await showPlace(visit.clinic, transaction, visit.caseId, appointmentId) : null,
  }))
  const { file, place } = found
  if (!file) return notFound()
  return showPage(appointmentView(visit, { ...shown, file, place }), shown.status)
}

function pathOf(visit: CaseVisit, appointmentId: AppointmentId): string {
  return `/cases/${visit.caseId}/appointments/${appointmentId}`
}

function notFound(): Answer {
  return showPage(problemPage(404), 404)
}
