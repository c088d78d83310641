import { type DiaryEntryId, parseId } from '../../../foundation/ids.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { titleWithProblems } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import { fieldValues, type PageRequest } from '../../../web/request.ts'
import { loadDiaryEntry } from '../../operations/list-diary.ts'
import { loadCitedRecords, loadIncidentZone } from '../../operations/load-incident.ts'
import { makeIncident } from '../../operations/make-incident.ts'
import { fillFromDiary, fillFromRecords } from '../parts/fill-incident-form.ts'
import {
  type IncidentFields,
  incidentFieldsView,
  incidentProblemsView,
} from '../parts/incident-fields-view.ts'
import { readIncidentForm, readRecordRefs } from '../parts/incident-form.ts'

/**
 * The form for a new incident, filled in from the records, or the entry of the client's diary, whose references are in
 * the URL. No word of either is.
 */
export async function askForIncident(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const refs = readRecordRefs(request.query.getAll('record')).slice(0, 200)
  const entryId = parseId<DiaryEntryId>(request.query.get('diary') ?? '')
  const { records, zone, told } = await visit.onCase(async transaction => ({
    records: await loadCitedRecords(transaction, visit.caseId, refs),
    zone: await loadIncidentZone(transaction, visit.caseId),
    told: entryId && (await loadDiaryEntry(visit.clinic, transaction, visit.caseId, entryId)),
  }))
  return writePage(visit, newOnce(), {
    caseId: visit.caseId,
    zone,
    records,
    problems: [],
    form: told ? fillFromDiary(told) : fillFromRecords(records, zone),
  })
}

/** Keeps the incident, or shows the form again with everything that was typed. */
export async function takeIncident(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const once = readOnce(form) ?? newOnce()
  const answer = await visit.onCase(async transaction => {
    const zone = await loadIncidentZone(transaction, visit.caseId)
    const refs = readRecordRefs(fieldValues(form, 'record')).slice(0, 201)
    const records = await loadCitedRecords(transaction, visit.caseId, refs)
    const read = readIncidentForm(form, zone, transaction.now, { needsReason: false })
    if (!read.ok) return { zone, records, problems: read.problems }
    // Only records of this case: a reference to any other is as good as none.
    const account = { ...read.account, records: records.map(record => record.ref) }
    return makeIncident(transaction, visit.caseId, once, account)
  })
  if (typeof answer === 'string') return goTo(`/cases/${visit.caseId}/incidents/${answer}`)
  return writePage(visit, once, { caseId: visit.caseId, form, ...answer })
}

function writePage(visit: CaseVisit, once: string, fields: IncidentFields): Answer {
  const title = 'Make an incident'
  const body = html`${caseNavigation(visit, 'incidents')}${incidentProblemsView(fields)}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">One thing that happened. What you write can be read by the police and by a court. It is never edited: a correction is a new revision, and this one stays.</p>
${startForm(
  { action: `/cases/${visit.caseId}/incidents/new`, csrfToken: visit.csrfToken, once },
  incidentFieldsView(fields),
  button({ text: 'Save the incident', preventDoubleClick: true }),
)}`
  const page = staffPage(visit, {
    title: titleWithProblems(title, fields.problems),
    body,
    back: { href: `/cases/${visit.caseId}/chronology`, text: 'Back to the chronology' },
  })
  return showPage(page, fields.problems.length > 0 ? 422 : 200)
}
