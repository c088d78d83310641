import { z } from 'zod'
import { waysWithVerdicts } from '../../../contact/way-verdict.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { oneOf } from '../../../web/form-fields.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import type { PageRequest } from '../../../web/request.ts'
import { cancelReasons, sayCancelReason } from '../../appointment.ts'
import { cancelAppointment } from '../../operations/cancel-appointment.ts'
import { loadAppointment } from '../../operations/load-appointment.ts'
import { contactNotInSight } from '../../say-refusal.ts'
import { saySlot } from '../../say-slot.ts'
import { idOf } from '../appointment/page.ts'

const schema = z.object({ reason: oneOf(cancelReasons, 'Select why it is cancelled') })

/** Asks why before an appointment is cancelled. */
export function askForCancelling(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, [], 200)
}

/** Cancels it, which frees everybody’s time and writes to nobody. */
export async function takeCancelling(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const appointmentId = idOf(request)
  if (!appointmentId) return showPage(problemPage(404), 404)
  const read = readForm(schema, request.form)
  if (!read.ok) return show(request, visit, read.problems, 422)
  const done = await visit.onCase(transaction =>
    cancelAppointment(transaction, visit.staff.personId, visit.caseId, appointmentId, read.value.reason),
  )
  if (done.allowed) return goTo(`/cases/${visit.caseId}/appointments/${appointmentId}`)
  if (done.because === 'not-found') return showPage(problemPage(404), 404)
  const message =
    done.because === 'contact-not-in-sight'
      ? contactNotInSight
      : 'The appointment has begun. Record what became of it instead'
  return show(request, visit, [{ field: 'reason', message }], 409)
}

async function show(
  request: PageRequest,
  visit: CaseVisit,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const appointmentId = idOf(request)
  const file =
    appointmentId &&
    (await visit.onCase(transaction =>
      loadAppointment(visit.clinic, transaction, visit.caseId, appointmentId),
    ))
  if (!file) return showPage(problemPage(404), 404)
  const { appointment, zone } = file
  const path = `/cases/${visit.caseId}/appointments/${appointment.appointmentId}`
  const title = 'Cancel the appointment'
  const { choose } = fieldWriter(request.form, problems)
  const body = html`${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${saySlot(appointment.startsAt, appointment.endsAt, zone)}. Everybody’s time is freed. Nobody is written to: tell the client by a way that may be used now.</p><div class="govuk-body">${waysWithVerdicts(file.reminders?.standing ?? null)}</div>${startForm(
    { action: `${path}/cancel`, csrfToken: visit.csrfToken },
    choose(
      'reason',
      'Why?',
      cancelReasons.map(reason => ({ value: reason, text: sayCancelReason(reason) })),
    ),
    button({ text: 'Cancel it', classes: 'govuk-button--warning', preventDoubleClick: true }),
  )}`
  const page = staffPage(visit, {
    title: titleWithProblems(title, problems),
    body,
    back: { href: path, text: 'Back to the appointment' },
  })
  return showPage(page, status)
}
