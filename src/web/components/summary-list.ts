import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html, trusted } from '../html.ts'

export type SummaryAction = OptionalContent & {
  readonly href: string
  readonly visuallyHiddenText?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

type Actions = {
  readonly items?: readonly SummaryAction[] | undefined
  readonly classes?: string | undefined
}
type Cell = OptionalContent & { readonly classes?: string | undefined }

export type SummaryRow = {
  readonly key: Cell
  readonly value: Cell
  readonly actions?: Actions | undefined
  readonly classes?: string | undefined
}

export type SummaryCard = {
  readonly title?: (Cell & { readonly headingLevel?: 1 | 2 | 3 | 4 | undefined }) | undefined
  readonly actions?: Actions | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type SummaryListOptions = {
  readonly rows: readonly SummaryRow[]
  readonly card?: SummaryCard | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

function writeAction(action: SummaryAction, cardTitle: OptionalContent | undefined): Html {
  const spoken = action.visuallyHiddenText || hasContent(cardTitle)
  return html`<a${writeAttributes({
    class: joinClasses('govuk-link', action.classes),
    href: action.href,
    ...action.attributes,
  })}>${writeContent(action)}${
    spoken &&
    html`<span class="govuk-visually-hidden">${action.visuallyHiddenText && ` ${action.visuallyHiddenText}`}${
      hasContent(cardTitle) && html` (${writeContent(cardTitle)})`
    }</span>`
  }</a>`
}

function writeRow(row: SummaryRow, anyRowHasActions: boolean, cardTitle: OptionalContent | undefined): Html {
  const actions = row.actions?.items ?? []
  const links = actions.map(action => writeAction(action, cardTitle))
  const list =
    links.length === 1
      ? links
      : html`<ul class="govuk-summary-list__actions-list">${links.map(
          link => html`<li class="govuk-summary-list__actions-list-item">${link}</li>`,
        )}</ul>`
  return html`<div class="${joinClasses(
    'govuk-summary-list__row',
    anyRowHasActions && !row.actions?.items && 'govuk-summary-list__row--no-actions',
    row.classes,
  )}"><dt class="${joinClasses('govuk-summary-list__key', row.key.classes)}">${writeContent(row.key)}</dt>
<dd class="${joinClasses('govuk-summary-list__value', row.value.classes)}">${writeContent(row.value)}</dd>${
    links.length > 0 &&
    html`<dd class="${joinClasses('govuk-summary-list__actions', row.actions?.classes)}">${list}</dd>`
  }</div>`
}

function writeCard(card: SummaryCard, list: Html): Html {
  const heading = trusted(`h${card.title?.headingLevel || 2}`)
  const links = (card.actions?.items ?? []).map(action => writeAction(action, card.title))
  const classes = joinClasses('govuk-summary-card__actions', card.actions?.classes)
  const actions =
    links.length === 1
      ? html`<div class="${classes}">${links}</div>`
      : html`<ul class="${classes}">${links.map(
          link => html`<li class="govuk-summary-card__action">${link}</li>`,
        )}</ul>`
  return html`<div${writeAttributes({
    class: joinClasses('govuk-summary-card', card.classes),
    ...card.attributes,
  })}><div class="govuk-summary-card__title-wrapper">${
    card.title &&
    html`<${heading} class="${joinClasses('govuk-summary-card__title', card.title.classes)}">${writeContent(
      card.title,
    )}</${heading}>`
  }${links.length > 0 && actions}</div><div class="govuk-summary-card__content">${list}</div></div>`
}

/** The GOV.UK summary list, in a card when one is given. */
export function summaryList(options: SummaryListOptions): Html {
  const anyRowHasActions = options.rows.some(row => row.actions?.items?.length)
  const list = html`<dl${writeAttributes({
    class: joinClasses('govuk-summary-list', options.classes),
    ...options.attributes,
  })}>${options.rows.map(row => writeRow(row, anyRowHasActions, options.card?.title))}</dl>`
  return options.card ? writeCard(options.card, list) : list
}
