import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import { sayLockOutRefusal } from '../../lock-out/say-lock-out.ts'
import { changeLockOut } from '../../operations/change-lock-out.ts'
import { readChosenMoment, readSeenRevision } from './moment-form.ts'

/** Shows again the page on which the plan was chosen, with what was typed and what is wrong with it. */
type ShowAgain = (
  never: readonly string[],
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
) => Promise<Answer>

/** Keeps the plan the client chose, if it can be taken from their current state. */
export async function takeChoice(form: FormFields, visit: CaseVisit, again: ShowAgain): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const never = readSteps(fieldValues(form, 'never'))
  const zone = await visit.onCase(async transaction => (await loadProfile(transaction)).timeZone)
  const read = readChosenMoment(form, zone)
  const order = readSteps(fieldText(form, 'order').split(' '))
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  if (order.length === 0) problems.unshift({ field: 'order', message: 'Select a plan' })
  if (!read.ok || problems.length > 0) return again(never, form, problems, 422)
  const change = { kind: 'choose', seen: readSeenRevision(form), order, never, ...read.value } as const
  const result = await visit.onCase(transaction =>
    changeLockOut(clinic, transaction, staff, caseId, change, readOnce(form)),
  )
  if (result.allowed) return goTo(`/cases/${caseId}/map/lock-out`)
  const problem = { field: 'mode', message: sayLockOutRefusal(result.because) }
  return again(never, new Map([...form, ['_once', [newOnce()]]]), [problem], 409)
}

/** Names of steps as they came, each once. What cannot be the name of a step is ignored. */
export function readSteps(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter(text => text !== '' && text.length <= 200))].slice(0, 300)
}
