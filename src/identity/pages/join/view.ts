import type { FormProblem } from '../../../foundation/decision.ts'
import { button } from '../../../web/components/button.ts'
import { input } from '../../../web/components/input.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { passwordInput } from '../../../web/components/password-input.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { codeAppAddress } from '../../one-time-code.ts'
import type { Person } from '../../person.ts'
import { roleName } from '../../role.ts'
import { codePictureView } from '../parts/code-picture-view.ts'
import { secretWordsInputView } from '../parts/secret-words-view.ts'
import { signInFrame } from '../parts/sign-in-frame.ts'

export type JoinView = {
  readonly token: string
  readonly csrfToken: string
  readonly person: Person
  readonly hasJoinedBefore: boolean
  readonly hasSecond: boolean
  readonly joiningCode?: string
  readonly secret: string
  readonly sealedSecret: string
  readonly problems?: readonly FormProblem[]
}

/** The page on which somebody who was invited chooses a password and pairs a code app. */
export function joinView(view: JoinView): Html {
  const { person, secret } = view
  const problems = view.problems ?? []
  const title = 'Set up your sign-in'
  return signInFrame({
    title: titleWithProblems(title, problems),
    body: html`${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">For ${person.name}, ${roleName(person.role)}, ${person.agencyName}. Your sign-in name is <strong>${person.signInName}</strong>.</p>${startForm(
      { action: `/join/${view.token}`, csrfToken: view.csrfToken },
      html`<input type="hidden" name="sealed" value="${view.sealedSecret}"><input type="hidden" name="username" autocomplete="username" value="${person.signInName}">`,
      html`<h2 class="govuk-heading-m">1. Show that the link is yours</h2>`,
      secretWordsInputView({
        name: 'joining-code',
        label: 'Joining code',
        hint: '4 words, from the person who asked for your link. They are not the person you have the link from.',
        value: view.joiningCode,
        errorMessage: problemBeside(problems, 'joining-code'),
      }),
      view.hasJoinedBefore ? askForSecond(view, problems) : html``,
      html`<h2 class="govuk-heading-m">2. Choose a password</h2>`,
      passwordInput({
        name: 'password',
        label: { text: 'Password' },
        hint: {
          text: '12 characters or more. Four words that do not belong together are easy to remember and hard to guess.',
        },
        autocomplete: 'new-password',
        errorMessage: problemBeside(problems, 'password'),
      }),
      html`<h2 class="govuk-heading-m">3. Scan this with a code app</h2>
<p class="govuk-body">Open a code app on your phone, such as the one built into its password settings, and scan the picture.</p>
<p>${codePictureView(codeAppAddress(secret, person.signInName), 'Picture for your code app')}</p>
<p class="govuk-body">If you cannot scan it, type this key into the app: <code>${secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>`,
      html`<h2 class="govuk-heading-m">4. Enter the code it shows</h2>`,
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

function askForSecond(view: JoinView, problems: readonly FormProblem[]): Html {
  return html`${secretWordsInputView({
    name: 'second-secret',
    label: 'Your second secret',
    hint: view.hasSecond
      ? '6 words, which you wrote down when you joined.'
      : 'The clinic keeps none of yours, so you need the words of a colleague, below.',
    errorMessage: problemBeside(problems, 'second-secret'),
  })}${secretWordsInputView({
    name: 'witness-words',
    label: 'Or a colleague’s words',
    hint: 'Only if you have lost your second secret. A colleague of your agency who is with you signs in, opens “Colleagues who join again” under Your sign-in, and reads out 4 words. They must not be who asked for your link or gave it to you.',
    errorMessage: problemBeside(problems, 'witness-words'),
  })}`
}

/** Shows somebody who has just joined what they keep on paper, the only time it can be seen. */
export function joinedView(secondSecret: readonly string[]): Html {
  const title = 'Write these words down'
  return signInFrame({
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">You are signed in. This is your second secret. It is shown only now.</p>${insetText({
      html: html`<p class="govuk-body govuk-!-font-weight-bold" id="second-secret">${secondSecret.join(' ')}</p>`,
    })}<p class="govuk-body">If you lose your phone or forget your password, you need these words to join again. A link alone is never enough. Keep them on paper, away from your phone, and give them to nobody: no colleague and no administrator will ever ask for them.</p>
<p class="govuk-body">If you lose them, make new ones under Your sign-in.</p>
<p class="govuk-body"><a class="govuk-link" href="/staff">I have written them down</a></p>`,
  })
}
