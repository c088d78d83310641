import { dayAt } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type IncidentId, parseId } from '../../../foundation/ids.ts'
import { linesOnAPage, type PlaceInList, readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { type FormFields, fieldText, fieldValues, type PageRequest } from '../../../web/request.ts'
import type { ConductChoice } from '../../conduct.ts'
import { chooseConduct } from '../../operations/choose-conduct.ts'
import { listConductChoices } from '../../operations/list-incidents.ts'
import { loadIncidentZone } from '../../operations/load-incident.ts'
import { dateFields } from '../parts/incident-form.ts'
import { readConduct } from './form.ts'
import { conductView } from './view.ts'

const earlierShown = 20
const readSeen = (text: string): number => Number(/^\d{1,6}$/.exec(text)?.[0] ?? 0)

/** The form in which somebody says which incidents are one course of conduct, filled in with what counts now. */
export function askForConduct(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(
    visit,
    readPlaceInList(name => request.query.get(name)),
    null,
    [],
    200,
  )
}

/** Keeps the choice. */
export async function takeConduct(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const place = readPlaceInList(name => fieldText(form, name))
  const result = await visit.onCase(async transaction => {
    const zone = await loadIncidentZone(transaction, visit.caseId)
    const read = readConduct(form, dayAt(transaction.now, zone))
    if (!read.ok) return read.problems
    return chooseConduct(visit.clinic, transaction, visit.staff.personId, visit.caseId, {
      shown: readShown(form),
      conduct: fieldValues(form, 'conduct'),
      assaults: fieldValues(form, 'assaults'),
      ...read.value,
      seen: readSeen(fieldText(form, 'seen')),
    })
  })
  if ('allowed' in result) {
    if (result.allowed) return goTo(`/cases/${visit.caseId}/incidents`)
    const message =
      'A colleague changed this choice while you were choosing. Yours is still here: look at who chose what below, then save again to put yours in its place'
    return show(visit, place, form, [{ field: 'conduct', message }], 409)
  }
  return show(visit, place, form, result, 422)
}

function readShown(form: FormFields): readonly IncidentId[] {
  return fieldValues(form, 'shown')
    .map(each => parseId<IncidentId>(each))
    .filter(each => each !== null)
    .slice(0, linesOnAPage)
}

async function show(
  visit: CaseVisit,
  place: PlaceInList,
  typed: FormFields | null,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const choices = await visit.onCase(transaction =>
    listConductChoices(transaction, visit.caseId, place, earlierShown),
  )
  const { conduct } = choices
  const seen = typed && status !== 409 ? readSeen(fieldText(typed, 'seen')) : (conduct?.revision ?? 0)
  const page = conductView({ visit, choices, typed: typed ?? fillFromChoice(conduct), problems, seen })
  return showPage(page, status)
}

function fillFromChoice(choice: ConductChoice | null): FormFields {
  return new Map<string, readonly string[]>([
    ['conduct', choice?.incidents ?? []],
    ['assaults', choice?.assaults ?? []],
    ...dateFields('statementOn', choice?.statementOn ?? null),
    ...dateFields('evidenceOn', choice?.evidenceOn ?? null),
    ['why', [choice?.why ?? '']],
  ])
}
