import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { rulings } from '../../leaks/leak-log.ts'
import { changeLeaks } from '../../operations/change-leaks.ts'
import { loadLeakFile } from '../../operations/load-leaks.ts'
import { rankLeaks } from '../../operations/rank-leaks.ts'
import { leakAnswerView } from './view.ts'

/**
 * The ranking of the days as they are. The person who records days asks for it with the button beside them, so that
 * what carried each day is recorded before its ranking is seen.
 */
export async function showLeakAnswer(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId } = visit
  const mayChange = visit.sees('map', 'write')
  const file = await visit.onCase(transaction => loadLeakFile(clinic, transaction, caseId))
  if (mayChange && file.log.shownIn < file.revision) return goTo(`/cases/${caseId}/map/leaks#days`)
  const found = await rankLeaks(clinic, file)
  return showPage(leakAnswerView(visit, { file, found, mayChange }))
}

/** Asks for the ranking. From now on a changed tick says that it came afterwards. */
export async function askForRanking({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  await visit.onCase(transaction =>
    changeLeaks(clinic, transaction, staff.personId, caseId, { kind: 'ranking' }, readOnce(form)),
  )
  return goTo(`/cases/${caseId}/map/leaks/answer`)
}

/** Agrees to a method of finding out more, rules it out, says what a check showed, or takes any of that back. */
export async function ruleOnTest({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const testId = fieldText(form, 'test')
  const said = fieldText(form, 'ruling')
  const ruling = rulings.find(each => each === said) ?? null
  const isTest = /^(look|bait):t[0-9]{1,4}$|^day:[a-z]{1,20}$/.test(testId)
  const fits =
    said === 'open' || (ruling?.startsWith('showed') ? testId.startsWith('look:') : ruling !== null)
  if (!isTest || !fits) return showPage(problemPage(404), 404)
  const change = { kind: 'rule', testId, ruling } as const
  await visit.onCase(transaction =>
    changeLeaks(clinic, transaction, staff.personId, caseId, change, readOnce(form)),
  )
  return goTo(`/cases/${caseId}/map/leaks/answer#tests`)
}
