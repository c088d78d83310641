import { type Agency, listAgencies } from '../../../directory/operations/list-agencies.ts'
import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type CaseId, parseId } from '../../../foundation/ids.ts'
import type { StaffRoute, StaffVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldValues } from '../../../web/request.ts'
import { type OpeningChoice, openCaseFile } from '../../operations/open-case.ts'
import { readReferral } from '../../operations/read-referral.ts'
import { findUsualParts } from '../../usual-parts.ts'
import { partsField, readHow, readParts } from '../consents/consent-form.ts'
import { showOpening } from './view.ts'

async function show(
  visit: StaffVisit,
  caseText: string,
  form: FormFields | null,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const caseId = parseId<CaseId>(caseText)
  const found =
    caseId &&
    (await visit.clinic.database.transaction(visit.actor, async transaction => {
      const file = await readReferral(transaction, caseId)
      return file && { file, agencies: await listAgencies(transaction) }
    }))
  if (!found || found.file.referral.state === 'not-ours') return showPage(problemPage(404), 404)
  // Parts are ticked beforehand; which agencies, only the client says. The file needs the one that keeps it.
  const start: FormFields = new Map<string, readonly string[]>([
    ['agency', found.agencies.filter(each => isNeeded(each, visit)).map(each => each.slug)],
    ...found.agencies.map(agency => [partsField(agency), findUsualParts(agency)] as const),
  ])
  const once = (form && readOnce(form)) ?? newOnce()
  const page = showOpening(visit, { ...found, typed: form ?? start, once, problems })
  return showPage(page, problems.length > 0 ? 400 : 200)
}

const isNeeded = (agency: Agency, visit: StaffVisit): boolean =>
  agency.isLead || agency.agencyId === visit.staff.agencyId

/** Chooses the agencies and the parts they may see, with the client's consent. */
export const openFormRoute: StaffRoute = {
  kind: 'staff',
  method: 'GET',
  path: '/triage/:case/open',
  who: ['coordinator'],
  answer: ({ params }, visit) => show(visit, params['case'] ?? '', null, []),
}

const refusalWords = {
  'not-triaged': 'Triage the referral before you open a case',
  'still-to-ask': 'Find out first what is still to ask, and save the triage again',
  'lead-agency-missing': 'Select the agency that leads the clinic: it keeps the file',
  'own-agency-missing':
    'Select your own agency with what they told us and consents: you cannot open a case you may not see',
} as const

export const saveOpeningRoute: StaffRoute = {
  kind: 'staff',
  method: 'POST',
  path: '/triage/:case/open',
  who: ['coordinator'],
  answer: async ({ params, form }, visit) => {
    const { clinic, actor } = visit
    const caseText = params['case'] ?? ''
    const caseId = parseId<CaseId>(caseText)
    if (!caseId) return showPage(problemPage(404), 404)
    const { agencies, zone } = await clinic.database.transaction(actor, async transaction => ({
      agencies: await listAgencies(transaction),
      zone: (await loadProfile(transaction)).timeZone,
    }))
    const chosen = agencies.filter(agency => fieldValues(form, 'agency').includes(agency.slug))
    const how = readHow(form, zone, clinic.clock.now())
    const problems: FormProblem[] =
      chosen.length === 0 ? [{ field: 'agency', message: 'Select who the client agreed to' }] : []
    const agreed = chosen.flatMap((agency): OpeningChoice['agencies'] => {
      const parts = readParts(form, partsField(agency), agency.name)
      if (!parts.ok) problems.push(...parts.problems)
      return parts.ok
        ? [{ agencyId: agency.agencyId, parts: parts.value, until: how.ok ? how.value.until : null }]
        : []
    })
    if (!how.ok) problems.push(...how.problems)
    if (!how.ok || problems.length > 0) return show(visit, caseText, form, problems)
    const choice = { agencies: agreed, how: how.value.how }
    const result = await openCaseFile(clinic, visit.staff, caseId, choice, readOnce(form))
    if (result.allowed) return goTo(`/cases/${caseId}`)
    if (result.because === 'not-found') return showPage(problemPage(404), 404)
    return show(visit, caseText, form, [{ field: 'agency', message: refusalWords[result.because] }])
  },
}
