import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type TableCell = OptionalContent & {
  readonly format?: 'numeric' | undefined
  readonly classes?: string | undefined
  readonly colspan?: number | undefined
  readonly rowspan?: number | undefined
  readonly attributes?: Attributes | undefined
}

export type TableOptions = {
  readonly caption?: string | undefined
  readonly captionClasses?: string | undefined
  readonly head?: readonly TableCell[] | undefined
  readonly rows: readonly (readonly TableCell[])[]
  readonly firstCellIsHeader?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

const spans = (cell: TableCell): Attributes => ({
  colspan: cell.colspan || undefined,
  rowspan: cell.rowspan || undefined,
  ...cell.attributes,
})

function writeHead(cell: TableCell): Html {
  const format = cell.format && `govuk-table__header--${cell.format}`
  return html`<th${writeAttributes({
    scope: 'col',
    class: joinClasses('govuk-table__header', format, cell.classes),
    ...spans(cell),
  })}>${writeContent(cell)}</th>`
}

function writeCell(cell: TableCell, isHeader: boolean): Html {
  if (isHeader) {
    const attributes = { scope: 'row', class: joinClasses('govuk-table__header', cell.classes) }
    return html`<th${writeAttributes({ ...attributes, ...spans(cell) })}>${writeContent(cell)}</th>`
  }
  const format = cell.format && `govuk-table__cell--${cell.format}`
  return html`<td${writeAttributes({
    class: joinClasses('govuk-table__cell', format, cell.classes),
    ...spans(cell),
  })}>${writeContent(cell)}</td>`
}

/** The GOV.UK table. */
export function table(options: TableOptions): Html {
  const { caption, head, rows, firstCellIsHeader = false } = options
  return html`<table${writeAttributes({
    class: joinClasses('govuk-table', options.classes),
    ...options.attributes,
  })}>${
    caption &&
    html`<caption class="${joinClasses('govuk-table__caption', options.captionClasses)}">${caption}</caption>`
  }${
    head &&
    html`<thead class="govuk-table__head"><tr class="govuk-table__row">${head.map(writeHead)}</tr></thead>`
  }<tbody class="govuk-table__body">${rows.map(
    row =>
      html`<tr class="govuk-table__row">${row.map((cell, index) =>
        writeCell(cell, firstCellIsHeader && index === 0),
      )}</tr>`,
  )}</tbody></table>`
}
