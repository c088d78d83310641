import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { decidePermission } from '../../../identity/permission.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { cleanText } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues, type PageRequest } from '../../../web/request.ts'
import { loadCatalogue } from '../../load-catalogue.ts'
import { changeInventory } from '../../operations/change-inventory.ts'
import { listRevisions } from '../../operations/list-revisions.ts'
import { loadInventory } from '../../operations/load-inventory.ts'
import { showMap } from './view.ts'

async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  upTo?: number,
): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const catalogue = await loadCatalogue()
  const found = await visit.onCase(async transaction => ({
    ...(await loadInventory(clinic, transaction, caseId, upTo)),
    lines: upTo === undefined ? [] : await listRevisions(transaction, caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const line = found.lines.find(each => each.revision === upTo)
  if (upTo !== undefined && !line) return showPage(problemPage(404), 404)
  const page = showMap(visit, {
    ...found,
    catalogue,
    mayChange: upTo === undefined && decidePermission(staff.role, 'map', 'write'),
    typed,
    once: readOnce(typed) ?? newOnce(),
    problems,
    asOf: line && sayMoment(line.at, found.zone),
  })
  return showPage(page, problems.length > 0 ? 422 : 200)
}

/** What the client has and who had hands on it, as it is now. */
export async function showAccessMap(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [])
}

/** The same as it was at an earlier revision. */
export async function showEarlierMap(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const text = request.params['revision'] ?? ''
  return /^[1-9][0-9]{0,8}$/.test(text)
    ? show(visit, new Map(), [], Number(text))
    : showPage(problemPage(404), 404)
}

/** Puts everything that was ticked on the map, and goes to the questions of the first. */
export async function addThings({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const { entries } = await loadCatalogue()
  const chosen = fieldValues(form, 'entries').flatMap(id => entries.get(id) ?? [])
  if (chosen.length === 0) return show(visit, form, [{ field: 'entries', message: 'Select what they have' }])
  const result = await visit.onCase(transaction =>
    changeInventory(
      clinic,
      transaction,
      staff.personId,
      caseId,
      { kind: 'add', entries: chosen },
      readOnce(form),
    ),
  )
  if (!result.allowed)
    return show(visit, form, [
      { field: 'entries', message: 'The map is full: take something off that they no longer have' },
    ])
  return goTo(`/cases/${caseId}/map/things/${result.added[0] ?? ''}`)
}

/** Keeps what troubles her in her own words. */
export async function keepWords({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const words = cleanText(fieldText(form, 'words')).trim()
  if ([...words].length > 10_000)
    return show(visit, form, [{ field: 'words', message: 'Their words must be 10000 characters or less' }])
  await visit.onCase(transaction =>
    changeInventory(clinic, transaction, staff.personId, caseId, { kind: 'words', words }, readOnce(form)),
  )
  return goTo(`/cases/${caseId}/map`)
}
