import { publicPage } from '../../../identity/public-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { html } from '../../../web/html.ts'

/** Shown before the form: how to leave in a hurry, and what leaving does not do. */
// GOV.UK Design System, "Exit a page quickly": an interruption page before the first use
export async function showBeforeYouStart(): Promise<Answer> {
  return showPage(
    publicPage({
      title: 'Before you start',
      back: { href: '/' },
      body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">How to leave these pages quickly</h1>
<p class="govuk-body">Choose <strong>Exit this page</strong>, or press the Shift key 3 times. The page is covered at once and a page about the weather opens.</p>
<ul class="govuk-list govuk-list--bullet">
<li>What you typed is not kept. Nothing is sent to us until you choose to send it at the end.</li>
<li>Your browser may still have these pages in its history. You can delete them there, but an empty history can be noticed too.</li>
<li>To come back, open this site again and start from the beginning.</li>
<li>On a shared device, a private window keeps no history.</li>
</ul>
<p class="govuk-body">The form is one page. It takes about 5 minutes, and you may leave any question empty except one.</p>
${button({ text: 'Continue', href: '/refer/form' })}
</div></div>`,
    }),
  )
}
