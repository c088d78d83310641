import type { FormProblem } from '../../../../foundation/decision.ts'
import { sayMoment } from '../../../../foundation/say-date.ts'
import { button } from '../../../../web/components/button.ts'
import { startForm } from '../../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../../web/form-problems.ts'
import { type Html, html } from '../../../../web/html.ts'
import type { CarriedForm } from '../../../carried-form.ts'
import { proofInputs } from '../../../proof-inputs.ts'
import type { StaffVisit } from '../../../route.ts'
import { staffPage } from '../../../staff-page.ts'
import { carriedFields, onceOf } from '../resume-form/carried-fields.ts'

/** Asks who is signed in to show that it is them, with what they sent kept in the page. */
export function proveAgainView(visit: StaffVisit, form: CarriedForm, problems: readonly FormProblem[]): Html {
  const title = 'Show that it is you'
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Nothing was done yet, and nothing you typed was lost. What you are about to do takes two people, and you last gave your password more than five minutes ago. Give it again, and it goes on from here.</p>${startForm(
      { action: form.path, csrfToken: visit.csrfToken, once: onceOf(form) },
      carriedFields(form),
      proofInputs(problems),
      button({ text: 'Go on', preventDoubleClick: true }),
    )}<p class="govuk-body"><a class="govuk-link" href="/staff">Leave without doing it</a></p></div></div>`,
  })
}

/** Says until when it waits, and what ends the wait. */
export function waitsView(visit: StaffVisit, form: CarriedForm, until: Date): Html {
  const title = 'You cannot do this yet'
  return staffPage(visit, {
    title,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Nothing was done. Your sign-in was set up again, and what takes two people waits for you until ${sayMoment(until, 'Europe/London')}. It keeps somebody who got hold of your sign-in from acting as you before anybody notices.</p>
<p class="govuk-body">If it cannot wait, ask a coordinator or an administrator who had no part in your new sign-in. Once they have spoken to you, they confirm it under Sign-ins, and you can do it at once. Somebody else can also do it in your place.</p>${startForm(
      { action: form.path, csrfToken: visit.csrfToken, once: onceOf(form) },
      html`<p class="govuk-body">What you sent is kept in this page while it is open.</p>`,
      carriedFields(form),
      button({ text: 'Send it again', preventDoubleClick: true }),
    )}</div></div>`,
  })
}
