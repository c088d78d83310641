import { type Answer, showPage } from '../../../web/answer.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { listGivenFields } from '../../given-back.ts'
import { isStaffPath } from '../../staff-path.ts'
import { formBackView, notNowView, type PhoneLine } from './unserved-view.ts'

/**
 * Answers a request whose work met a database that takes nothing in: what was typed is given back, filled in, to be sent
 * again. Nothing is looked up for it and nothing is kept: the page holds what this one request brought. A form of a public
 * page that may have been made elsewhere is not given back.
 */
export function answerUnserved(
  request: PageRequest,
  sent: {
    readonly takesFiles: boolean
    readonly files: readonly { readonly field: string; readonly name: string }[]
    readonly isOurs: boolean
  },
  phone: PhoneLine | null,
): Answer {
  const frame = { isForStaff: isStaffPath(request.path), phone }
  if (request.method === 'GET') return showPage(notNowView(frame, 'look'), 503)
  if (!sent.isOurs && !frame.isForStaff) return showPage(notNowView(frame, 'not-ours'), 503)
  const asked = request.query.toString()
  const form = {
    action: asked === '' ? request.path : `${request.path}?${asked}`,
    csrfToken: request.csrfToken,
    once: fieldText(request.form, '_once') || undefined,
    fields: listGivenFields(request.path, request.form, frame.isForStaff),
    takesFiles: sent.takesFiles,
    files: sent.files,
  }
  return showPage(formBackView(form, frame), 503)
}
