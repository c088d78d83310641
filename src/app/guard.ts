import { type CaseAccess, withCase } from '../audit/operations/access-case.ts'
import { type CaseId, parseId } from '../foundation/ids.ts'
import { enterAsClient } from '../identity/operations/enter-as-client.ts'
import { enterAsStaff, type OpenedVisit, type StaffEntry } from '../identity/operations/enter-as-staff.ts'
import { findClientSession } from '../identity/operations/find-client-session.ts'
import { resolveSession } from '../identity/operations/resolve-staff.ts'
import { answerWaiting, proveAgain } from '../identity/pages/parts/prove-again/prove-again.ts'
import { answerSignedOut } from '../identity/pages/parts/resume-form/answer-signed-out.ts'
import type { AnyRoute, CaseVisit, ClientRoute, ClinicVisit, StaffVisit } from '../identity/route.ts'
import { staffAlarms } from '../identity/staff-page.ts'
import { CalculationEnded } from '../platform/calculation.ts'
import type { Clinic } from '../platform/clinic.ts'
import type { Actor, Transaction } from '../platform/database.ts'
import { noteOnlyReads } from '../platform/opened-for-change.ts'
import { type Answer, goTo, showPage } from '../web/answer.ts'
import { html } from '../web/html.ts'
import { layoutPage } from '../web/layout.ts'
import { problemPage } from '../web/problem-pages.ts'
import type { PageRequest } from '../web/request.ts'
import { findActOfTwo, findDoneAgain, isPageToCome } from './acts-of-two.ts'
import { calculationEndedPage } from './calculation-ended.ts'

/** Thrown inside a page whose case went out of sight between the guard and the work: a consent withdrawn just then. */
class CaseOutOfSight extends Error {}

/**
 * Puts the guard in front of a page: who may see it is decided here, from the route alone, before the page runs.
 */
export function guard(route: AnyRoute, clinic: Clinic): (request: PageRequest) => Promise<Answer> {
  return async request => {
    try {
      return await behindSignIn(route, forThis(request, clinic))(request)
    } catch (fault) {
      // Calculations hold no transaction, so nothing was changed.
      if (fault instanceof CalculationEnded) return calculationEndedPage(route, fault.why)
      throw fault
    }
  }
}

/** The clinic, with calculations that end when the person who asked is gone. */
function forThis(request: PageRequest, clinic: Clinic): Clinic {
  const { calculateApart } = clinic
  if (!calculateApart) return clinic
  return {
    ...clinic,
    calculateApart: (name, input, limit) => calculateApart(name, input, limit, request.ended),
  }
}

function behindSignIn(route: AnyRoute, clinic: Clinic): (request: PageRequest) => Promise<Answer> {
  switch (route.kind) {
    case 'public':
      return request => route.answer(request, { clinic })
    case 'staff':
      return request =>
        asStaff(route, request, clinic, null, (visit, { opened }) =>
          route.who.includes(visit.staff.role)
            ? goOn(route, request, visit, (asked, proven) =>
                route.answer(asked, { ...proven, onClinic: workOnClinic(clinic, visit.actor, opened) }),
              )
            : Promise.resolve(notYoursPage(visit)),
        )
    case 'case':
      return async request => {
        const caseId = parseId<CaseId>(request.params['case'] ?? '')
        const look = caseId && { caseId, part: route.part, mode: route.mode }
        return asStaff(route, request, clinic, look, async (visit, { sees, opened }) => {
          if (!look || !sees) return notFoundPage()
          const onCase = workOnCase(
            clinic,
            visit.actor,
            look,
            opened,
            route.method === 'GET' || opensAtEntry(route),
            isDrawnInPage(route),
          )
          return whileInSight(
            () =>
              goOn(route, request, visit, (asked, proven) =>
                route.answer(asked, { ...proven, caseId: look.caseId, sees, onCase }),
              ),
            notFoundPage,
          )
        })
      }
    case 'client':
      return request => asClient(route, request, clinic)
  }
}

/**
 * Goes on to the page; before what takes two people (S12), anyone who was set up again is told to wait, and anyone who gave
 * password and code long ago is asked for them again.
 */
async function goOn(
  route: AnyRoute,
  request: PageRequest,
  visit: StaffVisit,
  answer: (request: PageRequest, visit: StaffVisit) => Promise<Answer>,
): Promise<Answer> {
  const found = findActOfTwo(route, request.form)
  if (!found) return answer(request, visit)
  const { waitsUntil } = visit.notices
  if (waitsUntil) return answerWaiting(request, visit, waitsUntil)
  if (!found.asksAgain || isPageToCome(found, request.form)) return answer(request, visit)
  const proven = await proveAgain(request, visit)
  return 'visit' in proven ? answer(proven.request, proven.visit) : proven
}

