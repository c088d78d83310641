import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { writeCookie } from '../../../web/cookie.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { isFromThisMachine } from '../../from-this-machine.ts'
import { checkInvitation } from '../../operations/check-invitation.ts'
import { useDemoLink } from '../../operations/use-demo-link.ts'
import type { PublicVisit } from '../../route.ts'
import { sessionCookie } from '../../session.ts'
import { deskOf } from '../parts/desk-of.ts'
import { linkClosedView } from '../parts/link-closed-view.ts'
import { demoSignInView } from './view.ts'

/** Only in a demo, only where no other machine can reach the program, and only from this machine. */
function mayUseDemoLinks(request: PageRequest, { clinic }: PublicVisit): boolean {
  return clinic.isDemo && clinic.site.onLoopback && isFromThisMachine(request.address)
}

/** Shows whom a demo link signs in. */
export async function showDemoSignIn(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  if (!mayUseDemoLinks(request, visit)) return showPage(problemPage(404), 404)
  const token = request.params['token'] ?? ''
  const check = await checkInvitation(visit.clinic, token, 'demo-sign-in')
  if (!check.allowed) return showPage(linkClosedView(check.because), 404)
  return showPage(demoSignInView({ token, csrfToken: request.csrfToken, person: check.person }))
}

/** Uses a demo link. */
export async function takeDemoSignIn(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  if (!mayUseDemoLinks(request, visit)) return showPage(problemPage(404), 404)
  const { clinic } = visit
  const used = await useDemoLink(clinic, request.params['token'] ?? '', deskOf(request))
  if (!used.allowed) return showPage(linkClosedView(used.because), 409)
  return goTo('/staff', { 'set-cookie': writeCookie(sessionCookie, used.sessionToken, clinic.site) })
}
