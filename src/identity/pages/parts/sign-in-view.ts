import type { FormProblem } from '../../../foundation/decision.ts'
import { button } from '../../../web/components/button.ts'
import { errorSummary } from '../../../web/components/error-summary.ts'
import { input } from '../../../web/components/input.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { passwordInput } from '../../../web/components/password-input.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { signInFrame } from './sign-in-frame.ts'

export type SignInView = {
  readonly csrfToken: string
  readonly name?: string
  readonly problems?: readonly FormProblem[]
  /** Something wrong with the whole form rather than one field. */
  readonly refusal?: string
  /** Said above the form: why somebody is here again. */
  readonly notice?: string
  /** What was typed before the session ended, sealed. */
  readonly carried?: string
  readonly returnTo?: string
}

/** The page to sign in on. */
export function signInView(view: SignInView): Html {
  const problems = view.problems ?? []
  const hasProblem = problems.length > 0 || view.refusal !== undefined
  const body = html`${
    view.refusal === undefined
      ? problemSummary(problems)
      : errorSummary({ errorList: [{ text: view.refusal, href: '#name' }] })
  }<h1 class="govuk-heading-l">Sign in</h1>${view.notice && insetText({ text: view.notice })}${startForm(
    { action: '/sign-in', csrfToken: view.csrfToken },
    html`${hidden('carried', view.carried)}${hidden('to', view.returnTo)}`,
    input({
      name: 'name',
      label: { text: 'Sign-in name' },
      value: view.name,
      autocomplete: 'username',
      autocapitalize: 'none',
      spellcheck: false,
      errorMessage: problemBeside(problems, 'name'),
    }),
    passwordInput({
      name: 'password',
      label: { text: 'Password' },
      errorMessage: problemBeside(problems, 'password'),
    }),
    input({
      name: 'code',
      label: { text: 'Code from your app' },
      hint: { text: '6 numbers. Your code app shows a new code every 30 seconds, and each works once.' },
      classes: 'govuk-input--width-10',
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
      errorMessage: problemBeside(problems, 'code'),
    }),
    button({ text: 'Sign in' }),
  )}<p class="govuk-body">If you have lost your phone or forgotten your password, ask your administrator for a new link.</p>`
  return signInFrame({
    title: hasProblem ? titleWithProblems('Sign in', problemOrOne(problems)) : 'Sign in',
    body,
  })
}

const problemOrOne = (problems: readonly FormProblem[]): readonly FormProblem[] =>
  problems.length > 0 ? problems : [{ field: 'name', message: '' }]

const hidden = (name: string, value: string | undefined): Html =>
  value ? html`<input type="hidden" name="${name}" value="${value}">` : html``
