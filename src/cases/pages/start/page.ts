import { publicPage } from '../../../identity/public-page.ts'
import type { PublicVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { emergencyWords } from '../parts/emergency.ts'
import { sharingPromise } from '../parts/promise.ts'
import { publicProfile } from '../parts/public-profile.ts'

/** The first page anybody sees: what this is, how to leave it, and whether this device is a good one to use. */
export async function showStart(_request: PageRequest, { clinic }: PublicVisit): Promise<Answer> {
  const profile = await publicProfile(clinic)
  const { introduction, phone } = profile.public
  return showPage(
    publicPage({
      title: 'Get in touch',
      body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-xl">Get in touch</h1>
${emergencyWords()}
<p class="govuk-body-l">${introduction}</p>
<h2 class="govuk-heading-m">Before you start: is this device safe?</h2>
<p class="govuk-body">If somebody may be able to see what you do on this phone or computer, use another one: a friend’s, one at work, or one in a library. Somebody who can see this device can see this page.</p>
<p class="govuk-body">The red button on each page leaves at once for a page about the weather. It cannot clear the list of pages your browser has kept, and it cannot hide anything from software that records the screen.</p>
<h2 class="govuk-heading-m">Who gets to know</h2>
${sharingPromise()}
${button({ text: 'Start', href: '/refer', isStartButton: true })}
${
  phone &&
  html`<h2 class="govuk-heading-m">If you would rather talk</h2><p class="govuk-body">Call ${phone.number}. ${phone.hours}.</p>`
}
<p class="govuk-body"><a class="govuk-link" href="/my/start">If you were given words, continue here</a></p>
<p class="govuk-body"><a class="govuk-link" href="/refer/other-help">Other help</a></p>
</div></div>`,
    }),
  )
}
