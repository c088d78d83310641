import { z } from 'zod'
import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { oneOf } from '../../../web/form-fields.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { giveConsent } from '../../operations/give-consent.ts'
import { listConsents } from '../../operations/list-consents.ts'
import { listExceptions } from '../../operations/list-exceptions.ts'
import { readConsentParts, readHow } from '../parts/consent-form.ts'
import { givingOf } from '../parts/give-consent.ts'
import { consentsView } from './view.ts'

async function show(
  visit: CaseVisit,
  form: FormFields,
  problems: readonly FormProblem[],
  status = 400,
): Promise<Answer> {
  const found = await visit.onCase(async transaction => ({
    consents: await listConsents(transaction, visit.caseId),
    exceptions: (await listExceptions(transaction, visit.caseId)).requests,
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const once = readOnce(form) ?? newOnce()
  const mayChange = visit.sees('consent', 'write')
  const page = consentsView(visit, { ...found, mayChange, typed: form, once, problems })
  return showPage(page, problems.length > 0 ? status : 200)
}

/** Which agencies are party to the case, by what consent. */
export async function showConsents(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [])
}

const refusalWords = {
  'already-in-force': 'This agency already has a consent in force. To change it, withdraw that one first',
  'end-is-past': 'The last day must be today or in the future',
  'no-parts': 'Select what they may see',
} as const

export async function takeConsent({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, staff } = visit
  const { agencies, zone } = await visit.onCase(async transaction => ({
    agencies: (await listConsents(transaction, caseId)).agencies,
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const slugs = agencies.map(each => each.slug)
  const chosen = readForm(z.object({ agency: oneOf(slugs, 'Select which agency') }), form)
  const parts = readConsentParts(form, 'parts', 'the agency')
  const how = readHow(form, zone, visit.clinic.clock.now())
  const problems = [chosen, parts, how].flatMap(each => (each.ok ? [] : each.problems))
  const agency = chosen.ok ? agencies.find(each => each.slug === chosen.value.agency) : undefined
  if (!agency || !parts.ok || !how.ok) return show(visit, form, problems)
  const choice = { agencyId: agency.agencyId, parts: parts.value, ...how.value }
  const result = await visit.onCase(async transaction => {
    const isThere = (await listConsents(transaction, caseId)).lines.some(
      each => each.agencyId === agency.agencyId && (each.state === 'in-force' || each.state === 'not-yet'),
    )
    // One that is there already is the rule's to refuse; and the same form sent twice is its to answer.
    const page = isThere ? null : findActCheck(visit, form, await givingOf(transaction, visit, form, choice))
    return page ?? giveConsent(transaction, staff.personId, caseId, choice, readOnce(form))
  })
  if ('kind' in result) return result
  if (result.allowed) return goTo(`/cases/${caseId}/consents`)
  const status = result.because === 'already-in-force' ? 409 : 400
  return show(visit, form, [{ field: 'agency', message: refusalWords[result.because] }], status)
}