/**
 * The work of one visit on a case: in however many transactions, it is recorded as one access. The first is the one that
 * the entry began, where it began one. What is drawn in a page is the rest of the visit to that page; where there was none
 * lately, the database takes it for an access of its own.
 */
function workOnCase(
  clinic: Clinic,
  actor: Actor,
  look: CaseAccess,
  entered: OpenedVisit | null,
  onlyReads: boolean,
  isDrawn = false,
): CaseVisit['onCase'] {
  let waiting = entered
  let isOpened = isDrawn
  return async work => {
    if (waiting) {
      const { end } = waiting
      waiting = null
      const done = await end(work)
      isOpened = true
      return done
    }
    const opened = async (transaction: Transaction) => {
      if (onlyReads) noteOnlyReads(transaction)
      return { done: await work(transaction) }
    }
    const result = await withCase(clinic.database, actor, look, opened, isOpened)
    if (!result) throw new CaseOutOfSight()
    isOpened = true
    return result.done
  }
}

/** The work of one visit to a page of no case: the first in the transaction that the entry began, where it began one. */
function workOnClinic(clinic: Clinic, actor: Actor, entered: OpenedVisit | null): ClinicVisit['onClinic'] {
  let waiting = entered
  return work => {
    if (!waiting) return clinic.database.transaction(actor, work)
    const { end } = waiting
    waiting = null
    return end(work)
  }
}

const isDrawnInPage = (route: AnyRoute): boolean => route.kind === 'case' && route.isDrawnInPage === true

/** A page that reads opens its case as it comes in; one that changes something decides first whether it does. */
function opensAtEntry(route: AnyRoute): boolean {
  if (isDrawnInPage(route)) return false
  if (route.method !== 'GET') return route.kind === 'case' && route.readsAtEntry === true
  return route.kind !== 'staff' || route.readsAtEntry === true
}

async function whileInSight(answer: () => Promise<Answer>, otherwise: () => Answer): Promise<Answer> {
  try {
    return await answer()
  } catch (fault) {
    if (fault instanceof CaseOutOfSight) return otherwise()
    throw fault
  }
}

/**
 * Lets a client reach their own case. Without a session everybody is sent to the same first page, whatever they asked for,
 * and what was typed is not kept (S3).
 */
async function asClient(route: ClientRoute, request: PageRequest, clinic: Clinic): Promise<Answer> {
  const atSignIn = () => goTo(request.method === 'POST' ? '/my/start?ended=yes' : '/my/start')
  const { part, mode } = route
  const entered = await enterAsClient(request, clinic, { part, mode }, opensAtEntry(route), route.beside)
  if (!entered) {
    // What is over is ended.
    await findClientSession(request, clinic)
    return atSignIn()
  }
  const { fileId: caseId, opened } = entered
  if (!opened && opensAtEntry(route)) return atSignIn()
  const actor = { kind: 'client', clinicId: clinic.clinicId, caseId } as const
  const onCase = workOnCase(clinic, actor, { caseId, part, mode }, opened, route.method === 'GET')
  const { csrfToken, path } = request
  return afterwardsClosed(opened, () =>
    whileInSight(() => route.answer(request, { clinic, actor, caseId, csrfToken, path, onCase }), atSignIn),
  )
}

/** A page that did nothing with the case it came to has not opened it. */
async function afterwardsClosed(opened: OpenedVisit | null, answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer()
  } finally {
    await opened?.rollBack()
  }
}

async function asStaff(
  route: AnyRoute,
  request: PageRequest,
  clinic: Clinic,
  look: CaseAccess | null,
  answer: (visit: StaffVisit, entry: StaffEntry) => Promise<Answer>,
): Promise<Answer> {
  const entry = await enterAsStaff(
    request,
    clinic,
    look,
    opensAtEntry(route),
    route.kind === 'case' ? route.beside : [],
  )
  if (!entry) {
    // What is over is ended, and said to whom it was.
    const { endedOf } = await resolveSession(request, clinic)
    return answerSignedOut(request, clinic, { endedOf, doneAgain: findDoneAgain(route.path, request.params) })
  }
  const { staff, actor, alarms, notices, opened } = entry
  const { csrfToken, path } = request
  return afterwardsClosed(opened, () =>
    answer({ clinic, staff, actor, csrfToken, path, alarms, notices }, entry),
  )
}

/** The same page whether the case is not there or not theirs to see. */
function notFoundPage(): Answer {
  return showPage(problemPage(404), 404)
}

/** Signed in, but this page belongs to other roles. */
function notYoursPage(visit: StaffVisit): Answer {
  const title = 'You cannot open this page'
  const body = html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Your role at the clinic does not use this page. If you think it should, ask your administrator.</p>
<p class="govuk-body"><a class="govuk-link" href="/staff">Go to your start page</a></p>`
  return showPage(layoutPage({ kind: 'staff', title, body, first: staffAlarms(visit) }), 403)
}
