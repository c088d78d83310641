import type { FormProblem } from '../../../foundation/decision.ts'
import { type LinkRequestId, parseId } from '../../../foundation/ids.ts'
import { deriveSecret } from '../../../platform/keys.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { hasSeenWords } from '../../check-act.ts'
import { approveLink, type LinkDecisionAnswer, refuseLink } from '../../operations/decide-link-request.ts'
import { findLinkRequest, listLinkRequests } from '../../operations/list-link-requests.ts'
import type { StaffVisit } from '../../route.ts'
import { tokenOfForm } from '../../secret-token.ts'
import { linkView } from '../parts/link-view.ts'
import { readLinkDecision } from './form.ts'
import { linkRequestView, linksView, wordsOfRequest } from './view.ts'

/** Shows a coordinator which links wait for a decision, and what was decided. */
export async function showLinks(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return showPage(linksView(visit, await visit.clinic.database.transaction(visit.actor, listLinkRequests)))
}

/** Shows one of them, to decide on. */
export async function showLinkRequest(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return show(request, visit, new Map(), [], 200)
}

const refusals: Readonly<Record<'same-person' | 'own-link' | 'sign-in-name-taken' | 'never-joined', string>> =
  {
    'same-person': 'You asked for this link, so somebody else has to decide',
    'own-link': 'This link is for you, so another coordinator has to decide',
    'never-joined':
      'They never joined, so there is nothing to come back with. Do not approve it: a new link is needed',
    'sign-in-name-taken':
      'Somebody has this sign-in name by now. Do not approve it, and say so in the reason',
  }

/** Takes the decision. An approved link is shown to the person who approved it, once. */
export async function takeLinkDecision(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const read = readLinkDecision(request.form)
  if (!read.ok) return show(request, visit, request.form, read.problems, 422)
  const requestId = parseId<LinkRequestId>(request.params['request'] ?? '')
  const found =
    requestId &&
    (await visit.clinic.database.transaction(visit.actor, each => findLinkRequest(each, requestId)))
  if (!requestId || !found) return showPage(problemPage(404), 404)
  if (found.state === 'asked' && !hasSeenWords(visit, request.form, wordsOfRequest(found))) {
    return show(request, visit, request.form, [], 200)
  }
  const by = visit.staff.personId
  const formToken = readOnce(request.form) ?? newOnce()
  // Bound to the request: the same form value sent elsewhere makes another link.
  const token = tokenOfForm(
    deriveSecret(visit.clinic.key, 'invitation-links'),
    `approved ${requestId} ${formToken}`,
  )
  const answer: LinkDecisionAnswer = await visit.clinic.database.transaction(visit.actor, transaction =>
    read.approve
      ? approveLink(transaction, requestId, by, { token, formToken })
      : refuseLink(transaction, requestId, by, read.reason),
  )
  if (answer.allowed) {
    const back = { href: '/admin/links', text: 'Back to who joins' }
    return read.approve && found.kind !== 'return'
      ? showPage(linkView(visit, { name: found.name, token, back }))
      : goTo('/admin/links')
  }
  if (answer.because === 'unknown') return showPage(problemPage(404), 404)
  if (answer.because === 'already-decided') return goTo('/admin/links')
  const message = refusals[answer.because]
  return show(request, visit, request.form, [{ field: 'decision', message }], 409)
}

async function show(
  request: PageRequest,
  visit: StaffVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const requestId = parseId<LinkRequestId>(request.params['request'] ?? '')
  const found =
    requestId &&
    (await visit.clinic.database.transaction(visit.actor, each => findLinkRequest(each, requestId)))
  if (!found) return showPage(problemPage(404), 404)
  if (found.state !== 'asked') return goTo('/admin/links')
  const view = {
    decision: fieldText(typed, 'decision'),
    reason: fieldText(typed, 'reason'),
    once: readOnce(typed) ?? newOnce(),
    problems,
  }
  return showPage(linkRequestView(visit, found, view), status)
}
