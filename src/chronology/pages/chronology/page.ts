import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { cleanText } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { listTimeline } from '../../operations/list-timeline.ts'
import type { TimelinePlace } from '../../timeline.ts'
import {
  keyOf,
  readFilter,
  readTimelinePlace,
  type TimelineFilter,
  writeFilter,
} from '../../timeline-filter.ts'
import { chronologyView } from './view.ts'

const longestSearch = 200

/** The timeline of a case, narrowed down by what its URL refers to. */
export async function showChronology(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const filter = readFilter(name => request.query.get(name) ?? '')
  return showTimeline(visit, filter, readTimelinePlace(request.query.get('after') ?? ''))
}

/**
 * A search, sent as a form so that no word of it stands in a URL (S11). Without words it is only a filter, which
 * goes to the URL that can be kept.
 */
export async function searchChronology(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const given = readFilter(name => fieldText(request.form, name))
  // A reference is typed; in the URL stands its key.
  const reference = cleanText(fieldText(request.form, 'exhibit-reference')).trim()
  const filter = reference === '' ? given : { ...given, exhibit: keyOf(reference) }
  const words = cleanText(fieldText(request.form, 'words')).trim().slice(0, longestSearch)
  if (words === '') return goTo(`/cases/${visit.caseId}/chronology${writeFilter(filter)}`)
  return showTimeline(visit, { ...filter, words }, readTimelinePlace(fieldText(request.form, 'after')))
}

async function showTimeline(
  visit: CaseVisit,
  filter: TimelineFilter,
  after: TimelinePlace | null,
): Promise<Answer> {
  const timeline = await visit.onCase(transaction => listTimeline(transaction, visit.caseId, filter, after))
  const body = chronologyView({
    visit,
    line: timeline,
    filter,
    isFirstPage: after === null,
    mayMakeIncidents: visit.sees('chronology', 'write'),
  })
  return showPage(staffPage(visit, { title: 'Chronology', body, wide: true }))
}
