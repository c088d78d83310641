import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadRecord } from '../../operations/load-record.ts'
import { parseRecordRef } from '../../record.ts'
import { recordView } from './view.ts'

/** One record, whole, as it stands in its source. */
export async function showRecord(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const ref = parseRecordRef(request.params['record'] ?? '')
  const file = ref && (await visit.onCase(transaction => loadRecord(transaction, visit.caseId, ref)))
  if (!file) return showPage(problemPage(404), 404)
  return showPage(
    staffPage(visit, {
      title: 'Record',
      body: recordView(visit, file, visit.sees('chronology', 'write')),
      back: { href: `/cases/${visit.caseId}/chronology`, text: 'Back to the chronology' },
    }),
  )
}
