import { deriveSecret } from '../../../platform/keys.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { writeCookie, writeLastingCookie } from '../../../web/cookie.ts'
import { readForm } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { openForm } from '../../carried-form.ts'
import { deviceCookie, deviceSeconds } from '../../device-lane.ts'
import { resolveStaff } from '../../operations/resolve-staff.ts'
import { signIn } from '../../operations/sign-in.ts'
import { findReturnPath } from '../../return-path.ts'
import type { PublicVisit } from '../../route.ts'
import { sessionCookie } from '../../session.ts'
import { deskOf } from '../parts/desk-of.ts'
import { ofAnotherView, sendAgainView } from '../parts/resume-form/view.ts'
import { signInView } from '../parts/sign-in-view.ts'
import { signInForm } from './form.ts'

/** Shows the sign-in page, or goes on when somebody is signed in already. */
export async function showSignIn(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  const returnTo = findReturnPath(request.query.get('to') ?? '')
  if (await resolveStaff(request, visit.clinic)) return goTo(returnTo)
  const hasLeft = request.query.has('signed-out')
  return showPage(
    signInView({
      csrfToken: request.csrfToken,
      returnTo,
      ...(hasLeft ? { notice: 'You have signed out.' } : {}),
    }),
  )
}

/** Signs somebody in, and offers to send what they had typed when their last session ended. */
export async function takeSignIn(request: PageRequest, visit: PublicVisit): Promise<Answer> {
  const { clinic } = visit
  const carried = fieldText(request.form, 'carried')
  const returnTo = findReturnPath(fieldText(request.form, 'to'))
  const again = {
    csrfToken: request.csrfToken,
    name: fieldText(request.form, 'name').slice(0, 200),
    carried,
    returnTo,
  }
  const read = readForm(signInForm, request.form)
  if (!read.ok) return showPage(signInView({ ...again, problems: read.problems }), 422)

  const { name, password, code } = read.value
  const answer = await signIn(clinic, {
    signInName: name,
    password,
    code,
    ...deskOf(request),
    device: request.cookies.get(deviceCookie),
  })
  switch (answer.kind) {
    case 'refused':
      return showPage(
        signInView({
          ...again,
          refusal:
            'The sign-in name, password or code is not right, or the code was used before. After many wrong codes, none is taken for some minutes from the device they were tried on, nor from any that is new to us',
        }),
        422,
      )
    case 'wait':
      return showPage(
        signInView({
          ...again,
          refusal: `Try again in ${answer.seconds} ${answer.seconds === 1 ? 'second' : 'seconds'}`,
        }),
        429,
        { 'retry-after': String(answer.seconds) },
      )
    case 'signed-in': {
      const headers = {
        'set-cookie': [
          writeCookie(sessionCookie, answer.token, clinic.site),
          writeLastingCookie(deviceCookie, answer.device, clinic.site, deviceSeconds),
        ],
      }
      const form = openForm(deriveSecret(clinic.key, 'carried-forms'), carried, clinic.clock.now())
      if (form?.endedOf && form.endedOf !== answer.personId) return showPage(ofAnotherView(), 200, headers)
      return form
        ? showPage(sendAgainView({ form, csrfToken: request.csrfToken, because: 'signed-out' }), 200, headers)
        : goTo(returnTo, headers)
    }
  }
}
