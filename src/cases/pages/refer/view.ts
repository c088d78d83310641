import type { FoundService } from '../../../directory/find-services.ts'
import type { Profile } from '../../../directory/profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { publicPage } from '../../../identity/public-page.ts'
import { button } from '../../../web/components/button.ts'
import { notificationBanner } from '../../../web/components/notification-banner.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { emergencyWords } from '../parts/emergency.ts'
import { referralQuestions } from '../parts/referral-form/questions.ts'
import { serviceListsView } from '../parts/services-view.ts'

export type ReferView = {
  readonly profile: Profile
  readonly csrfToken: string
  readonly once: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  /** Set when too many forms came from one address, and this one was not sent. */
  readonly flooded?: readonly FoundService[]
}

/** The public form, on one page, without anything that needs a script. */
export function referView(view: ReferView): Html {
  const { profile, typed, problems } = view
  const { happening, signs, people, times } = referralQuestions({
    audience: 'public',
    profile,
    typed,
    problems,
  })
  return publicPage({
    title: view.flooded ? 'Not sent yet' : titleWithProblems('Get in touch', view.problems),
    back: { href: '/refer' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${problemSummary(view.problems)}
<h1 class="govuk-heading-l">Tell us what is happening</h1>
${emergencyWords()}
${view.flooded && floodNotice(profile, view.flooded)}
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

/**
 * Shown above a form that one address sent too often. What was typed is in the form below and nowhere else, so the help
 * that others can give is shown here and not behind a link.
 */
function floodNotice(profile: Profile, services: readonly FoundService[]): Html {
  const { phone } = profile.public
  return html`${notificationBanner({
    titleId: 'flood',
    html: html`<p class="govuk-notification-banner__heading">This was not sent yet. Everything you typed is still in the form below.</p>
<p class="govuk-body">Several forms came from the same place in a short time. Send it again in an hour; or now, from another connection, if you can change it without leaving this page. What you typed is kept nowhere else: when you leave this page, it is gone.</p>${
      phone && html`<p class="govuk-body">You can also call ${phone.number}. ${phone.hours}.</p>`
    }`,
  })}<h2 class="govuk-heading-m">Other help you can have now</h2>${serviceListsView([{ found: services.slice(0, mostServices), level: 3 }])}<h2 class="govuk-heading-m">What you typed</h2>`
}

/** As many as fit on one screen above the form. */
const mostServices = 4
