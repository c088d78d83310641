import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PlainLine, PlainSheet } from '../../lock-out/plain-sheet.ts'

/** The sheet as it is printed, below what stands on the screen alone. */
export function sheetView(sheet: PlainSheet | null, key: Html): Html {
  return html`<div class="not-printed">${key}</div>
<h1 class="govuk-heading-l">Things to do</h1>${
    sheet === null
      ? html`<p class="govuk-body">Nothing yet.</p>`
      : sheet.now.length + sheet.waiting.length === 0
        ? html`<p class="govuk-body">Nothing at the moment.</p>`
        : html`${sheet.now.length > 0 && html`<h2 class="govuk-heading-m">Now</h2>${linesView(sheet.now)}`}${
            sheet.waiting.length > 0 &&
            html`<section class="govuk-inset-text" aria-labelledby="waiting"><h2 class="govuk-heading-m" id="waiting">Wait until we have spoken</h2>${linesView(sheet.waiting, 'Wait.')}</section>`
          }`
  }`
}

function linesView(lines: readonly PlainLine[], mark = ''): Html {
  return html`<ol class="govuk-list govuk-list--number govuk-list--spaced plain-lines">${lines.map(
    each =>
      html`<li value="${String(each.number)}">${mark !== '' && html`<strong>${mark}</strong> `}<bdi>${each.words}</bdi></li>`,
  )}</ol>`
}

/** For the adviser alone: what each line means, and which word stands for which thing. */
export function sheetKeyView(base: string, sheet: PlainSheet | null): Html {
  const intro = html`<p class="govuk-body">This is the sheet as it is printed: from the menu of your browser, choose to print. Ask the client first whether paper is safe to keep. It is written so that somebody who reads it learns of no plan: no hour, no name, and not what a thing is.</p>`
  if (sheet === null || sheet.things.length === 0) return intro
  return html`${intro}
<p class="govuk-body">So the client must be told what it means. Go through it with them before they take it, by the letters. This part is not printed:</p>
${table({
  caption: 'Which thing each letter is',
  captionClasses: 'govuk-table__caption--s',
  head: ['On paper', 'The thing', 'Another word'].map(text => ({ text })),
  rows: sheet.things.map(({ thingId, name, label }) => [
    { text: name },
    { html: html`<bdi>${label}</bdi>` },
    {
      html: html`<a class="govuk-link" href="${base}/things/${thingId}#onPaper">Choose<span class="govuk-visually-hidden"> another word for <bdi>${label}</bdi></span></a>`,
    },
  ]),
})}
${table({
  caption: 'What each line means',
  captionClasses: 'govuk-table__caption--s',
  head: ['Line', 'On paper', 'The step'].map(text => ({ text })),
  rows: [...sheet.now, ...sheet.waiting].map(({ number, words, label }) => [
    { text: String(number) },
    { text: words },
    { html: html`<bdi>${label}</bdi>` },
  ]),
})}`
}
