import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type SummaryRow, summaryList } from '../../../web/components/summary-list.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { YesNoUnknown } from '../../eligibility.ts'
import type { FirstAccount } from '../../first-account.ts'
import { sayRedFlag, sayUrgency } from '../../red-flags.ts'
import type { KeptAnswers, KeptDecision, SealedFieldKind } from '../../referral.ts'
import { sayRelation } from '../../say-relation.ts'
import { sayStalkerType } from '../../triage.ts'
import type { TriageRevision } from '../../triage-revision.ts'
import { sealedFieldsView } from '../parts/sealed-fields-view.ts'

export type FirstAccountView = {
  readonly account: FirstAccount | null
  readonly zone: string
  /** Which sealed fields there are; null where the person looking may not see the client's channels. */
  readonly sealed: readonly SealedFieldKind[] | null
  /** What was made of it; null where the person looking may not see that, or where nothing was kept. */
  readonly triage: TriageRevision | null
}

const yesNo: Readonly<Record<YesNoUnknown, string>> = {
  yes: 'Yes',
  no: 'No',
  unknown: 'Not known: not asked, or not answered',
}

const about: Readonly<Record<KeptAnswers['cyberstalked'], string>> = {
  yes: 'Yes',
  maybe: 'It may be',
  fraud: 'About a fraud or scam',
  other: 'About something else',
  unknown: 'Not known: not asked, or not answered',
}

const areas: Readonly<Record<KeptDecision['area'], string>> = {
  inside: 'In our area, by what was told',
  outside: 'Outside our area, by what was told',
  unknown: 'Not known',
}

/**
 * The first account of a case: the words, the danger, who the suspected person is, the signs; sealed fields stay
 * sealed.
 */
export function firstAccountView(visit: CaseVisit, view: FirstAccountView): Html {
  const title = 'First account'
  const { account } = view
  const body = html`${caseNavigation(visit, 'referral')}
<h1 class="govuk-heading-l">${title}</h1>
${account ? accountView(visit, view, account) : html`<p class="govuk-body">Nothing is held: no account was kept with this case.</p>`}
${madeOfItView(visit, view.triage)}`
  return staffPage(visit, { title, body, back: { href: `/cases/${visit.caseId}`, text: 'Back to the case' } })
}

function accountView(visit: CaseVisit, { zone, sealed }: FirstAccountView, account: FirstAccount): Html {
  const { answers, decision } = account
  const row = (key: string, text: string): SummaryRow => ({ key: { text: key }, value: { text } })
  const rows: readonly SummaryRow[] = [
    {
      key: { text: 'What is happening' },
      value: {
        html: html`<div dir="auto" class="keeps-lines">${answers.words || 'Nothing was written down.'}</div>`,
      },
    },
    row('In danger then', yesNo[answers.dangerNow]),
    {
      key: { text: 'Suspected person' },
      value: {
        html: html`<bdi>${account.suspectName || 'Name not known'}</bdi>, ${sayRelation(answers.relation).toLowerCase()}`,
      },
    },
    {
      key: { text: 'Red flags told' },
      value: {
        html:
          answers.flags.length === 0
            ? html`None was ticked. That is no sign that there is none.`
            : html`<ul class="govuk-list govuk-list--bullet">${answers.flags.map(flag => html`<li>${sayRedFlag(flag)}</li>`)}</ul>`,
      },
    },
    row('Watched or followed by devices or accounts', about[answers.cyberstalked]),
    row('Safe to talk then', yesNo[answers.safeToTalk]),
    row('May we contact them', yesNo[answers.wantsContact]),
    row('An adult', yesNo[answers.adult]),
    row('Where they live', areas[decision.area]),
    row('Told by', answers.filledBy === 'client' ? 'The client' : 'Somebody for the client'),
    row(
      'Told on',
      `${sayMoment(account.receivedAt, zone)}, ${account.receivedBy === 'phone' ? 'by phone' : 'by the form'}`,
    ),
    ...(account.takenBy === null
      ? []
      : [{ key: { text: 'Taken down by' }, value: { html: html`<bdi>${account.takenBy}</bdi>` } }]),
    ...(answers.howHeard === ''
      ? []
      : [{ key: { text: 'How they heard of us' }, value: { html: html`<bdi>${answers.howHeard}</bdi>` } }]),
  ]
  return html`<p class="govuk-body">This is what was told at the first contact, as it was told. It is never changed: what was found out since stands in the other parts of the case.</p>
${answers.dangerNow === 'yes' && warningText({ text: 'They said then that somebody was in danger. Ask how it is now.', iconFallbackText: 'Warning' })}
${summaryList({ rows })}
<h2 class="govuk-heading-m">Ways to reach them, as told then</h2>
${
  sealed
    ? html`<p class="govuk-body">What was said then is no reason to use one now. <a class="govuk-link" href="/cases/${visit.caseId}/contact">What may be used now stands under safe contact</a>.</p>${sealedFieldsView({ action: `/cases/${visit.caseId}/contact/said`, csrfToken: visit.csrfToken, kinds: sealed })}`
    : html`<p class="govuk-body">Your agency does not see how to reach this client.</p>`
}`
}

function madeOfItView(visit: CaseVisit, triage: TriageRevision | null): Html {
  if (!visit.sees('triage', 'read')) return html``
  return html`<h2 class="govuk-heading-m">What was made of it</h2>
<p class="govuk-body">${triage ? `${sayStalkerType(triage.type)}, for now. How soon somebody must act: ${sayUrgency(triage.urgency).toLowerCase()}. ` : 'No reasons were kept. '}<a class="govuk-link" href="/cases/${visit.caseId}/triage">Type and urgency, with their reasons</a></p>`
}
