import type { FormProblem } from '../../../foundation/decision.ts'
import { type ItemId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { loadPicture } from '../../operations/open-safe-copy.ts'
import { transcribePicture } from '../../operations/transcribe-picture.ts'
import { mostTranscriptLines } from '../../transcript.ts'
import { blankLines, readLineCount, readTranscriptForm, transcriptAsTyped } from './form.ts'
import { transcriptFormView } from './view.ts'

const itemOf = (request: PageRequest): ItemId | null => parseId<ItemId>(request.params['item'] ?? '')
const notFound = (): Answer => showPage(problemPage(404), 404)

/** Asks what a picture shows, beside the picture. */
export async function askForTranscript(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, 200, null, [])
}

/** Keeps what was typed off a picture; or gives the form back with more lines, where that was asked for. */
export async function takeTranscript(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const itemId = itemOf(request)
  if (!itemId) return notFound()
  const { form } = request
  if (fieldText(form, 'act') === 'more') {
    const count = Math.min(mostTranscriptLines, readLineCount(form) + blankLines)
    return show(request, visit, 200, new Map([...form, ['lines', [String(count)]]]), [])
  }
  const base = /^\d{1,6}$/.test(fieldText(form, 'base')) ? Number(fieldText(form, 'base')) : 0
  const read = readTranscriptForm(form, base === 0)
  if (!read.ok) return show(request, visit, 422, form, read.problems)
  const kept = await visit.onCase(transaction =>
    transcribePicture(visit.clinic, transaction, visit.caseId, itemId, base, read.typed, visit.staff.name),
  )
  if (kept === 'not-found') return notFound()
  if (kept === 'changed-meanwhile') {
    const message =
      'Somebody else has written down what this picture says since you opened this page. What they wrote is kept, and what you typed is below. Compare the two, then save again'
    return show(request, visit, 409, form, [{ field: 'device', message }])
  }
  return goTo(`/cases/${visit.caseId}/evidence/${itemId}/picture`)
}

async function show(
  request: PageRequest,
  visit: CaseVisit,
  status: number,
  typed: FormFields | null,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const itemId = itemOf(request)
  const found = itemId && (await visit.onCase(transaction => loadPicture(transaction, visit.caseId, itemId)))
  if (!found || found.isSetAside) return notFound()
  const newest = found.transcripts[0]?.transcript ?? null
  return showPage(
    transcriptFormView(visit, { ...found, typed: typed ?? transcriptAsTyped(newest), problems }),
    status,
  )
}
