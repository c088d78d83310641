import { writeVerifierKey } from '../../../evidence/checkpoint-key.ts'
import { clinicSigner } from '../../../evidence/clinic-signer.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { PageOfList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { radios } from '../../../web/components/radios.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { tag } from '../../../web/components/tag.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import {
  type BundleRequest,
  type BundleState,
  bundlePurposes,
  purposeName,
  type Recipient,
} from '../../bundle-request.ts'

export type AskTyped = {
  readonly purpose: string
  readonly agency: string
  readonly records: string
  readonly note: string
  readonly once?: string | undefined
}

const stateWords: Readonly<Record<BundleState, readonly [string, string]>> = {
  asked: ['Waiting for approval', 'govuk-tag--yellow'],
  refused: ['Not approved', 'govuk-tag--grey'],
  building: ['Being built', 'govuk-tag--light-blue'],
  ready: ['Ready', 'govuk-tag--green'],
  failed: ['Could not be built', 'govuk-tag--red'],
}

const zone = 'Europe/London'

/** The bundles of a case, what became of each, and the form to ask for another. */
export function bundlesView(
  visit: CaseVisit,
  shown: {
    readonly bundles: PageOfList<BundleRequest>
    readonly recipients: readonly Recipient[]
    readonly mayAsk: boolean
    readonly mayDecide: boolean
    readonly typed: AskTyped
    readonly problems: readonly FormProblem[]
  },
): Html {
  const pages = {
    list: shown.bundles,
    one: 'bundle',
    many: 'bundles',
    address: `/cases/${visit.caseId}/bundles`,
  }
  const police = visit.staff.role === 'police-liaison'
  const none = police ? 'No bundle has been shared with you yet.' : 'No bundle has been asked for yet.'
  const body = html`${caseNavigation(visit, 'bundle')}${problemSummary(shown.problems)}
<h1 class="govuk-heading-l">Bundles</h1>
${insetText({
  text: 'A bundle is one file that holds the chronology, the exhibits and the proof of where they have been. The clinic signs every file in it, so anyone who has the clinic’s public key can check all of it on any computer, without us.',
})}
${shown.bundles.count === 0 ? html`<p class="govuk-body">${none}</p>` : listCount(pages)}
${shown.bundles.lines.map(bundle => bundleCard(visit, bundle, shown.mayDecide))}
${listPages(pages)}
${shown.mayAsk && askForm(visit, shown)}
${publicKey(visit)}`
  return staffPage(visit, { title: titleWithProblems('Bundles', shown.problems), body })
}

/** What proves a bundle, for anyone who rings to ask for it. It must not come with the bundle. */
function publicKey({ clinic }: CaseVisit): Html {
  return details({
    summary: { text: 'The clinic’s public key' },
    html: html`<p class="govuk-body">Anyone who checks a bundle needs this key, and must not get it with the bundle: anybody can make a bundle with a key of their own. Give it another way, to a contact you already have. It is no secret.</p>
<pre class="receipt-text" tabindex="0">${writeVerifierKey(clinicSigner(clinic.key, clinic.clinicId))}</pre>
<p class="govuk-body">They check with <code>unwatched verify THE-FILE --key THE-KEY</code>.</p>`,
  })
}

