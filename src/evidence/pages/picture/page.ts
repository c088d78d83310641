import { type ItemId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { askForPicture } from '../../operations/ask-for-safe-copy.ts'
import { loadPicture, openSafeCopyFile } from '../../operations/open-safe-copy.ts'
import { pictureOfItemView, readZoom } from './view.ts'

const itemOf = (request: PageRequest): ItemId | null => parseId<ItemId>(request.params['item'] ?? '')
const notFound = (): Answer => showPage(problemPage(404), 404)

/** Shows a picture as this program made it again, in the size that the address asks for. */
export async function showPicture(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const itemId = itemOf(request)
  const found = itemId && (await visit.onCase(transaction => loadPicture(transaction, visit.caseId, itemId)))
  if (!found) return notFound()
  const zoom = readZoom(request.query.get('size'))
  const line = Number(request.query.get('line') ?? '')
  const mayChange = visit.sees('evidence', 'write')
  return showPage(pictureOfItemView(visit, { ...found, zoom, line, mayChange }))
}

/** Has a picture made that can be looked at. */
export async function takePictureAsked(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const itemId = itemOf(request)
  const asked =
    itemId && (await visit.onCase(transaction => askForPicture(transaction, visit.caseId, itemId)))
  return asked ? goTo(`/cases/${visit.caseId}/evidence/${itemId}/picture`) : notFound()
}

/** The picture that its page draws. */
export async function givePicture(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return give(request, visit, 'whole')
}

/** The small picture that a list draws. */
export async function giveSmallPicture(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return give(request, visit, 'small')
}

async function give(request: PageRequest, visit: CaseVisit, which: 'whole' | 'small'): Promise<Answer> {
  const itemId = itemOf(request)
  const opened = itemId && (await openSafeCopyFile(visit.clinic, visit.onCase, visit.caseId, itemId, which))
  if (!opened) return notFound()
  return { kind: 'image', type: opened.mediaType, size: opened.size, body: opened.body }
}
