import type { FormProblem } from '../../../foundation/decision.ts'
import { type ItemId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { askToRead, loadWhatIsAsked } from '../../operations/ask-to-read.ts'
import { loadItem } from '../../operations/load-evidence.ts'
import { askedAsTyped, readAskedForm } from './form.ts'
import { readingView } from './view.ts'

const itemOf = (request: PageRequest): ItemId | null => parseId<ItemId>(request.params['item'] ?? '')
const notFound = (): Answer => showPage(problemPage(404), 404)

/** Asks what is to be read of an item. */
export async function askForPart(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, 200, null, [])
}

/** Keeps what is to be read of an item, stops what is being read, and has it read so. */
export async function takePart(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const itemId = itemOf(request)
  if (!itemId) return notFound()
  const read = readAskedForm(request.form)
  if (!read.ok) return show(request, visit, 422, request.form, read.problems)
  const kept = await visit.onCase(transaction =>
    askToRead(visit.clinic, transaction, visit.caseId, itemId, read.asked),
  )
  return kept ? goTo(`/cases/${visit.caseId}/evidence/${itemId}`) : notFound()
}

async function show(
  request: PageRequest,
  visit: CaseVisit,
  status: number,
  typed: FormFields | null,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const itemId = itemOf(request)
  const found =
    itemId &&
    (await visit.onCase(async transaction => {
      const whole = await loadItem(transaction, visit.caseId, itemId)
      const asked = await loadWhatIsAsked(transaction, visit.caseId, itemId)
      return whole && asked ? { ...whole, asked } : null
    }))
  if (!found) return notFound()
  const view = { ...found, typed: typed ?? askedAsTyped(found.asked), problems }
  return showPage(readingView(visit, view), status)
}
