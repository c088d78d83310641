import { type BundleId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { openBundle } from '../../operations/open-bundle.ts'

/** Hands a bundle out, always as a file to keep and never as a page. */
export async function downloadBundle(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const bundleId = parseId<BundleId>(request.params['bundle'] ?? '')
  const opened =
    bundleId && (await openBundle(visit.clinic, visit.actor, visit.caseId, bundleId, visit.onCase))
  if (!opened) return showPage(problemPage(404), 404)
  return {
    kind: 'download',
    name: opened.name,
    type: 'application/zip',
    size: opened.size,
    body: opened.body,
  }
}
