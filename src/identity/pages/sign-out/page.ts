import { type Answer, goTo } from '../../../web/answer.ts'
import { forgetCookie } from '../../../web/cookie.ts'
import type { PageRequest } from '../../../web/request.ts'
import { endSession } from '../../operations/end-session.ts'
import type { PublicVisit } from '../../route.ts'
import { sessionCookie } from '../../session.ts'

/** Signs out the person who is signed in. */
export async function signOut(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  const token = request.cookies.get(sessionCookie)
  if (token) await endSession(visit.clinic, token)
  return goTo('/sign-in?signed-out=yes', {
    'set-cookie': forgetCookie(sessionCookie, visit.clinic.site),
    'clear-site-data': '"cache", "storage"',
  })
}
