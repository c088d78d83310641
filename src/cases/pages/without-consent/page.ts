import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type ExceptionId, parseId } from '../../../foundation/ids.ts'
import { hasSeenWords } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { findBasis } from '../../legal-basis.ts'
import { askForException } from '../../operations/ask-for-exception.ts'
import { decideException } from '../../operations/decide-exception.ts'
import { findCaseLine } from '../../operations/list-caseload.ts'
import { listConsents } from '../../operations/list-consents.ts'
import { listExceptions } from '../../operations/list-exceptions.ts'
import { withdrawException } from '../../operations/withdraw-exception.ts'
import { askView } from './ask-view.ts'
import { endWords, readAsk, readVerdict } from './form.ts'
import { exceptionsView, findToDecide, findWithdrawn, wordsToDecide } from './view.ts'

const findExceptions = (visit: CaseVisit) =>
  visit.onCase(async transaction => ({
    ...(await listExceptions(transaction, visit.caseId)),
    zone: (await loadProfile(transaction)).timeZone,
    withdrawn: findWithdrawn((await listConsents(transaction, visit.caseId)).lines),
    // On paper it must say which case it is about.
    reference: (await findCaseLine(transaction, visit.caseId))?.reference ?? '',
  }))

async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  status = 422,
): Promise<Answer> {
  const found = await findExceptions(visit)
  const page = exceptionsView(visit, { ...found, typed, problems, once: readOnce(typed) ?? newOnce() })
  return showPage(page, problems.length > 0 ? status : 200)
}

/** What is shared, or is to be shared, without consent: asked for by one coordinator, decided by another. */
export async function showExceptions(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [])
}

async function ask(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  basis = fieldText(typed, 'legalBasis'),
): Promise<Answer> {
  const row = findBasis(basis)
  if (!row)
    return show(visit, typed, [{ field: 'legalBasis', message: 'Select what the law lets it rest on' }])
  const found = await findExceptions(visit)
  const page = askView(visit, { ...found, row, typed, problems, once: readOnce(typed) ?? newOnce() })
  return showPage(page, problems.length > 0 ? 422 : 200)
}

/** The questions of the basis that was chosen: the address holds its code and nothing else. */
export async function askForRequest({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  return query.has('asked') || query.has('legalBasis')
    ? ask(visit, new Map(), [], query.get('legalBasis') ?? '')
    : show(visit, new Map(), [])
}

export async function takeRequest({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, staff } = visit
  const { agencies, zone } = await findExceptions(visit)
  const read = readAsk(form, agencies, zone, visit.clinic.clock.now())
  if (!read.ok) return ask(visit, form, read.problems)
  const result = await visit.onCase(transaction =>
    askForException(transaction, staff.personId, caseId, read.value, readOnce(form)),
  )
  if (result.allowed) return goTo(`/cases/${caseId}/without-consent`)
  const field = result.because === 'no-grounds' ? 'legalBasis' : 'until-day'
  return ask(visit, form, [{ field, message: endWords[result.because] }])
}

const refusalWords = {
  unknown: 'Select what you decide on',
  'already-decided': 'This was decided already',
  'same-person': 'You asked for this. Another coordinator decides',
  'end-is-past': 'The time it was asked for is over. Refuse it, and ask again if it is still necessary',
  'no-grounds': 'Not everything it rests on was answered by the list as it is now. Refuse it, and ask again',
  'already-in-force': 'This agency sees a part of the case already. To change that, withdraw it first',
} as const

export async function takeDecision({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, staff } = visit
  const { requests, withdrawn } = await findExceptions(visit)
  const read = readVerdict(
    form,
    requests.map(each => each.requestId),
  )
  const toDecide = findToDecide(visit, requests)
  const waits = toDecide.some(each => each.requestId === fieldText(form, 'request'))
  if (waits && !hasSeenWords(visit, form, wordsToDecide(toDecide, withdrawn))) return show(visit, form, [])
  if (!read.ok) return show(visit, form, read.problems)
  const { requestId, ...verdict } = read.value
  const result = await visit.onCase(transaction =>
    decideException(transaction, staff.personId, caseId, requestId, verdict),
  )
  if (result.allowed) return goTo(`/cases/${caseId}/without-consent`)
  return show(visit, form, [{ field: 'request', message: refusalWords[result.because] }], 409)
}

const takeBackWords = {
  unknown: 'This request is not there',
  'already-decided': 'This was decided already',
  'another-asked': 'Another coordinator asked for this. Refuse it, if it should not be shared',
} as const

export async function takeRequestBack({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, staff } = visit
  const requestId = parseId<ExceptionId>(fieldText(form, 'request'))
  const result = requestId
    ? await visit.onCase(transaction => withdrawException(transaction, staff.personId, caseId, requestId))
    : ({ allowed: false, because: 'unknown' } as const)
  if (result.allowed) return goTo(`/cases/${caseId}/without-consent`)
  return show(visit, new Map(), [{ field: 'request', message: takeBackWords[result.because] }], 409)
}
