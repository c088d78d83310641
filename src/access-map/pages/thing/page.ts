import type { FormProblem } from '../../../foundation/decision.ts'
import { findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import type { CatalogueEntry } from '../../inventory/catalogue-entry.ts'
import { findExposure } from '../../inventory/exposure.ts'
import type { Thing } from '../../inventory/inventory.ts'
import { changeInventory } from '../../operations/change-inventory.ts'
import { type Glance, loadGlance } from '../../operations/load-glance.ts'
import { readSaved } from '../parts/glance-view.ts'
import { readThingForm } from './form.ts'
import { puttingBack, takingOff } from './off-the-map.ts'
import { fillFromThing, thingView } from './view.ts'

type Found = {
  readonly thing: Thing
  readonly entry: CatalogueEntry
  readonly glance: Glance
  readonly nextThing: Thing | null
}

async function find(request: PageRequest, visit: CaseVisit): Promise<Found | null> {
  const glance = await visit.onCase(transaction =>
    loadGlance(visit.clinic, transaction, visit.caseId, readSaved(request)),
  )
  const { inventory } = glance.drawn
  const { entries } = glance.catalogue
  const thing = inventory.things.find(each => each.thingId === request.params['thing'])
  const entry = thing && entries.get(thing.entry)
  if (!thing || !entry) return null
  // The next thing with something to ask, in the order they were put on the map, then from the first again.
  const at = inventory.things.indexOf(thing)
  const others = [...inventory.things.slice(at + 1), ...inventory.things.slice(0, at)]
  const nextThing =
    others.find(each => {
      const kind = entries.get(each.entry)
      return kind && !each.isGone && findExposure(each, kind).open > 0
    }) ?? null
  return { thing, entry, glance, nextThing }
}

function write(visit: CaseVisit, found: Found, typed: FormFields, problems: readonly FormProblem[]): Answer {
  const mayChange = visit.sees('map', 'write')
  const once = readOnce(typed) ?? newOnce()
  return showPage(
    thingView(visit, { ...found, mayChange, typed, problems, once }),
    problems.length > 0 ? 422 : 200,
  )
}

/** The questions about one thing. */
export async function askAboutThing(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  return write(visit, found, fillFromThing(found.thing, found.entry), [])
}

/** Keeps the answers as a new revision, and goes on to the next thing with questions. */
export async function takeThingAnswers(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const { thing, entry, glance, nextThing } = found
  const read = readThingForm(form, thing, entry, glance.drawn.inventory)
  if (!read.ok) return write(visit, found, form, read.problems)
  const { clinic, caseId, staff } = visit
  const change = { kind: 'answer', thingId: thing.thingId, ...read.value } as const
  const result = await visit.onCase(transaction =>
    changeInventory(clinic, transaction, staff.personId, caseId, change, readOnce(form)),
  )
  if (result.allowed)
    return goTo(
      `/cases/${caseId}/map${nextThing ? `/things/${nextThing.thingId}` : ''}?saved=${result.revision}`,
    )
  const message =
    result.because === 'changed-meanwhile'
      ? 'Somebody else changed this while you were typing. What they said is beside each question as “So far”; save again to add yours'
      : result.because === 'name-taken'
        ? 'Another thing on the map is called this. Give each a name of its own, so that nobody takes one for the other'
        : 'This is no longer on the map'
  const again = await find(request, visit)
  return again
    ? write(visit, again, new Map([...form, ['_once', [newOnce()]]]), [{ field: 'label', message }])
    : showPage(problemPage(404), 404)
}

/** Takes a thing off the map that the client no longer has, after what follows was read, or puts it back. */
export async function takeThingOff(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const { thing } = found
  const { clinic, caseId, staff } = visit
  const isGone = fieldText(form, 'gone') !== 'no'
  const path = `/cases/${caseId}/map`
  if (thing.isGone === isGone) return goTo(path)
  const page = findActCheck(visit, form, isGone ? takingOff(path, thing) : puttingBack(path, thing))
  if (page) return page
  const change = { kind: 'gone', thingId: thing.thingId, isGone } as const
  const result = await visit.onCase(transaction =>
    changeInventory(clinic, transaction, staff.personId, caseId, change, readOnce(form)),
  )
  if (!result.allowed && result.because === 'no-such-thing') return showPage(problemPage(404), 404)
  return goTo(path)
}
