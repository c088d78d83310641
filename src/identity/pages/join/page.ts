import type { FormProblem } from '../../../foundation/decision.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { writeCookie } from '../../../web/cookie.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { findCodeStep } from '../../one-time-code.ts'
import { enrolPerson } from '../../operations/enrol-person.ts'
import { lookAtInvitation } from '../../operations/look-at-invitation.ts'
import { TooBusy } from '../../operations/prove-password.ts'
import { verifyPassphrase } from '../../passphrase.ts'
import type { PublicVisit } from '../../route.ts'
import { sessionCookie } from '../../session.ts'
import { newCodeSecret, openSealedSecret, sealCodeSecret } from './sealed-secret.ts'
import { joinView, linkClosedView } from './view.ts'

/** Shows somebody who was invited how to set up their sign-in. Opening the page uses nothing up. */
export async function showJoin(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  const { clinic } = visit
  const token = request.params['token'] ?? ''
  const look = await lookAtInvitation(clinic, token, 'enrol')
  if (!look.allowed) return showPage(linkClosedView(look.because), 404)
  const secret = newCodeSecret()
  const sealedSecret = sealCodeSecret(clinic, token, secret)
  return showPage(
    joinView({ token, csrfToken: request.csrfToken, person: look.person, secret, sealedSecret }),
  )
}

/** Takes the password and the first code, and signs them in. */
export async function takeJoin(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  const { clinic } = visit
  const token = request.params['token'] ?? ''
  const look = await lookAtInvitation(clinic, token, 'enrol')
  if (!look.allowed) return showPage(linkClosedView(look.because), 404)
  const { person } = look

  const kept = openSealedSecret(clinic, token, fieldText(request.form, 'sealed'))
  const secret = kept ?? newCodeSecret()
  const password = fieldText(request.form, 'password')
  const code = fieldText(request.form, 'code')
  const step = findCodeStep(secret, code, clinic.clock.now(), 0)
  const problems: FormProblem[] = []
  const passwordProblem = verifyPassphrase(password, person.signInName)
  if (passwordProblem) problems.push({ field: 'password', message: passwordProblem })
  if (code.trim() === '') problems.push({ field: 'code', message: 'Enter the code from your app' })
  else if (step === null) {
    const message =
      'The code is not the one the app shows now. Check the time on your phone is right and enter the newest code'
    problems.push({ field: 'code', message })
  }
  const again = (found: readonly FormProblem[], status: number): Answer => {
    const sealedSecret = sealCodeSecret(clinic, token, secret)
    const view = { token, csrfToken: request.csrfToken, person, secret, sealedSecret, problems: found }
    return showPage(joinView(view), status)
  }
  if (problems.length > 0 || step === null) return again(problems, 422)

  try {
    const enrolled = await enrolPerson(clinic, { token, password, codeSecret: secret, codeStep: step })
    if (!enrolled.allowed) return showPage(linkClosedView(enrolled.because), 409)
    return goTo('/staff', { 'set-cookie': writeCookie(sessionCookie, enrolled.sessionToken, clinic.site) })
  } catch (cause) {
    if (!(cause instanceof TooBusy)) throw cause
    return again([{ field: 'password', message: 'Many people are signing in. Try again in 5 seconds' }], 503)
  }
}
