import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { fileUpload } from '../../../web/components/file-upload.ts'
import { input } from '../../../web/components/input.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { largestFile } from '../../item.ts'
import type { ItemFilter } from '../../list-filter.ts'
import type { EvidenceList } from '../../operations/list-evidence.ts'
import type { TakenIn } from '../../operations/take-in-evidence.ts'
import { saySize } from '../../say-account.ts'
import { originalName } from '../parts/original-name.ts'
import { zoneField } from '../parts/zone-field.ts'
import type { TypedEvidence } from './form.ts'
import { itemListView } from './list-view.ts'

export type EvidenceView = {
  readonly evidence: EvidenceList
  readonly zone: string
  readonly filter: ItemFilter
  readonly mayBring: boolean
  readonly typed: TypedEvidence
  readonly once?: string | undefined
  readonly problems: readonly FormProblem[]
}

/** What was brought to a case, and the form to bring more. */
export function evidenceView(visit: CaseVisit, view: EvidenceView): Html {
  const body = html`${caseNavigation(visit, 'evidence')}${problemSummary(view.problems)}
<h1 class="govuk-heading-l">Evidence</h1>
${itemListView(visit, view)}
<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/evidence/custody?check=whole">Check the custody log</a></p>
${view.mayBring && bringForm(visit, view)}`
  return staffPage(visit, { title: titleWithProblems('Evidence', view.problems), body, wide: true })
}

function bringForm(visit: CaseVisit, view: EvidenceView): Html {
  const { typed, problems } = view
  return html`<h2 class="govuk-heading-m">Add what the client brought</h2>
<p class="govuk-body">Each file is kept exactly as it is, sealed, and never changed. Leave originals on the client’s device.</p>
${startForm(
  { action: `/cases/${visit.caseId}/evidence`, csrfToken: visit.csrfToken, upload: true, once: view.once },
  input({
    name: 'brought-by',
    label: { text: 'Initials of who brought it', classes: 'govuk-label--s' },
    hint: { text: 'Exhibit references begin with them, like ABC/1.' },
    value: typed['brought-by'],
    classes: 'govuk-input--width-5',
    autocomplete: 'off',
    spellcheck: false,
    errorMessage: problemBeside(problems, 'brought-by'),
  }),
  textarea({
    name: 'how-obtained',
    label: { text: 'How was it obtained?', classes: 'govuk-label--s' },
    hint: { text: 'For example: they exported the chat in the app, with media, while I watched.' },
    value: typed['how-obtained'],
    rows: 3,
    errorMessage: problemBeside(problems, 'how-obtained'),
  }),
  input({
    name: 'device',
    label: { text: 'On what device? (optional)', classes: 'govuk-label--s' },
    value: typed.device,
    autocomplete: 'off',
    errorMessage: problemBeside(problems, 'device'),
  }),
  zoneField(view.zone, typed, problems),
  fileUpload({
    name: 'files',
    label: { text: 'Choose files', classes: 'govuk-label--s' },
    hint: {
      text: `Several at once, of any kind: chat exports with their media, screenshots, recordings. Up to ${saySize(largestFile)} each.`,
    },
    multiple: true,
    errorMessage: problemBeside(problems, 'files'),
  }),
  button({ text: 'Keep these files', preventDoubleClick: true }),
)}`
}

/** What became of each of several files. */
export function outcomesView(
  visit: CaseVisit,
  outcomes: readonly (
    | { readonly name: string; readonly taken: TakenIn }
    | { readonly name: string; readonly refusal: string }
  )[],
): Html {
  const path = `/cases/${visit.caseId}/evidence`
  const rows = outcomes.map(outcome => [
    { html: originalName(outcome.name) },
    'taken' in outcome
      ? {
          html: html`${outcome.taken.isNew ? 'Kept as' : 'The same bytes were here already: one more arrival of'} <a class="govuk-link" href="${path}/${outcome.taken.itemId}">${outcome.taken.exhibitRef}</a>. <a class="govuk-link" href="${path}/receipts/${outcome.taken.arrivalId}">Receipt<span class="govuk-visually-hidden"> for ${outcome.taken.exhibitRef}</span></a>`,
        }
      : { html: html`<strong>Not kept.</strong> ${outcome.refusal}.` },
  ])
  const body = html`${caseNavigation(visit, 'evidence')}
<h1 class="govuk-heading-l">What became of the files</h1>
${scrollingRegion({ label: 'Files', html: table({ head: [{ text: 'File' }, { text: 'What became of it' }], firstCellIsHeader: true, rows }) })}
<p class="govuk-body"><a class="govuk-link" href="${path}">Back to the evidence of this case</a></p>`
  return staffPage(visit, { title: 'What became of the files', body })
}
