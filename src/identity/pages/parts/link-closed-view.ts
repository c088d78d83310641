import { type Html, html } from '../../../web/html.ts'
import { signInFrame } from './sign-in-frame.ts'

const reasons = {
  unknown: 'This link is not one of ours, or was not copied whole. Check that you copied all of it.',
  used: 'This link has been used. If you used it in another tab, you are signed in there. If it was not you, tell your administrator now.',
  expired: 'This link no longer works. Ask your administrator for a new one.',
} as const

/** Says why a link does not work and what to do. */
export function linkClosedView(because: keyof typeof reasons): Html {
  const title = 'This link does not work'
  return signInFrame({
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">${reasons[because]}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">Go to the sign-in page</a></p>`,
  })
}
