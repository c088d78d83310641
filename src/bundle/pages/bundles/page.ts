import type { FormProblem } from '../../../foundation/decision.ts'
import { type AgencyId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { readOnce } from '../../../web/form.ts'
import { readForm } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { askForBundle } from '../../operations/ask-for-bundle.ts'
import { listBundles } from '../../operations/load-bundles.ts'
import { askSchema } from './form.ts'
import { type AskTyped, bundlesView } from './view.ts'

const nothingTyped: AskTyped = { purpose: '', agency: '', records: 'in-incidents', note: '' }

export async function showBundles(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showPage(await pageOf(visit, nothingTyped, []))
}

export async function askBundle(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const once = readOnce(form)
  const typed: AskTyped = {
    purpose: fieldText(form, 'purpose'),
    agency: fieldText(form, 'agency'),
    records: fieldText(form, 'records'),
    note: fieldText(form, 'note'),
    once: once ?? undefined,
  }
  const read = readForm(askSchema, form)
  if (!read.ok) return showPage(await pageOf(visit, typed, read.problems), 422)
  const asked = await visit.onCase(transaction =>
    askForBundle(transaction, visit.caseId, {
      purpose: read.value.purpose,
      forAgency: parseId<AgencyId>(read.value.agency),
      choices: { records: read.value.records, note: read.value.note },
      askedBy: visit.staff.personId,
      formToken: once,
    }),
  )
  if (asked.allowed) return goTo(`/cases/${visit.caseId}/bundles`)
  const message =
    asked.because === 'no-agency'
      ? 'Select which agency the bundle is for'
      : 'That agency is not party to this case with consent for bundles. Record the consent first'
  return showPage(await pageOf(visit, typed, [{ field: 'agency', message }]), 422)
}

async function pageOf(visit: CaseVisit, typed: AskTyped, problems: readonly FormProblem[]) {
  const { bundles, recipients } = await visit.onCase(transaction => listBundles(transaction, visit.caseId))
  const mayChange = visit.sees('bundle', 'write')
  return bundlesView(visit, { bundles, recipients, mayAsk: mayChange, mayDecide: mayChange, typed, problems })
}
