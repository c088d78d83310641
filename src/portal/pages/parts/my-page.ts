import { publicPage } from '../../../identity/public-page.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'

const places = [
  { href: '/my', text: 'Your page' },
  { href: '/my/notes', text: 'Notes' },
  { href: '/my/looks', text: 'Who has looked' },
] as const

export type MyPage = {
  /** Neutral: it is shown in the tab and in the history (S2). */
  readonly title: string
  readonly heading: string
  readonly body: Html
}

/** The frame of a client's page: the exit of every public page, the client's three places, and a link to sign out. */
export function myPage({ path, csrfToken }: Pick<PageRequest, 'path' | 'csrfToken'>, page: MyPage): Html {
  return publicPage({
    title: page.title,
    body: html`<nav class="not-printed" aria-label="Pages"><ul class="govuk-list">${places.map(
      ({ href, text }) =>
        html`<li>${
          href === path
            ? html`<strong aria-current="page">${text}</strong>`
            : html`<a class="govuk-link" href="${href}">${text}</a>`
        }</li>`,
    )}</ul></nav>
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">${page.heading}</h1>
${page.body}
${startForm({ action: '/my/out', csrfToken }, html`<button type="submit" class="link-button">Sign out</button>`)}
</div></div>`,
  })
}
