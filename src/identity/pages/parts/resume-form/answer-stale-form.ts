import type { Clinic } from '../../../../platform/clinic.ts'
import { type Answer, showPage } from '../../../../web/answer.ts'
import { fieldText, type PageRequest } from '../../../../web/request.ts'
import type { FoundSession } from '../../../operations/find-session.ts'
import { isStaffPath } from '../../../staff-path.ts'
import { signInView } from '../sign-in-view.ts'
import { answerSignedOut } from './answer-signed-out.ts'
import { carryForm } from './carry-form.ts'
import { doAgainView, notKeptView, sendAgainView } from './view.ts'

/**
 * Answers a form whose token is not right, from a tab left open too long or a form made elsewhere: nothing is done
 * until somebody presses a button on a page of ours. What a member of staff typed is kept in that page; what a client
 * typed is not kept anywhere (S3), and what takes two people is done again (S12).
 */
export async function answerStaleForm(
  request: PageRequest,
  clinic: Clinic,
  by: FoundSession & { readonly doneAgain: string | null },
): Promise<Answer> {
  const title = 'This page was out of date'
  if (request.path === '/sign-in') {
    const carried = fieldText(request.form, 'carried')
    const notice = 'This page was out of date. Enter your details again.'
    return showPage(signInView({ csrfToken: request.csrfToken, carried, notice }), 403)
  }
  if (!isStaffPath(request.path)) {
    return showPage(
      notKeptView({ title, because: 'public', path: publicPageOf(request.path), isSignedIn: false }),
      403,
    )
  }
  if (!by.signedIn) return answerSignedOut(request, clinic, by)
  const form = await carryForm(request)
  if (!form)
    return showPage(notKeptView({ title, because: 'file', path: request.path, isSignedIn: true }), 403)
  if (by.doneAgain !== null) return showPage(doAgainView({ title, form, doneAgain: by.doneAgain }), 403)
  return showPage(sendAgainView({ form, csrfToken: request.csrfToken, because: 'out-of-date' }), 403)
}

/** Signing out has no page of its own to open again. */
function publicPageOf(path: string): string {
  if (path === '/my/out') return '/my'
  return path === '/sign-out' || path === '/leave' ? '/' : path
}
