import { type ItemId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { showPosition } from '../../operations/show-position.ts'
import { positionView } from './view.ts'

/** Shows where a picture was taken, to somebody who asked for it and may see how the client is reached. */
export async function showPicturePosition(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const itemId = parseId<ItemId>(request.params['item'] ?? '')
  const isTheirs = visit.sees('contact', 'read')
  const shown =
    itemId && isTheirs ? await showPosition(visit.clinic, visit.onCase, visit.caseId, itemId) : null
  return shown ? showPage(positionView(visit, shown)) : showPage(problemPage(404), 404)
}
