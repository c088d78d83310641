import { button } from '../../../web/components/button.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CarriedForm } from '../../carried-form.ts'
import { publicPage } from '../../public-page.ts'
import { doorPage } from '../door-page.ts'
import { carriedFields, onceOf } from './carried-fields.ts'

const titles = {
  'signed-out': 'You were signed out before this was sent',
  'out-of-date': 'The page you sent was out of date',
} as const

/** Offers to send again what could not be taken; shows none of it. */
export function sendAgainView(view: {
  readonly form: CarriedForm
  readonly csrfToken: string
  readonly because: keyof typeof titles
}): Html {
  const title = titles[view.because]
  return doorPage({
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Nothing was saved, and nothing you typed was lost. Send it now, and it is taken once, as if you had just typed it.</p>${startForm(
      { action: view.form.path, csrfToken: view.csrfToken, once: onceOf(view.form) },
      carriedFields(view.form),
      button({ text: 'Send it now', preventDoubleClick: true }),
    )}<p class="govuk-body"><a class="govuk-link" href="/staff">Leave without sending it</a></p>`,
  })
}

/** Says what could not be kept and what to do. */
export function notKeptView(view: {
  readonly title: string
  readonly because: 'file' | 'too-long' | 'public'
  readonly path: string
  readonly isSignedIn: boolean
}): Html {
  const words = {
    file: 'Nothing was saved. A file cannot be kept for you while you sign in, so choose it again.',
    'too-long':
      'Nothing was saved. What you sent was too long to keep while you sign in. Go back in your browser to copy it before you sign in.',
    public:
      'Nothing was saved, and nothing you typed was kept. Open the page again and enter your answers again.',
  }[view.because]
  const next = view.because === 'public' ? view.path : view.isSignedIn ? '/staff' : '/sign-in'
  const label =
    view.because === 'public' ? 'Open the page again' : view.isSignedIn ? 'Go to your first page' : 'Sign in'
  const frame = view.because === 'public' ? publicPage : doorPage
  return frame({
    title: view.title,
    body: html`<h1 class="govuk-heading-l">${view.title}</h1><p class="govuk-body">${words}</p><p class="govuk-body"><a class="govuk-link" href="${next}">${label}</a></p>`,
  })
}
