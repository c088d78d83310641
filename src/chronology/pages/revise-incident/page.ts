import { type IncidentId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { fieldText, fieldValues, type PageRequest } from '../../../web/request.ts'
import { loadCitedRecords, loadIncident, loadIncidentZone } from '../../operations/load-incident.ts'
import { reviseIncident } from '../../operations/revise-incident.ts'
import { fillFromAccount } from '../parts/fill-incident-form.ts'
import { readIncidentForm, readRecordRefs } from '../parts/incident-form.ts'
import { reviseView } from './view.ts'

const missing = (): Answer => showPage(problemPage(404), 404)

/** The form for a new revision, filled in from the newest. */
export async function askForIncidentRevision(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const incidentId = parseId<IncidentId>(request.params['incident'] ?? '')
  const file =
    incidentId && (await visit.onCase(transaction => loadIncident(transaction, visit.caseId, incidentId)))
  if (!file) return missing()
  const { newest, records, number } = file
  return showPage(
    reviseView({
      visit,
      incidentId,
      number,
      base: newest.revision,
      once: newOnce(),
      newer: null,
      fields: {
        caseId: visit.caseId,
        zone: newest.zone,
        records,
        problems: [],
        form: fillFromAccount(newest),
      },
    }),
  )
}

/**
 * Adds the revision. When somebody else revised it since this form was opened, both texts are shown and the person
 * decides: what is sent from that page is based on the newer one.
 */
export async function takeIncidentRevision(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const incidentId = parseId<IncidentId>(request.params['incident'] ?? '')
  if (!incidentId) return missing()
  const { form } = request
  const once = readOnce(form) ?? newOnce()
  const base = Number(/^\d{1,6}$/.exec(fieldText(form, 'base'))?.[0] ?? 0)
  const answer = await visit.onCase(async transaction => {
    const zone = await loadIncidentZone(transaction, visit.caseId)
    const refs = readRecordRefs(fieldValues(form, 'record')).slice(0, 201)
    const records = await loadCitedRecords(transaction, visit.caseId, refs)
    const read = readIncidentForm(form, zone, transaction.now, { needsReason: true })
    const file = await loadIncident(transaction, visit.caseId, incidentId)
    if (!file) return null
    const shown = { zone, records, number: file.number }
    if (!read.ok) return { ...shown, problems: read.problems, base, newer: null }
    const account = { ...read.account, records: [...records.map(record => record.ref), ...file.unread] }
    const revising = await reviseIncident(transaction, visit.caseId, incidentId, {
      token: once,
      base,
      reason: read.reason,
      account,
    })
    return revising.kind === 'stale'
      ? { ...shown, problems: [], base: revising.newest.revision, newer: revising.newest }
      : 'revised'
  })
  if (answer === null) return missing()
  if (answer === 'revised') return goTo(`/cases/${visit.caseId}/incidents/${incidentId}`)
  const { zone, records, number, problems, newer } = answer
  const page = reviseView({
    visit,
    incidentId,
    number,
    base: answer.base,
    once,
    newer,
    fields: { caseId: visit.caseId, zone, records, problems, form },
  })
  return showPage(page, newer ? 409 : 422)
}