function bundleCard(visit: CaseVisit, bundle: BundleRequest, mayDecide: boolean): Html {
  const path = `/cases/${visit.caseId}/bundles/${bundle.bundleId}`
  const [words, colour] = stateWords[bundle.state]
  const own = bundle.askedBy === visit.staff.personId
  const row = (
    key: string,
    value: Html | string | null,
  ): { key: { text: string }; value: { html: Html } }[] =>
    value === null || value === '' ? [] : [{ key: { text: key }, value: { html: html`${value}` } }]
  const decided =
    bundle.decidedAt && bundle.decidedByName
      ? `${bundle.decidedByName}, ${sayMoment(bundle.decidedAt, zone)}`
      : null
  return html`${summaryList({
    card: {
      title: {
        text: `${purposeName(bundle.purpose)}${bundle.forAgencyName ? ` – ${bundle.forAgencyName}` : ''}`,
        headingLevel: 2,
      },
    },
    rows: [
      ...row('State', html`${tag({ text: words, classes: colour })}`),
      ...row('Asked for by', `${bundle.askedByName}, ${sayMoment(bundle.askedAt, zone)}`),
      ...row(bundle.state === 'refused' ? 'Refused by' : 'Approved by', decided),
      ...row('Reason', bundle.decisionNote),
      ...row('Note', bundle.choices.note),
      ...row('What went wrong', bundle.failure),
      ...row(
        'File',
        bundle.state === 'ready' ? `${bundle.fileName ?? ''}, ${saySize(bundle.size ?? 0)}` : null,
      ),
      ...row(
        'SHA-256 of the file',
        bundle.sha256 === null ? null : html`<code class="digest">${bundle.sha256}</code>`,
      ),
    ],
  })}
${bundle.state === 'ready' && html`<p class="govuk-body"><a class="govuk-button" href="${path}/file" download>Download the bundle</a></p>`}
${bundle.state === 'asked' && mayDecide && !own && html`<p class="govuk-body"><a class="govuk-link" href="${path}/decide">Approve or refuse this bundle</a></p>`}
${bundle.state === 'asked' && own && html`<p class="govuk-body">Somebody else has to approve it: the person who asks for a bundle does not approve it.</p>`}`
}

function askForm(
  visit: CaseVisit,
  shown: {
    readonly recipients: readonly Recipient[]
    readonly typed: AskTyped
    readonly problems: readonly FormProblem[]
  },
): Html {
  const { typed, problems, recipients } = shown
  const police = recipients.filter(recipient => recipient.kind === 'police')
  const agencies =
    police.length > 0
      ? radios({
          name: 'agency',
          fieldset: { legend: { text: 'Which agency is it for?', classes: 'govuk-fieldset__legend--s' } },
          items: police.map(agency => ({ value: agency.agencyId, text: agency.name })),
          value: typed.agency,
          errorMessage: problemBeside(problems, 'agency'),
        })
      : html`<p class="govuk-body" id="agency">No police agency is party to this case with consent for bundles. Record that consent first.</p>`
  return html`<h2 class="govuk-heading-m">Ask for a bundle</h2>
${startForm(
  { action: `/cases/${visit.caseId}/bundles`, csrfToken: visit.csrfToken, once: typed.once },
  radios({
    name: 'purpose',
    fieldset: { legend: { text: 'What is it for?', classes: 'govuk-fieldset__legend--s' } },
    items: bundlePurposes.map(purpose => ({
      value: purpose,
      text: purposeName(purpose),
      ...(purpose === 'police-report' ? { conditional: { html: agencies } } : {}),
    })),
    value: typed.purpose,
    errorMessage: problemBeside(problems, 'purpose'),
  }),
  radios({
    name: 'records',
    fieldset: {
      legend: { text: 'Which messages go in the chronology?', classes: 'govuk-fieldset__legend--s' },
    },
    items: [
      {
        value: 'in-incidents',
        text: 'Only those that incidents rest on',
        hint: { text: 'The exhibits they came from go in whole.' },
      },
      {
        value: 'all',
        text: 'Every message that was read',
        hint: {
          text: 'All of them go into a table. Up to about 3,000 are also printed; with more, only the incidents are.',
        },
      },
    ],
    value: typed.records,
    errorMessage: problemBeside(problems, 'records'),
  }),
  textarea({
    name: 'note',
    id: 'note',
    label: { text: 'Note for the person who approves it (optional)', classes: 'govuk-label--s' },
    value: typed.note,
    rows: 3,
    errorMessage: problemBeside(problems, 'note'),
  }),
  button({ text: 'Ask for this bundle', preventDoubleClick: true }),
)}`
}

/** "37 kB", "1.2 GB": decimal, as files are sold and sent. */
function saySize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'] as const
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** step
  return `${amount < 10 && step > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[step] ?? 'bytes'}`
}
