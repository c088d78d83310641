import { clientCookie } from '../../../identity/client-session.ts'
import { endClientSession } from '../../../identity/operations/end-client-session.ts'
import type { PublicVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { forgetCookie } from '../../../web/cookie.ts'
import type { PageRequest } from '../../../web/request.ts'

/** Signs out the person who is signed in, with either phrase. */
export async function takeOut(request: PageRequest, { clinic }: PublicVisit): Promise<Answer> {
  const token = request.cookies.get(clientCookie)
  if (token) await endClientSession(clinic, token)
  return goTo('/my/start?out=yes', {
    'set-cookie': forgetCookie(clientCookie, clinic.site),
    'clear-site-data': '"cache", "storage"',
  })
}
