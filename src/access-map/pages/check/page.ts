import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { FormFields, PageRequest, Upload } from '../../../web/request.ts'
import type { Check } from '../../device-check/check.ts'
import { largestList } from '../../device-check/list-lines.ts'
import { loadIndicators } from '../../device-check/load-indicators.ts'
import { readList, showsSomething } from '../../device-check/read-list.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { listChecks } from '../../operations/load-checks.ts'
import { loadInventory } from '../../operations/load-inventory.ts'
import { recordCheck } from '../../operations/record-check.ts'
import { readCheckWords } from '../parts/check-form.ts'
import { fillEmpty } from '../parts/fill-check.ts'
import { todayIn } from '../parts/today-in.ts'
import { type ListFile, readListForm, sayListRefusal } from './form.ts'
import { checksView } from './view.ts'

const notFound = (): Answer => showPage(problemPage(404), 404)

/** The checks of a thing, and the forms for the next. */
export async function showChecks(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, null, [])
}

async function show(
  { params }: PageRequest,
  visit: CaseVisit,
  typed: FormFields | null,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const thingId = params['thing'] ?? ''
  const { entries } = await loadCatalogue()
  const found = await visit.onCase(async transaction => ({
    ...(await loadInventory(clinic, transaction, caseId)),
    checks: await listChecks(clinic, transaction, caseId, thingId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const thing = found.inventory.things.find(each => each.thingId === thingId)
  if (!thing) return notFound()
  const page = checksView(visit, {
    thing,
    title: entries.get(thing.entry)?.title ?? 'Thing',
    checks: found.checks,
    zone: found.zone,
    indicators: await loadIndicators(clinic.indicatorFolder),
    today: todayIn(found.zone, clinic.clock.now()),
    mayChange: visit.sees('map', 'write'),
    typed: typed ?? fillEmpty(staff.name, todayIn(found.zone, clinic.clock.now())),
    problems,
    once: (typed && readOnce(typed)) ?? newOnce(),
  })
  return showPage(page, problems.length > 0 ? 422 : 200)
}

/** Keeps a check that somebody wrote down. */
export async function takeCheck(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const day = await today(visit)
  const read = readCheckWords(form, day, { hasList: false })
  if (!read.ok) return show(request, visit, besideEmpty(form, visit, day), read.problems)
  return keep(request, visit, { version: 1, ...read.value, list: null }, null)
}

/** Reads a list of apps or devices, pasted or uploaded, and keeps what it shows. */
export async function takeList(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const file = await readFileOf(request.uploads)
  const day = await today(visit)
  const read = readListForm(form, file, day)
  if (!read.ok) return show(request, visit, besideEmpty(form, visit, day), read.problems)
  const { kind, bytes, ...circumstances } = read.value
  const indicators = kind === 'apps' ? await loadIndicators(visit.clinic.indicatorFolder) : []
  const made = readList(kind, bytes, indicators, day)
  if (!made.ok)
    return show(request, visit, besideEmpty(form, visit, day), [sayListRefusal(made.because, file !== null)])
  const check: Check = {
    version: 1,
    looked: [kind === 'apps' ? 'apps' : 'sessions'],
    ...circumstances,
    found: showsSomething(made.list),
    words: '',
    list: made.list,
  }
  return keep(request, visit, check, bytes)
}

async function keep(
  { form, params }: PageRequest,
  visit: CaseVisit,
  check: Check,
  list: Uint8Array | null,
): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const thingId = params['thing'] ?? ''
  const result = await visit.onCase(transaction =>
    recordCheck(clinic, transaction, staff.personId, caseId, thingId, { check, list }, readOnce(form)),
  )
  return result.allowed ? goTo(`/cases/${caseId}/map/things/${thingId}/check/${result.checkId}`) : notFound()
}

async function today(visit: CaseVisit): Promise<string> {
  const { timeZone } = await visit.onCase(loadProfile)
  return todayIn(timeZone, visit.clinic.clock.now())
}

/** What was typed in one form, with the other as it was before anything was typed. */
function besideEmpty(form: FormFields, visit: CaseVisit, day: string): FormFields {
  return new Map([...fillEmpty(visit.staff.name, day), ...form])
}

/** The bytes of the chosen file, one more than may be read at most; null when none was chosen. */
async function readFileOf(uploads: AsyncIterable<Upload>): Promise<ListFile | null> {
  let file: ListFile | null = null
  for await (const { field, name, body } of uploads) {
    const parts: Buffer[] = []
    let size = 0
    for await (const part of body) {
      if (field !== 'list-file' || size > largestList) continue // read past, so that the sender sees the answer
      parts.push(part)
      size += part.length
    }
    if (field === 'list-file' && (size > 0 || name !== '')) file = { bytes: Buffer.concat(parts) }
  }
  return file
}
