import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { fieldset } from '../../../web/components/fieldset.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { select } from '../../../web/components/select.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { PictureOfItem } from '../../operations/open-safe-copy.ts'
import { type LineAuthor, lineAuthors } from '../../transcript.ts'
import { transcriptTableView } from '../parts/transcript-view.ts'
import { readLineCount, shortNames } from './form.ts'

type View = PictureOfItem & { readonly typed: FormFields; readonly problems: readonly FormProblem[] }

const authors: Readonly<Record<LineAuthor, string>> = {
  other: 'Somebody’s words to the client',
  client: 'The client’s words',
  app: 'The app’s words, such as a notice',
  'not-known': 'Not known whose',
}

/** What a picture shows, to be typed beside it. */
export function transcriptFormView(visit: CaseVisit, view: View): Html {
  const { item, copy, typed, problems, transcripts } = view
  const path = `/cases/${visit.caseId}/evidence/${item.itemId}`
  const newest = transcripts[0]
  const title = `What the picture of ${item.exhibitRef} says`
  const count = readLineCount(typed)
  const more = button({
    text: 'Give me more lines',
    name: 'act',
    value: 'more',
    classes: 'govuk-button--secondary',
  })
  const body = html`${caseNavigation(visit, 'evidence')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${title}</h1>
${warningText({ text: 'Type what stands there, letter by letter, and nothing else. What you think of it belongs into an incident.' })}
<div class="picture-beside"><div class="picture-beside__picture">${
    copy?.kind === 'made'
      ? scrollingRegion({
          label: `What exhibit ${item.exhibitRef} shows`,
          html: html`<img class="picture picture--fits" src="${path}/picture/whole" alt="What exhibit ${item.exhibitRef} shows" width="${copy.shownWidth}" height="${copy.shownHeight}">`,
        })
      : html`<p class="govuk-body">It cannot be looked at here. Type only what you see on the client’s own device or on the original.</p>`
  }</div>
<div class="picture-beside__words">
${startForm(
  { action: `${path}/transcript`, csrfToken: visit.csrfToken },
  html`<input type="hidden" name="base" value="${problems.length > 0 || fieldText(typed, 'base') === '' ? (newest?.revision ?? 0) : fieldText(typed, 'base')}"><input type="hidden" name="lines" value="${count}">`,
  shortFields(view),
  html`${Array.from({ length: count }, (_, place) => lineFields(view, place + 1))}`,
  more,
  newest
    ? fieldWriter(typed, problems).line('reason', 'Why is it corrected?', {
        hint: 'What was typed before stays, with who typed it.',
      })
    : html``,
  button({ text: 'Keep what was typed', preventDoubleClick: true }),
)}
</div></div>
${newest && html`<h2 class="govuk-heading-m">What is kept now</h2>${transcriptTableView(path, newest, view.context?.zone ?? 'Europe/London')}`}`
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    body,
    wide: true,
    back: { href: `${path}/picture`, text: `Back to the picture of ${item.exhibitRef}` },
  })
}

function shortFields({ typed, problems }: View): Html {
  const write = fieldWriter(typed, problems)
  return html`${write.line('device', shortNames.device, { hint: 'For example: the client’s own telephone.' })}${write.line('takenBy', shortNames.takenBy)}${write.line('app', shortNames.app)}${write.line('thread', shortNames.thread, { hint: 'As the screen names it, with the number or handle where one is shown.' })}${write.line('shownClock', shortNames.shownClock, { hint: 'As it stands there, such as 22:14 at the top of the screen. Leave it empty where none is shown.' })}${write.line('saidWhen', shortNames.saidWhen)}`
}

function lineFields({ typed, problems }: View, index: number): Html {
  const write = fieldWriter(typed, problems)
  const name = (part: string): string => `line-${index}-${part}`
  const choose = (part: string, label: string, items: readonly { value: string; text: string }[]): Html =>
    select({
      name: name(part),
      id: name(part),
      label: { text: label, classes: 'govuk-label--s' },
      items,
      value: fieldText(typed, name(part)),
      errorMessage: problemBeside(problems, name(part)),
    })
  const narrow = 'govuk-input--width-10'
  const number = fieldText(typed, name('number'))
  return fieldset({
    legend: { text: `Line ${index}`, classes: 'govuk-fieldset__legend--m' },
    html: html`${number !== '' && html`<input type="hidden" name="${name('number')}" value="${number}">`}
${write.words(name('text'), 'What it says', { rows: 2 })}
${choose('author', 'Whose words are they?', [{ value: '', text: 'Choose' }, ...lineAuthors.map(value => ({ value, text: authors[value] }))])}
${write.line(name('speaker'), 'The name the screen gives (optional)', { width: 'govuk-input--width-20' })}
${write.line(name('shown'), 'Time as the screen shows it (optional)', { width: narrow, hint: 'Such as: Yesterday 22:14.' })}
${write.line(name('day'), 'Day, if it is known', { width: narrow, hint: 'Like 27 3 2026.' })}
${write.line(name('time'), 'Time by the telephone, if it is known', { width: narrow, hint: 'Like 22:14.' })}
${choose('place', 'Where is it in the picture?', [
  { value: '', text: 'Not said' },
  { value: 'top', text: 'In the top third' },
  { value: 'middle', text: 'In the middle third' },
  { value: 'bottom', text: 'In the bottom third' },
])}
${write.line(name('from'), 'Or more exactly: from so many per cent of the height', { width: narrow, hint: '0 is the top of the picture and 100 its bottom.' })}
${write.line(name('to'), 'To so many per cent', { width: narrow })}`,
  })
}
