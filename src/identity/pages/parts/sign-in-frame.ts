import { type Html, html } from '../../../web/html.ts'
import { layoutPage } from '../../../web/layout.ts'

/** The frame of a page before sign-in: nothing to go to, nobody named. */
export function signInFrame(page: { readonly title: string; readonly body: Html }): Html {
  return layoutPage({
    kind: 'staff',
    title: page.title,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${page.body}</div></div>`,
  })
}
