import { digestOfEntry, listServicesToCheck, weighService } from '../../../directory/find-services.ts'
import { loadServices } from '../../../directory/operations/load-services.ts'
import { recordServiceCheck } from '../../../directory/operations/record-service-check.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { readCheck } from './form.ts'
import { entryView, placeOf, servicesView } from './view.ts'

/** Which entries of the list of services are due a check. */
export async function showServices(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const world = await visit.clinic.database.transaction(visit.actor, loadServices)
  return showPage(servicesView(visit, listServicesToCheck(world)))
}

async function showEntry(
  visit: StaffVisit,
  place: string,
  typed: FormFields,
  problems: readonly FormProblem[],
  status = 422,
): Promise<Answer> {
  const world = await visit.clinic.database.transaction(visit.actor, loadServices)
  const service = world.services.find(each => placeOf(each) === place)
  if (!service) return showPage(problemPage(404), 404)
  const entry = digestOfEntry(service)
  const checks = world.checks.filter(each => each.service === service.name && each.entry === entry)
  const found = weighService(service, world)
  const view = { found, checks, zone: world.zone, typed, problems, once: readOnce(typed) ?? newOnce() }
  return showPage(entryView(visit, view), problems.length > 0 ? status : 200)
}

export async function showService({ params }: PageRequest, visit: StaffVisit): Promise<Answer> {
  return showEntry(visit, params['place'] ?? '', new Map(), [])
}

/** Keeps a check: what was wrong must be said, so that somebody can mend it. */
export async function takeServiceCheck({ params, form }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const place = params['place'] ?? ''
  const read = readCheck(form)
  if (!read.ok) return showEntry(visit, place, form, read.problems)
  const result = await visit.clinic.database.transaction(visit.actor, async transaction => {
    const { services } = await loadServices(transaction)
    const service = services.find(each => placeOf(each) === place)
    if (!service) return { allowed: false, because: 'changed-meanwhile' } as const
    const { way: method, ...found } = read.value
    const check = { service: service.name, entry: digestOfEntry(service), method, ...found }
    return recordServiceCheck(transaction, visit.staff.personId, check, readOnce(form))
  })
  return result.allowed ? goTo('/services') : showPage(problemPage(404), 404)
}
