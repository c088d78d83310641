import { button } from '../../../../web/components/button.ts'
import { summaryList } from '../../../../web/components/summary-list.ts'
import { startForm } from '../../../../web/form.ts'
import { type Html, html } from '../../../../web/html.ts'
import type { CarriedForm } from '../../../carried-form.ts'
import { listGivenFields } from '../../../given-back.ts'
import { publicPage } from '../../../public-page.ts'
import { findReturnPath } from '../../../return-path.ts'
import { signInFrame } from '../sign-in-frame.ts'
import { carriedFields, onceOf } from './carried-fields.ts'

const titles = {
  'signed-out': 'You were signed out before this was sent',
  'out-of-date': 'The page you sent was out of date',
} as const

/**
 * Offers to send again what could not be taken, and says what it is: the person who presses the button answers for it.
 */
export function sendAgainView(view: {
  readonly form: CarriedForm
  readonly csrfToken: string
  readonly because: keyof typeof titles
}): Html {
  const title = titles[view.because]
  return signInFrame({
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Nothing was saved, and nothing you typed was lost. Send it now, and it is taken once, as if you had just typed it.</p>
<p class="govuk-body">Read it first. It counts as yours, so do not send it if you did not write it.</p>${formInWords(view.form)}${startForm(
      { action: view.form.path, csrfToken: view.csrfToken, once: onceOf(view.form) },
      carriedFields(view.form),
      button({ text: 'Send it now', preventDoubleClick: true }),
    )}<p class="govuk-body"><a class="govuk-link" href="/staff">Leave without sending it</a></p>`,
  })
}

/** Says that what takes two people is done again on its page; what was typed can be copied. */
export function doAgainView(view: {
  readonly title: string
  readonly form: CarriedForm
  readonly doneAgain: string
}): Html {
  return signInFrame({
    title: view.title,
    body: html`<h1 class="govuk-heading-l">${view.title}</h1>
<p class="govuk-body">Nothing was done. It takes two people, so it is not sent from here: do it again on its page. What you typed stands below, to copy.</p>
<p class="govuk-body"><a class="govuk-link" href="${findReturnPath(view.doneAgain)}">Open its page</a></p>${formInWords(view.form)}`,
  })
}

/** Says that what was in the page was typed by somebody else, and is not sent; shows none of it. */
export function ofAnotherView(): Html {
  const title = 'Somebody else typed what was kept here'
  return signInFrame({
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">You are signed in. The page you signed in on held something that was typed while a colleague was signed in here. It was not sent and not saved, and it is not shown to you.</p>
<p class="govuk-body"><a class="govuk-link" href="/staff">Go to your first page</a></p>`,
  })
}

/** Where a form goes and every field of it, but for what only the program reads. */
function formInWords(form: CarriedForm): Html {
  const ids = /^(?=.*\d)[\w-]{8,}$/
  const where = form.path.split('/').filter(word => word !== '' && !ids.test(word))
  const fields = listGivenFields(form.path, new Map(form.fields), {
    isForStaff: true,
    words: new Map(),
  }).filter(({ name, value, kind }) => !name.startsWith('_') && (value !== '' || kind === 'secret'))
  return summaryList({
    rows: [
      { key: { text: 'Where it goes' }, value: { text: where.join(', ').replaceAll('-', ' ') } },
      { key: { text: 'Its page' }, value: { html: html`<bdi>${form.path}</bdi>` } },
      ...fields.map(({ label, value, says, kind }) => ({
        key: { text: label },
        value: {
          html: html`<bdi>${kind === 'secret' ? 'Not shown' : kind === 'choice' ? says : value}</bdi>`,
        },
      })),
    ],
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
  const frame = view.because === 'public' ? publicPage : signInFrame
  return frame({
    title: view.title,
    body: html`<h1 class="govuk-heading-l">${view.title}</h1><p class="govuk-body">${words}</p><p class="govuk-body"><a class="govuk-link" href="${next}">${label}</a></p>`,
  })
}
