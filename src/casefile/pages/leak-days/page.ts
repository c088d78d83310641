import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import type { OfferedDays } from '../../offer-days.ts'
import { loadOfferedDays, takeOverDays } from '../../operations/take-over-days.ts'
import { fieldOfDay, readTakeOver } from './form.ts'
import { leakDaysView } from './view.ts'

function write(
  visit: CaseVisit,
  offered: OfferedDays | null,
  typed: FormFields,
  problems: readonly FormProblem[],
): Answer {
  const page = leakDaysView(visit, { offered, typed, problems, once: newOnce() })
  return showPage(page, problems.length > 0 ? 422 : 200)
}

/** The incidents of the chronology, to take over as days of the leak finder. */
export async function offerIncidents(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId } = visit
  const offered = await visit.onCase(transaction => loadOfferedDays(clinic, transaction, caseId))
  return write(visit, offered, new Map(), [])
}

/** Takes over those for which it was said what was known. */
export async function takeOverIncidents({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const offered = await visit.onCase(transaction => loadOfferedDays(clinic, transaction, caseId))
  const read = readTakeOver(form, offered?.days ?? [])
  if (!read.ok) return write(visit, offered, form, read.problems)
  const result = await visit.onCase(transaction =>
    takeOverDays(clinic, transaction, staff.personId, caseId, read.value, readOnce(form)),
  )
  if (!result) return write(visit, null, form, [])
  if (result.allowed || result.because === 'nothing-changed') return goTo(`/cases/${caseId}/map/leaks#days`)
  const [first] = read.value.keys()
  const message =
    result.because === 'too-many-days'
      ? 'The list of days is full. Take away days that tell nothing new'
      : 'One of these days is in the leak finder already, entered by hand. Leave it out, or correct the one that is there'
  return write(visit, offered, form, first ? [{ field: fieldOfDay(first), message }] : [])
}
