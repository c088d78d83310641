import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import type { ThingId } from '../../inventory/inventory.ts'
import { daysThatCount } from '../../leaks/leak-log.ts'
import { listReadingPlaces } from '../../leaks/reading-places.ts'
import { changeLeaks } from '../../operations/change-leaks.ts'
import { leakRevisions, loadLeakFile } from '../../operations/load-leaks.ts'
import { fillFromDay, readDayForm, sayRefusedDay } from '../parts/leak-day-form.ts'
import { readTicks } from './form.ts'
import { layGrid } from './grid-view.ts'
import { leaksView } from './view.ts'

/** As many days as a person reads at once. */
const daysOnAPage = 20

type Shown = {
  readonly typed?: FormFields
  readonly ticks?: ReadonlyMap<string, readonly ThingId[]>
  readonly problems?: readonly FormProblem[]
  readonly page?: number
  readonly upTo?: number
  readonly once?: string | null
}

async function show(visit: CaseVisit, shown: Shown): Promise<Answer> {
  const { clinic, caseId } = visit
  const { upTo, problems = [] } = shown
  const { file, lines, line } = await visit.onCase(async transaction => ({
    file: await loadLeakFile(clinic, transaction, caseId, upTo),
    lines: await leakRevisions.newest(transaction, caseId, 100),
    line: upTo === undefined ? null : await leakRevisions.find(transaction, caseId, upTo),
  }))
  if (upTo !== undefined && !line) return showPage(problemPage(404), 404)
  const days = daysThatCount(file.log).toSorted((one, other) =>
    one.on === other.on
      ? Number(other.dayId.slice(1)) - Number(one.dayId.slice(1))
      : one.on < other.on
        ? 1
        : -1,
  )
  const pages = Math.max(1, Math.ceil(days.length / daysOnAPage))
  const page = Math.min(Math.max(1, shown.page ?? 1), pages)
  const onPage = upTo === undefined ? days.slice((page - 1) * daysOnAPage, page * daysOnAPage) : days
  const view = leaksView(visit, {
    file,
    lines,
    grid: layGrid(file.log, file.context, onPage, shown.ticks),
    page,
    pages: upTo === undefined ? pages : 1,
    mayChange: upTo === undefined && visit.sees('map', 'write'),
    typed: shown.typed ?? fillFromDay(null),
    problems,
    once: shown.once ?? newOnce(),
    asOf: line ? sayMoment(line.at, file.zone) : null,
  })
  return showPage(view, problems.length > 0 ? 422 : 200)
}

const readPage = (text: string): number => (/^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : 1)

/** The days of the leak finder, as they are now. */
export async function showLeaks(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, { page: readPage(request.query.get('page') ?? '') })
}

/** The same as they were at an earlier revision. */
export async function showEarlierLeaks(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const text = request.params['revision'] ?? ''
  return /^[1-9][0-9]{0,8}$/.test(text)
    ? show(visit, { upTo: Number(text) })
    : showPage(problemPage(404), 404)
}

/** Enters one day. What carried it is proposed from the map and kept with it. */
export async function enterDay({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const once = readOnce(form)
  const { today, context } = await visit.onCase(transaction => loadLeakFile(clinic, transaction, caseId))
  const read = readDayForm(form, today, listReadingPlaces(context.inventory, context.catalogue))
  if (!read.ok) return show(visit, { typed: form, problems: read.problems, once })
  const change = { kind: 'enter', days: [{ ...read.value, incident: null }] } as const
  const result = await visit.onCase(transaction =>
    changeLeaks(clinic, transaction, staff.personId, caseId, change, once),
  )
  if (!result.allowed) return show(visit, { typed: form, problems: [sayRefusedDay(result.because)] })
  return goTo(`/cases/${caseId}/map/leaks`)
}

/** Keeps the ticks of the table: what carried it, as a person says. */
export async function keepTicks({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const ticks = readTicks(form)
  const page = readPage(fieldText(form, 'page'))
  const result = await visit.onCase(transaction =>
    changeLeaks(clinic, transaction, staff.personId, caseId, { kind: 'carriers', ...ticks }, readOnce(form)),
  )
  if (result.allowed || result.because === 'nothing-changed')
    return goTo(`/cases/${caseId}/map/leaks${page > 1 ? `?page=${page}` : ''}#days`)
  const message =
    result.because === 'changed-meanwhile'
      ? 'Somebody else changed one of these days while you were ticking. Look through the table, and keep the ticks again to have yours instead'
      : 'One of these days is no longer in the list'
  return show(visit, {
    page,
    ticks: new Map(ticks.rows.map(row => [row.dayId, row.carriers])),
    problems: [{ field: 'ticks', message }],
  })
}
