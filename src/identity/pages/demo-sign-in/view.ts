import { button } from '../../../web/components/button.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { Person } from '../../person.ts'
import { roleName } from '../../role.ts'
import { signInFrame } from '../parts/sign-in-frame.ts'

/** Asks before it signs in: a link that is only previewed is not used up. */
export function demoSignInView(view: {
  readonly token: string
  readonly csrfToken: string
  readonly person: Person
}): Html {
  const { person } = view
  return signInFrame({
    title: 'Sign in to the demo',
    body: html`<h1 class="govuk-heading-l">Sign in to the demo</h1><p class="govuk-body">${person.name}, ${roleName(person.role)}, ${person.agencyName}. Everybody in the demo is invented. The link works once.</p>${startForm(
      { action: `/demo-sign-in/${view.token}`, csrfToken: view.csrfToken },
      button({ text: `Sign in as ${person.name}` }),
    )}`,
  })
}
