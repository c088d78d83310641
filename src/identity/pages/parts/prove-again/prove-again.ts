import type { FormProblem } from '../../../../foundation/decision.ts'
import { type Answer, showPage } from '../../../../web/answer.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../../web/request.ts'
import { proveOwner } from '../../../operations/prove-owner.ts'
import { againFields, asksAgain } from '../../../prove-again.ts'
import type { StaffVisit } from '../../../route.ts'
import { carryForm } from '../resume-form/carry-form.ts'
import { signInView } from '../sign-in-view.ts'
import { proveAgainView, waitsView } from './view.ts'

export type Proven = { readonly request: PageRequest; readonly visit: StaffVisit }

/**
 * Asks for password and code before what takes two people, when they were given long ago. What was sent is kept in the
 * page that asks, so nothing typed is lost; with the right answer it goes on as it was sent. Returns the page, or the
 * request to go on with, without what was given.
 */
export async function proveAgain(request: PageRequest, visit: StaffVisit): Promise<Answer | Proven> {
  const { clinic, notices, staff } = visit
  const typed = {
    password: fieldText(request.form, againFields.password),
    code: fieldText(request.form, againFields.code).replace(/\s/g, ''),
  }
  const plain = { ...request, form: withoutProof(request.form) }
  if (!asksAgain(notices, clinic.clock.now(), clinic.isDemo)) return { request: plain, visit }
  const hasProof = request.form.has(againFields.password) || request.form.has(againFields.code)
  const show = async (
    problems: readonly FormProblem[],
    status: number,
    seconds?: number,
  ): Promise<Answer> => {
    const form = (await carryForm(plain)) ?? { path: request.path, fields: [] }
    const headers = seconds === undefined ? undefined : { 'retry-after': String(seconds) }
    return showPage(proveAgainView(visit, form, problems), status, headers)
  }
  if (!hasProof) return show([], 403)
  const problems: FormProblem[] = []
  if (typed.password === '') problems.push({ field: againFields.password, message: 'Enter your password' })
  if (!/^\d{6}$/.test(typed.code))
    problems.push({ field: againFields.code, message: 'Enter the 6 numbers your app shows' })
  if (problems.length > 0) return show(problems, 422)
  const { personId } = staff
  const proof = { ...typed, address: request.address }
  const answer = await proveOwner(clinic, { personId, sessionId: notices.sessionId }, proof)
  if (answer.kind === 'right') {
    const proved = { ...notices, provedAt: clinic.clock.now() }
    return { request: plain, visit: { ...visit, notices: proved } }
  }
  if (answer.kind === 'ended') return answerEnded(request)
  const field = againFields.password
  if (answer.kind === 'wrong') {
    const message = 'The password or code is not right, or the code was used before'
    return show([{ field, message }], 422)
  }
  const message = `Try again in ${answer.seconds} ${answer.seconds === 1 ? 'second' : 'seconds'}`
  return show([{ field, message }], 429, answer.seconds)
}

/** Tells somebody who was wrong too often that they are signed out. Nothing that was sent is kept. */
export function answerEnded(request: PageRequest): Answer {
  const notice =
    'Nothing was done, and you were signed out here: the password or code was wrong too many times. If you did not type them, tell a coordinator or an administrator.'
  return showPage(signInView({ csrfToken: request.csrfToken, notice }), 403)
}

/** Says that what takes two people waits for somebody who was set up again, and keeps what they sent in the page. */
export async function answerWaiting(request: PageRequest, visit: StaffVisit, until: Date): Promise<Answer> {
  const form = (await carryForm({ ...request, form: withoutProof(request.form) })) ?? {
    path: request.path,
    fields: [],
  }
  return showPage(waitsView(visit, form, until), 403)
}

function withoutProof(form: FormFields): FormFields {
  const given: readonly string[] = Object.values(againFields)
  return new Map([...form].filter(([name]) => !given.includes(name)))
}
