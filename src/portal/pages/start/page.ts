import { publicPage } from '../../../identity/public-page.ts'
import type { PublicVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'

/**
 * Before anything else: how to leave in a hurry, and what leaving does and does not erase. Everybody who is not signed
 * in comes here, whatever they asked for. It does not say what these pages are.
 */
// GOV.UK Design System, "Exit a page quickly": an interruption page before the first use
export async function showMyStart({ query }: PageRequest, _visit: PublicVisit): Promise<Answer> {
  return showPage(
    publicPage({
      title: 'Before you start',
      body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">Before you start</h1>
${query.has('ended') && insetText({ text: 'You were signed out before that was sent. It was not kept anywhere.' })}
${query.has('out') && insetText({ text: 'You have signed out.' })}
<p class="govuk-body">Choose <strong>Exit this page</strong>, or press the Shift key 3 times, to leave at once. The page is covered and a page about the weather opens.</p>
<ul class="govuk-list govuk-list--bullet">
<li>It signs you out. The Back button does not bring the page back.</li>
<li>What you typed and did not save is gone.</li>
<li>Your browser may still have these pages in its history. You can delete them there, but an empty history can be noticed too.</li>
<li>It hides nothing from software that records the screen, or from somebody who looks on.</li>
<li>After ten minutes without use you are signed out by itself.</li>
</ul>
<p class="govuk-body">Use a device that nobody else looks at. A private window keeps no history.</p>
${button({ text: 'Continue', href: '/my/words' })}
</div></div>`,
    }),
  )
}
