import { type Answer, showPage } from '../../../../web/answer.ts'
import type { FormWords } from '../../../../web/field-recorder.ts'
import type { Html } from '../../../../web/html.ts'
import { fieldText, type PageRequest } from '../../../../web/request.ts'
import { listGivenFields } from '../../../given-back.ts'
import { isStaffPath } from '../../../staff-path.ts'
import { formBackView, notNowView, type PhoneLine } from './unserved-view.ts'

/**
 * Answers a request whose work met a database that takes nothing in: what was typed is given back, filled in, to be
 * sent again. Nothing is read for it and nothing is kept: the page holds what this one request brought. A form of a
 * public page that may have been made elsewhere is not given back.
 */
export function answerUnserved(
  request: PageRequest,
  sent: {
    readonly takesFiles: boolean
    readonly files: readonly { readonly field: string; readonly name: string }[]
    readonly isOurs: boolean
  },
  known: {
    /** The clinic's telephone line; null when none is known. */
    readonly phone: PhoneLine | null
    /** What comes first on pages that anybody may open. */
    readonly emergency: Html
    /** What the form says of its fields, where that is known. */
    readonly words: FormWords
  },
): Answer {
  const frame = {
    isForStaff: isStaffPath(request.path),
    phone: known.phone,
    emergency: saysEmergency(request.path) ? known.emergency : null,
  }
  if (request.method === 'GET') return showPage(notNowView(frame, 'look'), 503)
  if (!sent.isOurs && !frame.isForStaff) return showPage(notNowView(frame, 'not-ours'), 503)
  const asked = request.query.toString()
  const form = {
    action: asked === '' ? request.path : `${request.path}?${asked}`,
    csrfToken: request.csrfToken,
    once: fieldText(request.form, '_once') || undefined,
    fields: listGivenFields(request.path, request.form, { ...frame, words: known.words }),
    takesFiles: sent.takesFiles,
    files: sent.files,
  }
  return showPage(formBackView(form, frame), 503)
}

// A client's own pages give no such line either (S2); the sign-in pages of staff are no place that the public comes to.
const withoutEmergency = ['my', 'sign-in', 'sign-out', 'join', 'demo-sign-in']

function saysEmergency(path: string): boolean {
  return !isStaffPath(path) && !withoutEmergency.includes(path.split('/')[1] ?? '')
}
