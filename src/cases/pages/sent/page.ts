import { publicPage } from '../../../identity/public-page.ts'
import type { PublicVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { panel } from '../../../web/components/panel.ts'
import { html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { parseReference } from '../../reference.ts'
import { emergencyWords } from '../parts/emergency.ts'
import { sharingPromise } from '../parts/promise.ts'
import { publicProfile } from '../parts/public-profile.ts'
import { readReach, sayReach } from '../parts/referral-form/reach-words.ts'

/**
 * What happens next, and whether we can reach them: a letter in the address says how they answered. It is the same for
 * any reference, whether there is such a referral or not, so that a reference tells nobody anything.
 */
export async function showSent({ params, query }: PageRequest, { clinic }: PublicVisit): Promise<Answer> {
  const reference = parseReference(params['reference'] ?? '')
  if (!reference) return showPage(problemPage(404), 404)
  const profile = await publicProfile(clinic)
  const reach = readReach(query.get('to') ?? '')
  return showPage(
    publicPage({
      title: 'Sent',
      body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${panel({ title: { text: 'We have it' }, html: html`Your reference<br><strong>${reference}</strong>` })}
<p class="govuk-body">Write the reference down only if it is safe to keep it. It says nothing about you, and nobody can see what you sent with it.</p>
<h2 class="govuk-heading-m">Whether we can reach you</h2>
${sayReach(reach, profile).map(line => html`<p class="govuk-body">${line}</p>`)}
<h2 class="govuk-heading-m">What happens next</h2>
${
  reach === 'safe-way'
    ? html`<ul class="govuk-list govuk-list--bullet">${profile.public.whatHappensNext.map(line => html`<li>${line}</li>`)}
<li>If something is not clear yet, for example whether your address is in our area, we will ask you.</li></ul>`
    : html`<p class="govuk-body">We read what you sent. Because we will not get in touch with you, nothing more happens until you get in touch with us.</p>`
}
<h2 class="govuk-heading-m">Who gets to know</h2>
${sharingPromise()}
${emergencyWords()}
<p class="govuk-body"><a class="govuk-link" href="/refer/other-help">Other help you can have now</a></p>
</div></div>`,
    }),
  )
}
