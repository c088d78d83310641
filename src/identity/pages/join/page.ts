import type { FormProblem } from '../../../foundation/decision.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { writeCookie } from '../../../web/cookie.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { findCodeStep } from '../../one-time-code.ts'
import { checkInvitation } from '../../operations/check-invitation.ts'
import { enrolPerson } from '../../operations/enrol-person.ts'
import { findPasswordContext } from '../../operations/find-password-context.ts'
import { TooBusy } from '../../operations/prove-password.ts'
import { verifyPassphrase } from '../../passphrase.ts'
import type { PublicVisit } from '../../route.ts'
import { sessionCookie } from '../../session.ts'
import { deskOf } from '../parts/desk-of.ts'
import { linkClosedView } from '../parts/link-closed-view.ts'
import { newCodeSecret, openSealedSecret, sealCodeSecret } from '../parts/sealed-secret.ts'
import { joinedView, joinView } from './view.ts'

/** Shows somebody who was invited how to set up their sign-in. Opening the page uses nothing up. */
export async function showJoin(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  const { clinic } = visit
  const token = request.params['token'] ?? ''
  const check = await checkInvitation(clinic, token, 'enrol')
  if (!check.allowed) return showPage(linkClosedView(check.because), 404)
  const secret = newCodeSecret()
  const sealedSecret = sealCodeSecret(clinic, token, secret)
  return showPage(joinView({ ...check, token, csrfToken: request.csrfToken, secret, sealedSecret }))
}

const wrongWords =
  'The joining code, or what you show with it, is not right. Check both: it is not said which is wrong'

/** Takes what shows that the link is theirs, the password and the first code, and signs them in. */
export async function takeJoin(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  const { clinic } = visit
  const token = request.params['token'] ?? ''
  const check = await checkInvitation(clinic, token, 'enrol')
  if (!check.allowed) return showPage(linkClosedView(check.because), 404)
  const { person } = check

  const kept = openSealedSecret(clinic, token, fieldText(request.form, 'sealed'))
  const secret = kept ?? newCodeSecret()
  const password = fieldText(request.form, 'password')
  const code = fieldText(request.form, 'code')
  const step = findCodeStep(secret, code, clinic.clock.now(), 0)
  const joiningCode = fieldText(request.form, 'joining-code')
  const secondSecret = fieldText(request.form, 'second-secret')
  const witnessWords = fieldText(request.form, 'witness-words')
  const problems: FormProblem[] = []
  if (joiningCode.trim() === '') {
    const message = 'Enter the joining code from the person who asked for your link'
    problems.push({ field: 'joining-code', message })
  }
  if (check.hasJoinedBefore && `${secondSecret}${witnessWords}`.trim() === '') {
    problems.push({ field: 'second-secret', message: 'Enter your second secret, or your colleague’s words' })
  }
  const passwordProblem = verifyPassphrase(password, await findPasswordContext(clinic, person.personId))
  if (passwordProblem) problems.push({ field: 'password', message: passwordProblem })
  if (code.trim() === '') problems.push({ field: 'code', message: 'Enter the code from your app' })
  else if (step === null) {
    const message =
      'The code is not the one the app shows now. Check the time on your phone is right and enter the newest code'
    problems.push({ field: 'code', message })
  }
  const again = (found: readonly FormProblem[], status: number): Answer => {
    const sealedSecret = sealCodeSecret(clinic, token, secret)
    const { csrfToken } = request
    const view = { ...check, token, csrfToken, secret, sealedSecret, problems: found, joiningCode }
    return showPage(joinView(view), status)
  }
  if (problems.length > 0 || step === null) return again(problems, 422)

  try {
    const enrolled = await enrolPerson(clinic, {
      token,
      joiningCode,
      secondSecret,
      witnessWords,
      password,
      codeSecret: secret,
      codeStep: step,
      desk: deskOf(request),
    })
    switch (enrolled.kind) {
      case 'closed':
        return showPage(linkClosedView(enrolled.because), 409)
      case 'wrong':
        return again([{ field: 'joining-code', message: wrongWords }], 422)
      case 'wait': {
        const { seconds } = enrolled
        const message = `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
        return again([{ field: 'joining-code', message }], 429)
      }
      case 'joined': {
        const headers = { 'set-cookie': writeCookie(sessionCookie, enrolled.sessionToken, clinic.site) }
        return showPage(joinedView(enrolled.secondSecret), 200, headers)
      }
    }
  } catch (cause) {
    if (!(cause instanceof TooBusy)) throw cause
    return again([{ field: 'password', message: 'Many people are signing in. Try again in 5 seconds' }], 503)
  }
}
