import type { FormProblem } from '../../../foundation/decision.ts'
import { button } from '../../../web/components/button.ts'
import { input } from '../../../web/components/input.ts'
import { passwordInput } from '../../../web/components/password-input.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { codeAppAddress } from '../../one-time-code.ts'
import type { Person } from '../../person.ts'
import { roleName } from '../../role.ts'
import { doorPage } from '../door-page.ts'
import { codePicture } from './code-picture.ts'

export type JoinView = {
  readonly token: string
  readonly csrfToken: string
  readonly person: Person
  readonly secret: string
  readonly sealedSecret: string
  readonly problems?: readonly FormProblem[]
}

/** The page on which somebody who was invited chooses a password and pairs a code app. */
export function joinView(view: JoinView): Html {
  const { person, secret } = view
  const problems = view.problems ?? []
  const title = 'Set up your sign-in'
  return doorPage({
    title: titleWithProblems(title, problems),
    body: html`${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">For ${person.name}, ${roleName(person.role)}, ${person.agencyName}. Your sign-in name is <strong>${person.signInName}</strong>.</p>${startForm(
      { action: `/join/${view.token}`, csrfToken: view.csrfToken },
      html`<input type="hidden" name="sealed" value="${view.sealedSecret}"><input type="hidden" name="username" autocomplete="username" value="${person.signInName}">`,
      html`<h2 class="govuk-heading-m">1. Choose a password</h2>`,
      passwordInput({
        name: 'password',
        label: { text: 'Password' },
        hint: {
          text: '12 characters or more. Four words that do not belong together are easy to remember and hard to guess.',
        },
        autocomplete: 'new-password',
        errorMessage: problemBeside(problems, 'password'),
      }),
      html`<h2 class="govuk-heading-m">2. Scan this with a code app</h2>
<p class="govuk-body">Open a code app on your phone, such as the one built into its password settings, and scan the picture.</p>
<p>${codePicture(codeAppAddress(secret, person.signInName), 'Picture for your code app')}</p>
<p class="govuk-body">If you cannot scan it, type this key into the app: <code>${secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>`,
      html`<h2 class="govuk-heading-m">3. Enter the code it shows</h2>`,
      input({
        name: 'code',
        label: { text: 'Code from your app' },
        hint: { text: '6 numbers' },
        classes: 'govuk-input--width-10',
        inputmode: 'numeric',
        autocomplete: 'one-time-code',
        errorMessage: problemBeside(problems, 'code'),
      }),
      button({ text: 'Finish and sign in' }),
    )}`,
  })
}

const reasons = {
  unknown: 'This link is not one of ours, or was not copied whole. Check that you copied all of it.',
  used: 'This link has been used. If you used it in another tab, you are signed in there. If it was not you, tell your administrator now.',
  expired: 'This link no longer works. Ask your administrator for a new one.',
} as const

/** Says why a link does not work and what to do. */
export function linkClosedView(because: keyof typeof reasons): Html {
  const title = 'This link does not work'
  return doorPage({
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">${reasons[because]}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">Go to the sign-in page</a></p>`,
  })
}
