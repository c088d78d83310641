import { sayMoment } from '../../../foundation/say-date.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CarriedOver } from '../../contact-plan.ts'

/** What was said at the referral and stays sealed: the field by which it is opened, and what it is called. */
export const carriedOverFields = [
  { field: 'said-times', name: 'times', label: 'Times, as said at the referral' },
  { field: 'said-message', name: 'voicemail', label: 'If nobody answers, as said at the referral' },
  { field: 'said-code-words', name: 'codeWords', label: 'Code words, as said at the referral' },
] as const

const wants: Readonly<Record<CarriedOver['wants'], string>> = {
  yes: 'Said that we may contact them',
  no: 'Said that we may not contact them',
  unknown: 'Not asked, or not answered',
}

/** What was said about contact at the referral, as what it is: of that day, and agreed to by nobody. */
export function carriedView(
  said: CarriedOver,
  zone: string,
  reveal: (field: string, what: string) => Html,
): Html {
  const sealed = carriedOverFields.filter(({ name }) => said[name] !== '')
  return html`<h3 class="govuk-heading-s">Said at the referral</h3>
<p class="govuk-body">Carried over from ${sayMoment(new Date(said.at), zone)}${said.by === 'client' ? '' : ', said by somebody for the client'}. It is what was said on that day, and no reason to use a way now: ask again.</p>
${summaryList({
  rows: [
    { key: { text: 'Contact' }, value: { text: wants[said.wants] } },
    ...sealed.map(({ field, label }) => ({
      key: { text: label },
      value: { html: reveal(field, label.toLowerCase()) },
    })),
  ],
})}`
}
