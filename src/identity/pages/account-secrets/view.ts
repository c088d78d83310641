import type { FormProblem } from '../../../foundation/decision.ts'
import { button } from '../../../web/components/button.ts'
import { input } from '../../../web/components/input.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { passwordInput } from '../../../web/components/password-input.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { codeAppAddress } from '../../one-time-code.ts'
import { proofInputs } from '../../proof-inputs.ts'
import type { StaffVisit } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'
import { codePictureView } from '../parts/code-picture-view.ts'

const back = { href: '/account', text: 'Back to your sign-in' }

export type ChangeView = {
  readonly problems?: readonly FormProblem[]
}

/** Changes the password: the earlier one, a code, and the new one. */
export function passwordView(visit: StaffVisit, { problems = [] }: ChangeView): Html {
  return changePage(visit, 'Change your password', problems, '/account/password', [
    html`<p class="govuk-body">You are signed out everywhere else.</p>`,
    proofInputs(problems),
    passwordInput({
      name: 'new-password',
      id: 'new-password',
      label: { text: 'New password' },
      hint: {
        text: '12 characters or more. Four words that do not belong together are easy to remember and hard to guess.',
      },
      autocomplete: 'new-password',
      errorMessage: problemBeside(problems, 'new-password'),
    }),
    button({ text: 'Change it', preventDoubleClick: true }),
  ])
}

/** Pairs another code app: password, a code of the old one, and the first of the new one. */
export function codeAppView(
  visit: StaffVisit,
  view: ChangeView & { readonly secret: string; readonly sealedSecret: string },
): Html {
  const { problems = [], secret } = view
  return changePage(visit, 'Change your code app', problems, '/account/code-app', [
    html`<input type="hidden" name="sealed" value="${view.sealedSecret}"><p class="govuk-body">You need the app you have now once more. If you have lost it, ask your administrator for a new link.</p>`,
    proofInputs(problems),
    html`<h2 class="govuk-heading-m">Scan this with the new app</h2><p>${codePictureView(codeAppAddress(secret, visit.staff.name), 'Picture for your code app')}</p>
<p class="govuk-body">If you cannot scan it, type this key into the app: <code>${secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>`,
    input({
      name: 'code',
      id: 'code',
      label: { text: 'Code from the new app' },
      hint: { text: '6 numbers' },
      classes: 'govuk-input--width-10',
      inputmode: 'numeric',
      autocomplete: 'off',
      errorMessage: problemBeside(problems, 'code'),
    }),
    button({ text: 'Change it', preventDoubleClick: true }),
  ])
}

/** Makes a new second secret. */
export function secondSecretView(visit: StaffVisit, { problems = [] }: ChangeView): Html {
  return changePage(visit, 'Make a new second secret', problems, '/account/second-secret', [
    html`<p class="govuk-body">Six words that you keep on paper. With them, and nothing that anybody else holds, you can join again after you lost your phone or forgot your password. The words you had before stop working.</p>`,
    proofInputs(problems),
    button({ text: 'Show me new words', preventDoubleClick: true }),
  ])
}

/** Shows the new words, this once. */
export function newSecondSecretView(visit: StaffVisit, words: readonly string[]): Html {
  const title = 'Write these words down'
  return staffPage(visit, {
    title,
    back,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">This is your second secret. It is shown only now.</p>${insetText(
      {
        html: html`<p class="govuk-body govuk-!-font-weight-bold" id="second-secret">${words.join(' ')}</p>`,
      },
    )}<p class="govuk-body">Keep it on paper, away from your phone, and give it to nobody: no colleague and no administrator will ever ask for it.</p></div></div>`,
  })
}

function changePage(
  visit: StaffVisit,
  title: string,
  problems: readonly FormProblem[],
  action: string,
  body: readonly Html[],
): Html {
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>${startForm(
      { action, csrfToken: visit.csrfToken },
      ...body,
    )}</div></div>`,
  })
}
