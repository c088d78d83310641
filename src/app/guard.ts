import { type CaseAccess, findSight, withCase } from '../audit/operations/access-case.ts'
import { type CaseId, parseId } from '../foundation/ids.ts'
import { findClientSession } from '../identity/operations/find-client-session.ts'
import { listSecondPhraseAlarms } from '../identity/operations/phrase-state.ts'
import { resolveSession } from '../identity/operations/resolve-staff.ts'
import { answerWaiting, proveAgain } from '../identity/pages/parts/prove-again/prove-again.ts'
import { answerSignedOut } from '../identity/pages/parts/resume-form/answer-signed-out.ts'
import type { AnyRoute, CaseVisit, ClientRoute, StaffVisit } from '../identity/route.ts'
import { staffAlarms } from '../identity/staff-page.ts'
import { CalculationEnded } from '../platform/calculation.ts'
import type { Clinic } from '../platform/clinic.ts'
import type { Actor, Transaction } from '../platform/database.ts'
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
        asStaff(route, request, clinic, visit =>
          route.who.includes(visit.staff.role)
            ? goOn(route, request, visit, route.answer)
            : Promise.resolve(notYoursPage(visit)),
        )
    case 'case':
      return request =>
        asStaff(route, request, clinic, async visit => {
          const caseId = parseId<CaseId>(request.params['case'] ?? '')
          if (!caseId) return notFoundPage()
          const look = { caseId, part: route.part, mode: route.mode }
          const sees = await findSight(clinic.database, visit.actor, look)
          if (!sees) return notFoundPage()
          const onCase = workOnCase(clinic, visit.actor, look)
          return whileInSight(
            () =>
              goOn(route, request, visit, (asked, proven) =>
                route.answer(asked, { ...proven, caseId, sees, onCase }),
              ),
            notFoundPage,
          )
        })
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

/** The work of one visit on a case: in however many transactions, it is recorded as one access. */
function workOnCase(clinic: Clinic, actor: Actor, look: CaseAccess): CaseVisit['onCase'] {
  let isOpened = false
  return async work => {
    const opened = async (transaction: Transaction) => ({ done: await work(transaction) })
    const result = await withCase(clinic.database, actor, look, opened, isOpened)
    if (!result) throw new CaseOutOfSight()
    isOpened = true
    return result.done
  }
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
  const session = await findClientSession(request, clinic)
  if (!session) return atSignIn()
  const caseId = session.fileId
  const actor = { kind: 'client', clinicId: clinic.clinicId, caseId } as const
  const onCase = workOnCase(clinic, actor, { caseId, part: route.part, mode: route.mode })
  const { csrfToken, path } = request
  return whileInSight(
    () => route.answer(request, { clinic, actor, caseId, csrfToken, path, onCase }),
    atSignIn,
  )
}

async function asStaff(
  route: AnyRoute,
  request: PageRequest,
  clinic: Clinic,
  answer: (visit: StaffVisit) => Promise<Answer>,
): Promise<Answer> {
  const { signedIn, endedOf } = await resolveSession(request, clinic)
  if (!signedIn)
    return answerSignedOut(request, clinic, { endedOf, doneAgain: findDoneAgain(route.path, request.params) })
  const { notices, ...staff } = signedIn
  const actor = { kind: 'person', clinicId: clinic.clinicId, personId: staff.personId } as const
  const alarms = await clinic.database.transaction(actor, listSecondPhraseAlarms)
  const { csrfToken, path } = request
  return answer({ clinic, staff, actor, csrfToken, path, alarms, notices })
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
