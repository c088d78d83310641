import { insetText } from '../../web/components/inset-text.ts'
import { type Html, html } from '../../web/html.ts'
import type { StaffVisit } from '../route.ts'
import { staffPage } from '../staff-page.ts'

/** Shows a link, the only time it can be seen. */
export function linkView(
  visit: StaffVisit,
  view: { readonly name: string; readonly token: string; readonly back: { href: string; text: string } },
): Html {
  return staffPage(visit, {
    title: 'The link for them',
    back: view.back,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">The link for ${view.name}</h1>
<p class="govuk-body">Add this to the address of the clinic and give it to them yourself, not by a channel somebody else reads:</p>${insetText(
      { html: html`<p class="govuk-body"><code id="link">/join/${view.token}</code></p>` },
    )}<p class="govuk-body">It works once, for 7 days, and is shown here only now. Whoever holds it can sign in as ${view.name}.</p></div></div>`,
  })
}
