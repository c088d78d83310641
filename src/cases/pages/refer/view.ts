import type { Profile } from '../../../directory/profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { publicPage } from '../../../identity/public-page.ts'
import { button } from '../../../web/components/button.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { emergencyWords } from '../told/emergency.ts'
import { toldQuestions } from '../told/questions.ts'

export type ReferView = {
  readonly profile: Profile
  readonly csrfToken: string
  readonly once: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** The public form, on one page, without anything that needs a script. */
export function showReferForm(view: ReferView): Html {
  const { profile, typed, problems } = view
  const { happening, signs, people, times } = toldQuestions({ audience: 'public', profile, typed, problems })
  return publicPage({
    title: titleWithProblems('Get in touch', view.problems),
    back: { href: '/refer' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${problemSummary(view.problems)}
<h1 class="govuk-heading-l">Tell us what is happening</h1>
${emergencyWords()}
${startForm(
  { action: '/refer/form', csrfToken: view.csrfToken, once: view.once },
  happening,
  signs,
  people,
  times,
  button({ text: 'Send', preventDoubleClick: true }),
)}
</div></div>`,
  })
}

/** Shown when one address sent more than anybody needs to. */
export function showTooMany(profile: Profile): Html {
  const { phone } = profile.public
  return publicPage({
    title: 'Try again later',
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">Try again in an hour</h1>
${emergencyWords()}
<p class="govuk-body">Several forms came from the same place in a short time. This one was not sent. To send it now, use another connection.${
      phone && html` You can also call ${phone.number}. ${phone.hours}.`
    }</p>
<p class="govuk-body"><a class="govuk-link" href="/refer/other-help">Other help</a></p>
</div></div>`,
  })
}
