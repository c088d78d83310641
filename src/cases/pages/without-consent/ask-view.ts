import { dayAt } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { isReadLongAgo, sayLawReading } from '../../../foundation/law-reading.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { guardedWords, limbField } from '../../basis-answers.ts'
import {
  dataConditionTable,
  type GuardedKind,
  guardedKinds,
  sayPolicyDocument,
} from '../../data-condition.ts'
import type { LegalBasisRow, Limb } from '../../legal-basis.ts'
import type { ExceptionsOfCase } from '../../operations/list-exceptions.ts'
import { partChoices } from '../parts/consent-form.ts'

export type AskView = Pick<ExceptionsOfCase, 'agencies'> & {
  readonly zone: string
  readonly row: LegalBasisRow
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

const kindLegends: Readonly<Record<GuardedKind, string>> = {
  special: `Does what they would see tell of ${guardedWords.special}?`,
  offence: `Does it tell of ${guardedWords.offence}?`,
}

/** The form to ask for a sharing on one basis: its own questions first, then the conditions, then what and how long. */
export function askView(visit: CaseVisit, view: AskView): Html {
  const { row, problems, typed } = view
  const { choose, tick, words, date } = fieldWriter(typed, problems)
  const today = dayAt(visit.clinic.clock.now(), view.zone)
  const title = 'Ask to share without consent'
  const asked = (limb: Limb): Html =>
    limb.kind === 'yes'
      ? choose(
          limbField(limb),
          limb.asks,
          [
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No, or not known' },
          ],
          { inline: true },
        )
      : words(limbField(limb), limb.asks, limb.hint === undefined ? {} : { hint: limb.hint })
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: `/cases/${visit.caseId}/without-consent` },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
${insetText({ html: html`<p class="govuk-body"><strong>${row.words}</strong></p><p class="govuk-body">${row.covers}</p><p class="govuk-hint">${sayLawReading(row, today)}</p>` })}
${startForm(
  {
    action: `/cases/${visit.caseId}/without-consent/ask`,
    csrfToken: visit.csrfToken,
    once: view.once,
  },
  html`<input type="hidden" name="legalBasis" value="${row.basis}">
<h2 class="govuk-heading-m">What the law asks</h2>${row.limbs.map(asked)}
<h2 class="govuk-heading-m">Health and crime</h2><p class="govuk-body">What tells of either needs a condition of its own beside the basis. A client’s file nearly always tells of a crime, or of the suspicion that somebody committed one.</p>${details(
    {
      summary: { text: 'Where these conditions stand, and when they were read' },
      html: html`<ul class="govuk-list govuk-list--bullet">${dataConditionTable.map(each => html`<li>${each.words}. ${sayLawReading(each, today)}</li>`)}</ul>`,
    },
  )}`,
  ...guardedKinds.map(kind =>
    choose(kind, kindLegends[kind], [
      { value: 'none', text: 'No, nothing of it' },
      ...dataConditionTable.map(each => ({
        value: each.condition,
        text: `Yes: ${each.words.slice(0, 1).toLowerCase()}${each.words.slice(1)}`,
        hint: `${each.holds} ${sayPolicyDocument(each)}${isReadLongAgo(each, today) ? ` ${sayLawReading(each, today)}` : ''}`,
      })),
    ]),
  ),
  words('conditionWhy', 'Why does the condition hold?', {
    hint: 'Leave it empty only if both answers are no.',
  }),
  words('policyDocument', 'Which appropriate policy document?', {
    hint: 'Its name and its day, where a condition you selected needs one.',
  }),
  html`<h2 class="govuk-heading-m">What, to whom, and why</h2>`,
  choose(
    'agency',
    'Which agency?',
    view.agencies.map(agency => ({ value: agency.slug, text: agency.name })),
  ),
  tick('parts', 'What may they see?', partChoices, { hint: 'No more than they need for this.' }),
  words('reason', 'Why is it necessary?'),
  choose('told', 'Was the client told?', [
    { value: 'yes', text: 'Yes' },
    { value: 'no', text: 'No' },
  ]),
  words('notToldBecause', 'If not, why not?'),
  date('until', 'Until when?', { hint: 'The last day it holds, less than 30 days away.' }),
  button({ text: 'Ask another coordinator', preventDoubleClick: true }),
)}</div></div>`,
  })
}
