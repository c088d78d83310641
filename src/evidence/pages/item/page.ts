import type { FormProblem } from '../../../foundation/decision.ts'
import { type ItemId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { answerQuestion, readAgain } from '../../operations/answer-question.ts'
import { listGiveaways } from '../../operations/list-giveaways.ts'
import { loadItem } from '../../operations/load-evidence.ts'
import { openOriginal } from '../../operations/open-original.ts'
import { answersAsTyped, readItemAnswers, type TypedAnswers, typedAnswers } from './form.ts'
import { itemView } from './view.ts'

const itemOf = (request: PageRequest): ItemId | null => parseId<ItemId>(request.params['item'] ?? '')
const notFound = (): Answer => showPage(problemPage(404), 404)

/** Shows one item. */
export async function showItem(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, 200, null, [])
}

/** Keeps what a person answered about an item, and has it read again. */
export async function takeItemAnswers(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const itemId = itemOf(request)
  if (!itemId) return notFound()
  const whole = await visit.onCase(transaction => loadItem(transaction, visit.caseId, itemId))
  if (!whole) return notFound()
  const read = readItemAnswers(request.form, whole.reading?.questions ?? [])
  if (!read.ok) return show(request, visit, 422, typedAnswers(request.form), read.problems)
  await visit.onCase(transaction =>
    answerQuestion(visit.clinic, transaction, visit.caseId, itemId, read.answers),
  )
  return goTo(`/cases/${visit.caseId}/evidence/${itemId}`)
}

/** Has an item read once more. */
export async function takeReadAgain(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const itemId = itemOf(request)
  const done = itemId && (await visit.onCase(transaction => readAgain(transaction, visit.caseId, itemId)))
  return done ? goTo(`/cases/${visit.caseId}/evidence/${itemId}`) : notFound()
}

/** Hands out an original: as a download, never as a page. */
export async function giveOriginal(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const itemId = itemOf(request)
  const opened = itemId && (await openOriginal(visit.clinic, visit.onCase, visit.caseId, itemId))
  if (!opened) return notFound()
  const { item, name, body } = opened
  // Whatever it is, the browser is told that it is bytes to be saved (S10).
  return { kind: 'download', name, type: 'application/octet-stream', size: item.size, body }
}

async function show(
  request: PageRequest,
  visit: CaseVisit,
  status: number,
  typed: TypedAnswers | null,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const itemId = itemOf(request)
  const found =
    itemId &&
    (await visit.onCase(async transaction => ({
      whole: await loadItem(transaction, visit.caseId, itemId),
      searches: await listGiveaways(transaction, visit.caseId, [itemId]),
    })))
  if (!found?.whole) return notFound()
  const { whole, searches } = found
  const zone = whole.context?.zone ?? 'Europe/London'
  const view = {
    ...whole,
    look: searches.get(whole.item.itemId)?.look ?? null,
    mayChange: visit.sees('evidence', 'write'),
    typed: typed ?? answersAsTyped(whole.reading?.answers ?? {}, zone),
    problems,
  }
  return showPage(itemView(visit, view), status)
}
