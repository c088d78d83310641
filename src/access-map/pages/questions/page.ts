import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { changeInventory } from '../../operations/change-inventory.ts'
import { type Glance, loadGlance } from '../../operations/load-glance.ts'
import { readQuestionsForm } from './form.ts'
import { findUnasked } from './open-questions.ts'
import { questionsView } from './view.ts'

/** Every question nobody was asked yet, about every thing, on one screen. */
export async function askAll(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const glance = await load(visit)
  return write(visit, glance, new Map([['basis', ['told']]]), [])
}

/** Keeps the answers about all things as one revision, and shows what they make of the map. */
export async function takeAllAnswers({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const glance = await load(visit)
  const { inventory } = glance.drawn
  const unasked = findUnasked(inventory, glance.catalogue.entries)
  if (unasked.length === 0) return goTo(`/cases/${caseId}/map`)
  const read = readQuestionsForm(form, unasked, inventory)
  if (!read.ok) return write(visit, glance, form, read.problems)
  const result = await visit.onCase(transaction =>
    changeInventory(
      clinic,
      transaction,
      staff.personId,
      caseId,
      { kind: 'answers', ...read.value },
      readOnce(form),
    ),
  )
  if (result.allowed) return goTo(`/cases/${caseId}/map?saved=${result.revision}`)
  const message =
    'Somebody else changed one of these things while you were typing. Read what they said, and save again to add yours'
  return write(visit, await load(visit), new Map([...form, ['_once', [newOnce()]]]), [
    { field: 'basis', message },
  ])
}

function load(visit: CaseVisit): Promise<Glance> {
  return visit.onCase(transaction => loadGlance(visit.clinic, transaction, visit.caseId, null))
}

function write(
  visit: CaseVisit,
  glance: Glance,
  typed: FormFields,
  problems: readonly FormProblem[],
): Answer {
  const unasked = findUnasked(glance.drawn.inventory, glance.catalogue.entries)
  const page = questionsView(visit, { glance, unasked, typed, problems, once: readOnce(typed) ?? newOnce() })
  return showPage(page, problems.length > 0 ? 422 : 200)
}
