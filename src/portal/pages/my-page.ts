import { publicPage } from '../../identity/public-page.ts'
import { type Answer, goTo, showPage } from '../../web/answer.ts'
import { startForm } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import type { PageRequest } from '../../web/request.ts'

const places = [
  { href: '/my', text: 'Your page' },
  { href: '/my/notes', text: 'Notes' },
  { href: '/my/looks', text: 'Who has looked' },
] as const

export type MyPage = {
  /** Neutral: it stands in the tab and in the history (S2). */
  readonly title: string
  readonly heading: string
  readonly body: Html
}

/** The frame of a client's page: the exit of every public page, her three places, and a way out. */
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

/**
 * What any of these addresses answers to the second phrase: a page with nothing on it, made without a case. What was
 * typed there is kept nowhere.
 */
// design rule S4: a harmless page, and the clinic is told quietly
export function quietPage(request: PageRequest): Answer {
  const here = places.find(({ href }) => href === request.path)?.text
  if (request.method === 'POST' || here === undefined) return goTo('/my')
  return showPage(
    myPage(request, {
      title: here,
      heading: here,
      body: html`<p class="govuk-body">There is nothing here at the moment.</p>`,
    }),
  )
}
