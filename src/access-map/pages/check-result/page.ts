import { Readable } from 'node:stream'
import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type DeviceCheckId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { takesDevices } from '../../device-check/check-change.ts'
import { loadCatalogue } from '../../inventory/load-catalogue.ts'
import { type CheckChangeAsked, changeCheck } from '../../operations/change-check.ts'
import { loadCheck, openList } from '../../operations/load-checks.ts'
import { loadInventory } from '../../operations/load-inventory.ts'
import { readCheckWords } from '../parts/check-form.ts'
import { fillFromCheck } from '../parts/fill-check.ts'
import { todayIn } from '../parts/today-in.ts'
import { readDeviceAnswers, readNumber } from './form.ts'
import { resultView } from './view.ts'

const notFound = (): Answer => showPage(problemPage(404), 404)

async function find({ params }: PageRequest, visit: CaseVisit) {
  const { clinic, caseId } = visit
  const checkId = parseId<DeviceCheckId>(params['check'] ?? '')
  if (!checkId) return null
  const { entries } = await loadCatalogue()
  const found = await visit.onCase(async transaction => ({
    ...(await loadInventory(clinic, transaction, caseId)),
    revisions: await loadCheck(clinic, transaction, caseId, checkId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const [newest] = found.revisions
  const thing = found.inventory.things.find(each => each.thingId === params['thing'])
  if (!newest || !thing || newest.thingId !== thing.thingId) return null
  const entry = entries.get(thing.entry)
  return {
    thing,
    title: entry?.title ?? 'Thing',
    takesDevices: entry !== undefined && !thing.isGone && takesDevices(entry),
    newest,
    revisions: found.revisions,
    zone: found.zone,
  }
}

type Found = NonNullable<Awaited<ReturnType<typeof find>>>

function write(visit: CaseVisit, found: Found, typed: FormFields, problems: readonly FormProblem[]): Answer {
  const mayChange = visit.sees('map', 'write')
  return showPage(
    resultView(visit, { ...found, mayChange, typed, problems }),
    problems.length > 0 ? 422 : 200,
  )
}

/** One check: what was looked at, what was found, and what that can and cannot show. */
export async function showCheck(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await find(request, visit)
  return found ? write(visit, found, fillFromCheck(found.newest.check), []) : notFound()
}

/** Corrects what somebody wrote, as a new revision of the check. */
export async function takeCheckCorrection(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return notFound()
  const day = todayIn(found.zone, visit.clinic.clock.now())
  const read = readCheckWords(form, day, { hasList: found.newest.check.list !== null })
  if (!read.ok) return write(visit, found, form, read.problems)
  const seen = readNumber(form, 'seen') ?? 0
  return change(request, visit, found, { kind: 'corrected', seen, words: read.value })
}

/** Keeps which devices of a list the client knows. */
export async function takeDeviceAnswers(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return notFound()
  const known = readDeviceAnswers(form, found.newest.check.list?.devices.length ?? 0)
  const seen = readNumber(form, 'seen') ?? 0
  return change(request, visit, found, { kind: 'devices-answered', seen, known })
}

/** Puts a device that the client does not know on the map. */
export async function takeOnMap(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await find(request, visit)
  const at = readNumber(request.form, 'at')
  if (!found || at === null) return notFound()
  return change(request, visit, found, { kind: 'put-on-map', at })
}

async function change(
  request: PageRequest,
  visit: CaseVisit,
  { newest, thing }: Found,
  asked: CheckChangeAsked,
): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const { checkId } = newest
  const result = await visit.onCase(transaction =>
    changeCheck(clinic, transaction, staff.personId, caseId, checkId, asked),
  )
  if (result.allowed || result.because === 'nothing-changed')
    return goTo(`/cases/${caseId}/map/things/${thing.thingId}/check/${checkId}`)
  if (result.because !== 'changed-meanwhile') return notFound()
  const again = await find(request, visit)
  const message =
    'Somebody else changed this check meanwhile. It stands above as it is now; save again to put yours in its place'
  const field = asked.kind === 'corrected' ? 'looked' : 'device-0'
  return again
    ? write(visit, again, new Map([...fillFromCheck(again.newest.check), ...request.form]), [
        { field, message },
      ])
    : notFound()
}

/** Gives out the list that came with a check: as a download, never as a page (S10). */
export async function giveList(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await find(request, visit)
  if (!found) return notFound()
  const list = await visit.onCase(transaction =>
    openList(visit.clinic, transaction, visit.caseId, found.newest.checkId),
  )
  if (!list) return notFound()
  return {
    kind: 'download',
    name: 'list.txt',
    type: 'application/octet-stream',
    size: list.length,
    body: Readable.from([list]),
  }
}
