import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { barPerson } from '../../operations/bar-person.ts'
import { liftBar } from '../../operations/lift-bar.ts'
import { listBars } from '../../operations/list-bars.ts'
import { barringOf, liftingOf } from './checks.ts'
import { readBar, readLift } from './form.ts'
import { barsView } from './view.ts'

async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  status = 422,
): Promise<Answer> {
  const found = await visit.onCase(async transaction => ({
    ...(await listBars(transaction, visit.staff.personId, visit.caseId)),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const page = barsView(visit, { ...found, typed, problems, once: readOnce(typed) ?? newOnce() })
  return showPage(page, problems.length > 0 ? status : 200)
}

/** Who must never see this case, by name, now and before. */
export async function showBars(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [])
}

const refusalWords = {
  'own-bar': 'Select somebody else. Another coordinator bars you, not you',
  'already-barred': 'This person is barred already',
} as const

export async function takeBar({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, staff } = visit
  const { others, bars } = await visit.onCase(transaction => listBars(transaction, staff.personId, caseId))
  // The person acting, and anybody who is barred already, are let through to the rule, which says why not.
  const known = [...others, ...bars].map(each => each.personId)
  const read = readBar(form, [staff.personId, ...known])
  if (!read.ok) return show(visit, form, read.problems)
  const { person: personId, reason } = read.value
  const result = await visit.onCase(async transaction => {
    const person = others.find(each => each.personId === personId)
    const page =
      person && findActCheck(visit, form, await barringOf(transaction, visit, { ...person, reason }))
    return page ?? barPerson(transaction, staff.personId, caseId, { personId, reason }, readOnce(form))
  })
  if ('kind' in result) return result
  if (result.allowed) return goTo(`/cases/${caseId}/bars`)
  const status = result.because === 'already-barred' ? 409 : 422
  return show(visit, form, [{ field: 'person', message: refusalWords[result.because] }], status)
}

/** Lifts a bar on somebody else, with a reason. */
export async function takeCaseBarOff({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, staff } = visit
  const { bars } = await visit.onCase(transaction => listBars(transaction, staff.personId, caseId))
  const read = readLift(
    form,
    bars.map(bar => bar.personId),
  )
  if (!read.ok) return show(visit, form, read.problems)
  const { barred, why } = read.value
  const result = await visit.onCase(async transaction => {
    const inForce = (await listBars(transaction, staff.personId, caseId)).bars.find(
      each => each.personId === barred && each.liftedAt === null,
    )
    const page =
      inForce && findActCheck(visit, form, await liftingOf(transaction, visit, { ...inForce, why }))
    return page ?? liftBar(transaction, staff.personId, caseId, barred, why)
  })
  if ('kind' in result) return result
  if (result.allowed) return goTo(`/cases/${caseId}/bars`)
  return show(visit, form, [{ field: 'barred', message: 'This bar was lifted already' }], 409)
}
