import { joinClasses } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type ListTableOptions = {
  /** For those who do not see the page: what the lines are, and in which order. */
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly OptionalContent[])[]
}

/**
 * The lines of a list. On a narrow screen each line becomes a block in which every value stands below its heading, so
 * that no column lies out of sight.
 */
// NHS digital service manual, "Responsive table": the roles say what is lost when cells are no table cells any more
export function listTable({ caption, head, rows }: ListTableOptions): Html {
  return html`<table class="govuk-table list-table" role="table"><caption class="govuk-table__caption govuk-visually-hidden">${caption}</caption><thead class="govuk-table__head list-table__head" role="rowgroup"><tr class="govuk-table__row" role="row">${head.map(
    text => html`<th scope="col" role="columnheader" class="govuk-table__header">${text}</th>`,
  )}</tr></thead><tbody class="govuk-table__body" role="rowgroup">${rows.map(
    row =>
      html`<tr class="govuk-table__row list-table__row" role="row">${row.map(
        (cell, index) =>
          html`<td role="cell" class="${joinClasses('govuk-table__cell', 'list-table__cell')}"><span class="list-table__heading" aria-hidden="true">${head[index]}</span>${writeContent(cell)}</td>`,
      )}</tr>`,
  )}</tbody></table>`
}
