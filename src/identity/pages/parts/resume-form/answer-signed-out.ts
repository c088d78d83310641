import type { PersonId } from '../../../../foundation/ids.ts'
import type { Clinic } from '../../../../platform/clinic.ts'
import { deriveSecret } from '../../../../platform/keys.ts'
import { type Answer, goTo, showPage } from '../../../../web/answer.ts'
import type { PageRequest } from '../../../../web/request.ts'
import { sealForm } from '../../../carried-form.ts'
import { findReturnPath } from '../../../return-path.ts'
import { signInView } from '../sign-in-view.ts'
import { carryForm } from './carry-form.ts'
import { notKeptView } from './view.ts'

/**
 * Answers somebody who is not signed in at a page of staff. A page that was only asked for goes to the sign-in page and
 * comes back; what was typed travels through it, sealed, in the page itself, so that a session that ended half-way
 * loses nothing. It is for the person whose session ended, where that is known. What takes two people never travels
 * (S12): the person who signs in next may be the second, and the one who sent it the first.
 */
export async function answerSignedOut(
  request: PageRequest,
  clinic: Clinic,
  from: { readonly endedOf: PersonId | null; readonly doneAgain: string | null },
): Promise<Answer> {
  if (request.method === 'GET') return goTo(`/sign-in?to=${encodeURIComponent(findReturnPath(request.path))}`)
  const title = 'You were signed out before this was sent'
  if (from.doneAgain !== null) {
    const notice =
      'You were signed out before this was sent, and nothing was done. It takes two people, so it is not kept for the person who signs in here: sign in, and do it again on its page.'
    const returnTo = findReturnPath(from.doneAgain)
    return showPage(signInView({ csrfToken: request.csrfToken, notice, returnTo }), 403)
  }
  const form = await carryForm(request)
  if (!form)
    return showPage(notKeptView({ title, because: 'file', path: request.path, isSignedIn: false }), 403)
  const carried = sealForm(
    deriveSecret(clinic.key, 'carried-forms'),
    { ...form, endedOf: from.endedOf },
    clinic.clock.now(),
  )
  if (!carried)
    return showPage(notKeptView({ title, because: 'too-long', path: request.path, isSignedIn: false }), 403)
  return showPage(
    signInView({
      csrfToken: request.csrfToken,
      carried,
      notice:
        'You were signed out before this was sent. What you typed is kept in this page: sign in, read what would be sent, and send it.',
    }),
    403,
  )
}
