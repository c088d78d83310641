import { sayAreaDoubt } from '../../../directory/area.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { Conflict } from '../../conflict.ts'
import type { Unknown } from '../../eligibility.ts'
import type { ReferralFile } from '../../operations/read-referral.ts'
import type { SealedFieldKind } from '../../referral.ts'
import { sayRelation } from '../../say-relation.ts'
import { sealedFieldsView } from '../parts/sealed-fields-view.ts'
import { typeQuestionsView, urgencyQuestionsView } from '../parts/triage-questions-view.ts'

export type TriageView = {
  readonly file: ReferralFile
  readonly zone: string
  readonly opened: { readonly kind: SealedFieldKind; readonly text: string } | undefined
  readonly typed: FormFields
  readonly once: string
  readonly problems: readonly FormProblem[]
}

const settledWords: Readonly<Record<Unknown, string>> = {
  adult: 'They are an adult',
  area: 'They live in our area',
  cyberstalked: 'They are, or may be, cyberstalked',
}

const likenessWords: Readonly<Record<Conflict['likeness'], string>> = {
  same: 'the same name',
  close: 'almost the same name',
  initials: 'a name these initials fit',
  part: 'shares one name',
}

const kindWords: Readonly<Record<Conflict['kind'], string>> = {
  client: 'A client in another file',
  suspect: 'A suspected person in another file',
  staff: 'A member of staff',
}

const contactWords = {
  yes: 'Yes, in a way that is safe',
  no: 'No. Wait for them to get in touch',
  unknown: 'They did not say, so do not',
} as const

/** A referral under triage. */
export function triageView(visit: StaffVisit, view: TriageView): Html {
  const { file, problems } = view
  const { referral } = file
  const at = `/triage/${referral.caseId}`
  const { answers, decision } = referral
  const { choose, tick, words } = fieldWriter(view.typed, problems)
  const named = (code: string, text: string) => ({ value: code, text })
  return staffPage(visit, {
    title: titleWithProblems(`Triage ${referral.reference}`, problems),
    back: { href: '/triage' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${problemSummary(problems)}
<h1 class="govuk-heading-l">Referral ${referral.reference}</h1>
${answers.dangerNow === 'yes' && warningText({ text: 'They said that they are in danger now.' })}
${summaryList({
  rows: [
    { key: { text: 'Name' }, value: { html: html`<bdi>${referral.clientName || 'Not given'}</bdi>` } },
    {
      key: { text: 'Received' },
      value: {
        text: `${sayMoment(referral.receivedAt, view.zone)}, ${referral.receivedBy === 'phone' ? 'by phone' : 'by the form'}`,
      },
    },
    {
      key: { text: 'Told by' },
      value: { text: answers.filledBy === 'client' ? 'The client' : 'Somebody for the client' },
    },
    {
      key: { text: 'May we contact them?' },
      value: {
        html: html`${contactWords[answers.wantsContact]}${
          answers.agreedWords !== '' &&
          html`<div class="keeps-lines govuk-hint" dir="auto">${answers.agreedWords}</div>`
        }`,
      },
    },
    {
      key: { text: 'What is happening' },
      value: { html: html`<div dir="auto" class="keeps-lines">${answers.words}</div>` },
    },
    {
      key: { text: 'Suspected person' },
      value: {
        html: html`<bdi>${referral.suspectName || 'Name not known'}</bdi>, ${sayRelation(answers.relation).toLowerCase()}`,
      },
    },
  ],
})}
<h2 class="govuk-heading-m">Ways to reach them</h2>
<p class="govuk-body">${answers.filledBy === 'client' ? 'This is what the client said' : 'This is what somebody said for the client'}, and there is no map yet: whether the suspected person can observe it is not known. Use nothing that is not marked as safe here, and ask again before you say who you are.</p>
${sealedFieldsView({
  action: `${at}/contact`,
  csrfToken: visit.csrfToken,
  kinds: file.sealed,
  ...(view.opened ? { opened: view.opened } : {}),
})}
<h2 class="govuk-heading-m">Conflict check</h2>
${showConflicts(file.conflicts)}
${barsView(visit, at, file)}
<h2 class="govuk-heading-m">Triage</h2>
${startForm(
  { action: at, csrfToken: visit.csrfToken, once: view.once },
  decision.ask.length > 0
    ? tick(
        'settled',
        'Still to ask',
        decision.ask.map(code =>
          code === 'area' && decision.areaDoubt
            ? { ...named(code, settledWords[code]), hint: sayAreaDoubt(decision.areaDoubt) }
            : named(code, settledWords[code]),
        ),
        {
          hint: 'Tick what they have confirmed. If the answer is no, use “Not for this clinic”.',
        },
      )
    : html``,
  typeQuestionsView({ choose, tick }),
  urgencyQuestionsView({ choose, tick }, { legend: 'Red flags' }),
  words('note', 'Note'),
  button({ text: 'Save and choose agencies', preventDoubleClick: true }),
)}
<p class="govuk-body"><a class="govuk-link" href="${at}/not-ours">Not for this clinic</a></p>
</div></div>`,
  })
}

function showConflicts(conflicts: readonly Conflict[]): Html {
  if (conflicts.length === 0)
    return html`<p class="govuk-body">No name here is like one of another file or of staff.</p>`
  return html`<ul class="govuk-list govuk-list--bullet">${conflicts.map(
    conflict =>
      html`<li>The ${conflict.like === 'client' ? 'client' : 'suspected person'}: ${likenessWords[conflict.likeness]}. ${kindWords[conflict.kind]}, <bdi>${conflict.name}</bdi></li>`,
  )}</ul>`
}

function barsView(visit: StaffVisit, at: string, file: ReferralFile): Html {
  const inForce = file.bars.filter(bar => bar.liftedAt === null)
  return html`${inForce.map(bar =>
    startForm(
      { action: `${at}/lift-bar`, csrfToken: visit.csrfToken },
      html`<p class="govuk-body"><strong><bdi>${bar.personName}</bdi> cannot see this file</strong>, because their name is like the suspected person’s.</p>
<input type="hidden" name="person" value="${bar.personId}">`,
      button({ text: 'Let them see it', classes: 'govuk-button--secondary' }),
    ),
  )}`
}
