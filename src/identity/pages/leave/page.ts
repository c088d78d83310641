import { type Answer, goTo } from '../../../web/answer.ts'
import { forgetCookie } from '../../../web/cookie.ts'
import { visitCookie } from '../../../web/csrf.ts'
import type { PageRequest } from '../../../web/request.ts'
import { clientCookie } from '../../client-session.ts'
import { deviceCookie } from '../../device-lane.ts'
import { endClientSession } from '../../operations/end-client-session.ts'
import { endSession } from '../../operations/end-session.ts'
import type { PublicVisit } from '../../route.ts'
import { sessionCookie } from '../../session.ts'

/**
 * Leaves at once (rule S3): whatever session there is ends on the server, the browser is asked to forget what it kept
 * of this site, and a neutral page comes up. A plain link leads here, so that it works without scripts; going away
 * twice is the same as once.
 */
// W3C Clear Site Data, section 3.1
export async function leave(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  const { clinic } = visit
  const token = request.cookies.get(sessionCookie)
  if (token) await endSession(clinic, token)
  const clientToken = request.cookies.get(clientCookie)
  if (clientToken) await endClientSession(clinic, clientToken)
  return goTo(clinic.site.leaveTo, {
    'set-cookie': [sessionCookie, clientCookie, visitCookie, deviceCookie].map(name =>
      forgetCookie(name, clinic.site),
    ),
    // not "cookies": Chromium then stores none of this answer, so what forgets them above would not be heard
    'clear-site-data': '"cache", "storage"',
  })
}
