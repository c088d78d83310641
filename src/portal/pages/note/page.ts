import { findDiaryEntry } from '../../../chronology/operations/list-diary.ts'
import { writeDiaryEntry } from '../../../chronology/operations/write-diary-entry.ts'
import { type DiaryEntryId, parseId } from '../../../foundation/ids.ts'
import type { ClientVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { titleWithProblems } from '../../../web/form-problems.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { myPage } from '../parts/my-page.ts'
import { readNote } from './form.ts'
import { type NoteView, noteFormView } from './view.ts'

/** The form for a note, or for the correction of one that the client wrote. */
export async function askForNote(request: PageRequest, visit: ClientVisit): Promise<Answer> {
  const corrects = correctedBy(request)
  const { isThere } = await visit.onCase(transaction => findDiaryEntry(transaction, visit.caseId, corrects))
  if (corrects !== null && !isThere) return showPage(problemPage(404), 404)
  return writePage(request, { once: newOnce(), typed: new Map(), problems: [] })
}

const tooMany =
  'Many notes were saved within an hour, and this one is not saved yet. It is all still here: save it again in a while. It is kept nowhere else, so it is gone when you leave this page'

/** Keeps the note, or shows the form again with everything that was typed. */
export async function takeNote(request: PageRequest, visit: ClientVisit): Promise<Answer> {
  const { form } = request
  const once = readOnce(form) ?? newOnce()
  const corrects = correctedBy(request)
  const problems = await visit.onCase(async transaction => {
    const { zone } = await findDiaryEntry(transaction, visit.caseId, null)
    const read = readNote(form, zone, transaction.now)
    if (!read.ok) return read.problems
    const entry = { account: read.value, corrects, once }
    const kept = await writeDiaryEntry(visit.clinic, transaction, visit.caseId, entry)
    return kept.allowed ? [] : [{ field: 'what', message: tooMany }]
  })
  if (problems.length === 0) return goTo('/my/notes')
  return writePage(request, { once, typed: form, problems })
}

function correctedBy({ params }: PageRequest): DiaryEntryId | null {
  return parseId<DiaryEntryId>(params['note'] ?? '')
}

function writePage(request: PageRequest, view: Pick<NoteView, 'once' | 'typed' | 'problems'>): Answer {
  const heading = correctedBy(request) === null ? 'Write a note' : 'Add a correction'
  const { csrfToken, path } = request
  return showPage(
    myPage(request, {
      title: titleWithProblems('Notes', view.problems),
      heading,
      body: noteFormView({ ...view, action: path, csrfToken }),
    }),
    view.problems.length > 0 ? 422 : 200,
  )
}
