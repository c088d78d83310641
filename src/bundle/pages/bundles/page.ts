import type { FormProblem } from '../../../foundation/decision.ts'
import { type AgencyId, parseId } from '../../../foundation/ids.ts'
import { beginningOfList, type PlaceInList, readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { readOnce } from '../../../web/form.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues, type PageRequest } from '../../../web/request.ts'
import type { RequestedChoices } from '../../bundle-request.ts'
import { type ChosenExhibits, findOpenChoices } from '../../exhibit-choice.ts'
import { askForBundle } from '../../operations/ask-for-bundle.ts'
import { listBundlePage } from '../../operations/load-bundles.ts'
import { weighExhibits } from '../../operations/weigh-exhibits.ts'
import { chooseView } from './choose-view.ts'
import { askSchema, choiceField, readChoices } from './form.ts'
import { type AskTyped, bundlesView } from './view.ts'

const nothingTyped: AskTyped = { purpose: '', agency: '', records: 'in-incidents', note: '' }

export async function showBundles({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  return showPage(await pageOf(visit, nothingTyped, [], place))
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
  const chosen = readChoices(form)
  const asked = await visit.onCase(transaction =>
    askForBundle(transaction, visit.caseId, {
      purpose: read.value.purpose,
      forAgency: parseId<AgencyId>(read.value.agency),
      choices: { records: read.value.records, note: read.value.note, exhibits: chosen },
      askedBy: visit.staff.personId,
      formToken: once,
    }),
  )
  if (asked.allowed) return goTo(`/cases/${visit.caseId}/bundles`)
  if (asked.because === 'choices-open') return askForChoices(visit, typed, read.value.records, form, chosen)
  if (asked.because === 'exhibits-not-seen') {
    const message =
      'You may not see the evidence and the chronology of this case, so somebody who may has to ask for the bundle'
    return showPage(await pageOf(visit, typed, [{ field: 'purpose', message }]), 422)
  }
  const message =
    asked.because === 'no-agency'
      ? 'Select which agency the bundle is for'
      : 'That agency is not party to this case with consent for bundles. Record the consent first'
  return showPage(await pageOf(visit, typed, [{ field: 'agency', message }]), 422)
}

/** Shows what could give the client away and has not been decided; those that were shown and left open are said. */
async function askForChoices(
  visit: CaseVisit,
  typed: AskTyped,
  records: RequestedChoices['records'],
  form: FormFields,
  chosen: ChosenExhibits,
): Promise<Answer> {
  const exhibits = await visit.onCase(transaction => weighExhibits(transaction, visit.caseId, records))
  const open = findOpenChoices(exhibits ?? [], chosen)
  const wasShown = new Set(fieldValues(form, 'asked'))
  const problems = open
    .filter(({ itemId }) => wasShown.has(itemId))
    .map(({ itemId, reference }) => ({
      field: choiceField(itemId),
      message: `Select what becomes of ${reference}`,
    }))
  return showPage(chooseView(visit, { typed, chosen, open, problems }), problems.length > 0 ? 422 : 200)
}

async function pageOf(
  visit: CaseVisit,
  typed: AskTyped,
  problems: readonly FormProblem[],
  place: PlaceInList = beginningOfList,
) {
  const { bundles, recipients } = await visit.onCase(transaction =>
    listBundlePage(transaction, visit.caseId, place),
  )
  const mayChange = visit.sees('bundle', 'write')
  return bundlesView(visit, { bundles, recipients, mayAsk: mayChange, mayDecide: mayChange, typed, problems })
}
