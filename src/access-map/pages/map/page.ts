import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { keepByObject } from '../../../platform/kept-by-object.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { cleanText } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { changeInventory } from '../../operations/change-inventory.ts'
import { type Glance, loadGlance } from '../../operations/load-glance.ts'
import { inventoryRevisions, loadInventory } from '../../operations/load-inventory.ts'
import { loadKeepBy } from '../../operations/load-keep-by.ts'
import { type AskNext, findAskNext } from '../../picture/ask-next.ts'
import { readSaved } from '../parts/glance-view.ts'
import { readTicked } from './form.ts'
import { type MapView, mapView } from './view.ts'

/** The map of today, with what is reached and what to ask next beside it. */
async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  { saved = null, find = '' }: { readonly saved?: number | null; readonly find?: string } = {},
): Promise<Answer> {
  const { clinic, caseId } = visit
  const { glance, keepBy } = await visit.onCase(async transaction => {
    const glance = await loadGlance(clinic, transaction, caseId, saved)
    return { glance, keepBy: await loadKeepBy(transaction, caseId, glance.drawn) }
  })
  const { revision, catalogue, drawn } = glance
  return write(
    visit,
    { revision, catalogue, inventory: drawn.inventory },
    { typed, problems, now: { ...lookFrom(glance), keepBy }, find },
  )
}

/** What to ask next, found lately for a map each; characters in all. */
const lately = keepByObject<readonly AskNext[]>(4 * 1024 * 1024, asks => JSON.stringify(asks).length)

function lookFrom(glance: Glance): Omit<NonNullable<MapView['now']>, 'keepBy'> {
  const { drawn, catalogue } = glance
  const asks = lately([drawn.map], () => findAskNext(drawn, drawn.inventory, catalogue.entries))
  return { glance, asks }
}

function write(
  visit: CaseVisit,
  found: Pick<MapView, 'revision' | 'inventory' | 'catalogue'>,
  more: Pick<MapView, 'typed' | 'problems' | 'now' | 'asOf' | 'find'>,
): Answer {
  const { revision, inventory, catalogue } = found
  const page = mapView(visit, {
    revision,
    inventory,
    catalogue,
    mayChange: more.asOf === undefined && visit.sees('map', 'write'),
    once: readOnce(more.typed) ?? newOnce(),
    ...more,
  })
  return showPage(page, more.problems.length > 0 ? 422 : 200)
}

/** What the client has and who can get at it, as it is now. */
export async function showAccessMap(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const find = cleanText(request.query.get('find') ?? '')
    .trim()
    .slice(0, 60)
  return show(visit, new Map(), [], { saved: readSaved(request), find })
}

/** The same as it was at an earlier revision. */
export async function showEarlierMap(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const text = request.params['revision'] ?? ''
  if (!/^[1-9][0-9]{0,8}$/.test(text)) return showPage(problemPage(404), 404)
  const upTo = Number(text)
  const { clinic, caseId } = visit
  const catalogue = await loadCatalogue()
  const found = await visit.onCase(async transaction => ({
    ...(await loadInventory(clinic, transaction, caseId, upTo)),
    line: await inventoryRevisions.find(transaction, caseId, upTo),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const { line } = found
  if (!line) return showPage(problemPage(404), 404)
  const asOf = sayMoment(line.at, found.zone)
  return write(visit, { ...found, catalogue }, { typed: new Map(), problems: [], asOf, find: '' })
}

/** Puts everything that was ticked on the map, and goes to the questions: of the one thing, or of all on one screen. */
export async function addThings({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const { entries } = await loadCatalogue()
  const read = readTicked(form, entries)
  if (!read.ok) return show(visit, form, read.problems)
  const result = await visit.onCase(transaction =>
    changeInventory(
      clinic,
      transaction,
      staff.personId,
      caseId,
      { kind: 'add', entries: read.things },
      readOnce(form),
    ),
  )
  if (!result.allowed)
    return show(visit, form, [
      { field: 'entries', message: 'The map is full: take something off that they no longer have' },
    ])
  const [only = ''] = result.added
  return goTo(
    result.added.length === 1 ? `/cases/${caseId}/map/things/${only}` : `/cases/${caseId}/map/questions`,
  )
}

/** Keeps what troubles the client in their own words. */
export async function keepWords({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const words = cleanText(fieldText(form, 'words')).trim()
  if ([...words].length > 10_000)
    return show(visit, form, [{ field: 'words', message: 'Their words must be 10000 characters or less' }])
  await visit.onCase(transaction =>
    changeInventory(clinic, transaction, staff.personId, caseId, { kind: 'words', words }, readOnce(form)),
  )
  return goTo(`/cases/${caseId}/map`)
}
