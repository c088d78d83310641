import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { button } from '../../../web/components/button.ts'
import { input } from '../../../web/components/input.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { passwordInput } from '../../../web/components/password-input.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { DeviceKind } from '../../device.ts'
import { codeAppAddress } from '../../one-time-code.ts'
import { proofInputs } from '../../proof-inputs.ts'
import type { StaffVisit } from '../../route.ts'
import type { OwnSession } from '../../session.ts'
import { staffPage } from '../../staff-page.ts'
import { codePicture } from '../parts/code-picture-view.ts'

const zone = 'Europe/London'
const back = { href: '/account', text: 'Back to your sign-in' }
const devices: Readonly<Record<DeviceKind, string>> = {
  phone: 'A phone',
  tablet: 'A tablet',
  computer: 'A computer',
  unknown: 'Not known',
}

/** Somebody's own sign-in: where they are signed in, and what they sign in with. */
export function accountView(visit: StaffVisit, sessions: readonly OwnSession[]): Html {
  const { csrfToken, standing } = visit
  const others = sessions.filter(each => each.sessionId !== standing.sessionId)
  return staffPage(visit, {
    title: 'Your sign-in',
    body: html`<h1 class="govuk-heading-l">Your sign-in</h1><h2 class="govuk-heading-m">Where you are signed in</h2>
<p class="govuk-body">The kind of machine and the beginning of its address are all that is kept of where you sit. Each ends after half an hour without use.</p>${scrollingRegion(
      {
        label: 'Where you are signed in',
        html: table({
          caption: 'Where you are signed in',
          captionClasses: 'govuk-visually-hidden',
          head: ['Machine', 'Network', 'Since', 'Last used', 'End'].map(text => ({ text })),
          firstCellIsHeader: true,
          rows: sessions.map(session => [
            { text: devices[session.device] },
            { text: session.network === '' ? 'Not known' : session.network },
            { text: sayMoment(session.startedAt, zone) },
            { text: sayMoment(session.lastSeenAt, zone) },
            {
              html:
                session.sessionId === standing.sessionId
                  ? html`You are here`
                  : startForm(
                      { action: `/account/sessions/${session.sessionId}/end`, csrfToken },
                      html`<button type="submit" class="link-button">End it<span class="govuk-visually-hidden">: ${devices[session.device]}, since ${sayMoment(session.startedAt, zone)}</span></button>`,
                    ),
            },
          ]),
        }),
      },
    )}${
      others.length > 0 &&
      startForm(
        { action: '/account/sessions/end-others', csrfToken },
        button({ text: 'End all but this one', classes: 'govuk-button--secondary' }),
      )
    }<h2 class="govuk-heading-m">What you sign in with</h2><ul class="govuk-list"><li><a class="govuk-link" href="/account/password">Change your password</a></li><li><a class="govuk-link" href="/account/code-app">Change your code app</a></li><li><a class="govuk-link" href="/account/second-secret">Make a new second secret</a></li></ul>
<h2 class="govuk-heading-m">Colleagues</h2><p class="govuk-body"><a class="govuk-link" href="/account/colleagues">Colleagues who join again</a>: give your word for somebody who is with you and has lost their second secret.</p>
<h2 class="govuk-heading-m" id="not-me">If you did not change it yourself</h2><p class="govuk-body">End all sessions but this one, change your password, and tell a coordinator and an administrator at once, by telephone or in person. An administrator can stop your sign-in in a moment, and What was done shows what happened in your name.</p>`,
  })
}

export type ChangeView = {
  readonly problems?: readonly FormProblem[]
}

/** Changes the password: the one of before, a code, and the new one. */
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
    html`<h2 class="govuk-heading-m">Scan this with the new app</h2><p>${codePicture(codeAppAddress(secret, visit.staff.name), 'Picture for your code app')}</p>
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
