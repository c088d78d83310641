import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { checkboxes } from '../../../web/components/checkboxes.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { radios } from '../../../web/components/radios.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import type { Item, Reading } from '../../item.ts'
import { saySize } from '../../say-account.ts'
import { readingTagView } from '../parts/reading-tag-view.ts'

type View = {
  readonly item: Item
  readonly reading: Reading | null
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** What is to be read of an item: all of it, a part, or nothing. */
export function readingView(visit: CaseVisit, view: View): Html {
  const { item, problems } = view
  const path = `/cases/${visit.caseId}/evidence/${item.itemId}`
  const title = `What to read of exhibit ${item.exhibitRef}`
  const body = html`${caseNavigation(visit, 'evidence')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${readingTagView(view.reading)}</p>
${insetText({
  html: html`<p>The original is kept as it arrived, whatever is read of it. What was read before is replaced: what is left out is no longer in the chronology, and an incident that rests on it shows less until it is read again. Everything here can be changed back on this page.</p>`,
})}
${startForm({ action: `${path}/reading`, csrfToken: visit.csrfToken }, choices(view), button({ text: 'Save and read so', preventDoubleClick: true }))}`
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    body,
    back: { href: path, text: `Back to exhibit ${item.exhibitRef}` },
  })
}

function choices({ item, reading, typed, problems }: View): Html {
  const write = fieldWriter(typed, problems)
  const width = 'govuk-input--width-10'
  const isArchive = item.kind === 'archive'
  return radios({
    name: 'read',
    idPrefix: 'read',
    fieldset: { legend: { text: 'What is to be read?', classes: 'govuk-fieldset__legend--m' } },
    value: fieldText(typed, 'read'),
    errorMessage: problemBeside(problems, 'read'),
    items: [
      {
        value: 'whole',
        text: 'All of it',
        hint: { text: 'As far as the bounds allow; they are said when one is reached.' },
      },
      {
        value: 'first',
        text: 'The first records',
        hint: { text: 'In the order of the file.' },
        conditional: { html: write.line('first', 'How many', { width }) },
      },
      {
        value: 'last',
        text: 'The last records',
        hint: { text: 'In the order of the file; it is gone through twice.' },
        conditional: { html: write.line('last', 'How many', { width }) },
      },
      {
        value: 'days',
        text: 'From one day to another',
        hint: { text: 'By the clock that the file shows. What has no known day is not read.' },
        conditional: {
          html: html`${write.date('from', 'First day', { hint: 'Leave it empty to begin with the earliest.' })}${write.date('until', 'Last day', { hint: 'Leave it empty to go on to the latest.' })}`,
        },
      },
      ...(isArchive
        ? [
            {
              value: 'entries',
              text: 'Some entries of the archive',
              conditional: { html: entries(reading, typed, problems) },
            },
          ]
        : []),
      {
        value: 'nothing',
        text: 'Nothing: set it aside',
        hint: { text: 'A reading that waits or runs is stopped.' },
        conditional: {
          html: write.line('reason', 'Why (optional)', {
            hint: 'It is said wherever the item is, and leaves with a bundle. Name nobody.',
          }),
        },
      },
    ],
  })
}

function entries(reading: Reading | null, typed: FormFields, problems: readonly FormProblem[]): Html {
  const known = reading?.account?.part?.entries ?? []
  const write = fieldWriter(typed, problems)
  const chosen = fieldValues(typed, 'entry')
  const ticks =
    known.length > 0 &&
    checkboxes({
      name: 'entry',
      idPrefix: 'entry',
      fieldset: { legend: { text: 'Entries of the archive', classes: 'govuk-fieldset__legend--s' } },
      classes: 'govuk-checkboxes--small',
      items: known.map(({ name, size }) => ({
        value: name,
        html: html`<bdi class="breaks-anywhere">${name}</bdi> (${saySize(size)})`,
        checked: chosen.includes(name),
      })),
    })
  return html`${ticks}${write.words('entries', known.length > 0 ? 'Other entries' : 'Entries', {
    hint: 'One name a line, as it stands in the archive. The name of a folder stands for all that is in it.',
  })}`
}
