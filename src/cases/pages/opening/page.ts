import { type Agency, listAgencies } from '../../../directory/operations/list-agencies.ts'
import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type CaseId, parseId } from '../../../foundation/ids.ts'
import { type ActCheck, carryFields, findActCheck } from '../../../identity/check-act.ts'
import type { ClinicVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldValues, type PageRequest } from '../../../web/request.ts'
import { createCase, type OpeningChoice } from '../../operations/create-case.ts'
import { readReferral } from '../../operations/read-referral.ts'
import { wordConsent } from '../../operations/word-consent.ts'
import { isGone } from '../../referral.ts'
import { partsField, readConsentParts, readHow } from '../parts/consent-form.ts'
import { howFields, readAloud } from '../parts/give-consent.ts'
import { openingView } from './view.ts'

async function show(
  visit: ClinicVisit,
  caseText: string,
  form: FormFields | null,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const caseId = parseId<CaseId>(caseText)
  const found =
    caseId &&
    (await visit.onClinic(async transaction => {
      const file = await readReferral(transaction, caseId)
      return file && { file, agencies: await listAgencies(transaction) }
    }))
  if (!found || isGone(found.file.referral.state)) return showPage(problemPage(404), 404)
  const once = (form && readOnce(form)) ?? newOnce()
  const page = openingView(visit, { ...found, typed: form ?? new Map(), once, problems })
  return showPage(page, problems.length > 0 ? 400 : 200)
}

/** Chooses the agencies and the parts they may see, with the client's consent. */
export async function askForOpening({ params }: PageRequest, visit: ClinicVisit): Promise<Answer> {
  return show(visit, params['case'] ?? '', null, [])
}

const refusalWords = {
  'not-triaged': 'Triage the referral before you open a case',
  'still-to-ask': 'Find out first what is still to ask, and save the triage again',
  'lead-agency-missing': 'Select the agency that leads the clinic: it keeps the file',
  'own-agency-missing':
    'Select your own agency with what they told us and consents: you cannot open a case you may not see',
} as const

export async function takeOpening({ params, form }: PageRequest, visit: ClinicVisit): Promise<Answer> {
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
    const parts = readConsentParts(form, partsField(agency), agency.name)
    if (!parts.ok) problems.push(...parts.problems)
    return parts.ok
      ? [{ agencyId: agency.agencyId, parts: parts.value, until: how.ok ? how.value.until : null }]
      : []
  })
  for (const agency of agencies) {
    const isChosen = chosen.includes(agency)
    if (!isChosen && fieldValues(form, partsField(agency)).length > 0)
      problems.push({
        field: 'agency',
        message: `Select ${agency.name} too, or untick what they may see`,
      })
  }
  if (!how.ok) problems.push(...how.problems)
  if (!how.ok || problems.length > 0) return show(visit, caseText, form, problems)
  const choice = { agencies: agreed, how: how.value.how }
  const once = readOnce(form)
  const check = await openingOf(visit, caseId, form, agencies, choice)
  const page = check && findActCheck(visit, form, check)
  if (page) return page
  const result = await createCase(clinic, visit.staff, caseId, choice, once)
  if (result.allowed) return goTo(`/cases/${caseId}`)
  if (result.because === 'not-found') return showPage(problemPage(404), 404)
  return show(visit, caseText, form, [{ field: 'agency', message: refusalWords[result.because] }])
}

/** What is recorded when a case is opened; null where the rule refuses it, or it was opened by this form before. */
async function openingOf(
  visit: ClinicVisit,
  caseId: CaseId,
  form: FormFields,
  agencies: readonly Agency[],
  choice: OpeningChoice,
): Promise<ActCheck | null> {
  return visit.clinic.database.transaction(visit.actor, async transaction => {
    const file = await readReferral(transaction, caseId)
    if (file?.referral.state !== 'triaged' || file.referral.decision.ask.length > 0) return null
    const lead = choice.agencies.some(each =>
      agencies.some(agency => agency.isLead && agency.agencyId === each.agencyId),
    )
    const own = choice.agencies.find(each => each.agencyId === visit.staff.agencyId)
    if (!lead || !own?.parts.includes('referral') || !own.parts.includes('consent')) return null
    const agreed = []
    for (const agency of choice.agencies)
      agreed.push(await wordConsent(transaction, { ...agency, how: choice.how }))
    const path = `/triage/${caseId}`
    const others = agencies.filter(each => !choice.agencies.some(one => one.agencyId === each.agencyId))
    return {
      title: `Open the case ${file.referral.reference}?`,
      chosen: [
        { key: 'How they said yes', value: agreed[0]?.how ?? '' },
        { key: 'Until when', value: agreed[0]?.until ?? '' },
      ],
      readAloud: readAloud(agreed),
      isGiving: true,
      follows: [
        ...(others.length === 0
          ? []
          : [`These see nothing of the case: ${others.map(each => each.name).join(', ')}.`]),
        'These words are kept with each consent, sealed, as they stand on this page.',
        'The referral leaves triage and becomes a case.',
      ],
      undo: 'Each consent can be taken back at any time and ends at once. The case can be closed, and is not removed.',
      action: `${path}/open`,
      fields: carryFields(form, ['agency', ...agencies.map(partsField), ...howFields]),
      button: 'Open the case',
      back: { href: `${path}/open`, text: 'Back to who may see it' },
    }
  })
}
