import { parseId, type SessionId } from '../../../foundation/ids.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { knowOfChanges } from '../../operations/credential-changes.ts'
import { endOwnSessions, listOwnSessions } from '../../operations/own-sessions.ts'
import type { StaffVisit } from '../../route.ts'
import { accountView } from './view.ts'

/** Shows somebody where they are signed in and what they sign in with. */
export async function showAccount(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const sessions = await visit.clinic.database.transaction(visit.actor, transaction =>
    listOwnSessions(transaction, visit.staff.personId),
  )
  return showPage(accountView(visit, sessions))
}

/** Ends one of their own sessions; one that has ended already makes no difference, and nobody else's is there. */
export async function takeEndSession(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const sessionId = parseId<SessionId>(request.params['session'] ?? '')
  if (!sessionId) return showPage(problemPage(404), 404)
  await visit.clinic.database.transaction(visit.actor, transaction =>
    endOwnSessions(transaction, visit.staff.personId, { only: sessionId }),
  )
  return goTo('/account')
}

/** Ends all of their own sessions but the one they sit at. */
export async function takeEndOthers(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const { sessionId } = visit.notices
  await visit.clinic.database.transaction(visit.actor, transaction =>
    endOwnSessions(transaction, visit.staff.personId, { except: sessionId }),
  )
  return goTo('/account')
}

/** Keeps that they know of what was changed, up to what the page showed them. */
export async function takeKnown(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const upTo = fieldText(request.form, 'up-to')
  if (!/^\d{1,15}$/.test(upTo)) return showPage(problemPage(404), 404)
  await visit.clinic.database.transaction(visit.actor, transaction =>
    knowOfChanges(transaction, visit.staff.personId, Number(upTo)),
  )
  return goTo('/account')
}
