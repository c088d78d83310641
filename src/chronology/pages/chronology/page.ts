import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { cleanText } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import type { LinePlace } from '../../chronology-line.ts'
import { type LineFilter, readFilter, readLinePlace, writeFilter } from '../../line-filter.ts'
import { listLine } from '../../operations/list-line.ts'
import { bringLineUpToDate, isLineOutOfDate } from '../../operations/mark-duplicates.ts'
import { chronologyView } from './view.ts'

const longestSearch = 200

/** The line of time of a case, narrowed down by what its URL refers to. */
export async function showChronology(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const filter = readFilter(name => request.query.get(name) ?? '')
  return showLine(visit, filter, readLinePlace(request.query.get('after') ?? ''))
}

/**
 * A search, sent as a form so that no word of it stands in a URL (S11). Without words it is only a filter, which
 * goes to the URL that can be kept.
 */
export async function searchChronology(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const filter = readFilter(name => fieldText(request.form, name))
  const words = cleanText(fieldText(request.form, 'words')).trim().slice(0, longestSearch)
  if (words === '') return goTo(`/cases/${visit.caseId}/chronology${writeFilter(filter)}`)
  return showLine(visit, { ...filter, words }, readLinePlace(fieldText(request.form, 'after')))
}

async function showLine(visit: CaseVisit, filter: LineFilter, after: LinePlace | null): Promise<Answer> {
  const look = () =>
    visit.onCase(async transaction =>
      (await isLineOutOfDate(transaction, visit.caseId))
        ? null
        : listLine(transaction, visit.caseId, filter, after),
    )
  let line = await look()
  if (!line) {
    // Marked before anything is counted; in a transaction of its own, because a reader may not write.
    await bringLineUpToDate(visit.clinic, visit.caseId)
    line = await look()
  }
  // Another reading ended at this very moment: show the line as it stands.
  line ??= await visit.onCase(transaction => listLine(transaction, visit.caseId, filter, after))
  const body = chronologyView({
    visit,
    line,
    filter,
    isFirstPage: after === null,
    mayMakeIncidents: visit.sees('chronology', 'write'),
  })
  return showPage(staffPage(visit, { title: 'Chronology', body, wide: true }))
}
