import { insetText } from '../../../web/components/inset-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { StaffVisit } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'

type Shown = { readonly name: string; readonly back: { readonly href: string; readonly text: string } }

/** Shows a link to the person who approved it, the only time it can be seen. */
export function linkView(visit: StaffVisit, view: Shown & { readonly token: string }): Html {
  return staffPage(visit, {
    title: 'The link for them',
    back: view.back,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">The link for ${view.name}</h1>
<p class="govuk-body">Add this to the address of the clinic and give it to them yourself, not by a channel somebody else reads:</p>${insetText(
      { html: html`<p class="govuk-body"><code id="link">/join/${view.token}</code></p>` },
    )}<p class="govuk-body">It works once, for 7 days, and is shown here only now. It opens nothing by itself: they also need the joining code, which the administrator who asked gives them. Do not ask for the code, and do not pass it on. If anybody asks you to, tell another coordinator.</p></div></div>`,
  })
}

/** Shows a joining code to the person who asked for the link, the only time it can be seen. */
export function joiningCodeView(
  visit: StaffVisit,
  view: Shown & { readonly code: readonly string[]; readonly joinedBefore: boolean },
): Html {
  return staffPage(visit, {
    title: 'The joining code for them',
    back: view.back,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">The joining code for ${view.name}</h1>
<p class="govuk-body">A coordinator was asked. Give these words to ${view.name} yourself, and to nobody else:</p>${insetText(
      {
        html: html`<p class="govuk-body govuk-!-font-weight-bold" id="joining-code">${view.code.join(' ')}</p>`,
      },
    )}<p class="govuk-body">They are shown only now. They open nothing by themselves: the coordinator who approves gives out the link, which you never see.${
      view.joinedBefore &&
      ' If they joined before, they also show the second secret they wrote down then, or the words of a colleague who is with them.'
    } If a coordinator asks you for the code, do not give it: tell another one.</p>
<p class="govuk-body">If you lose them, take the request back and ask again.</p></div></div>`,
  })
}
