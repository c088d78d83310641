import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type LegendOptions = OptionalContent & {
  readonly classes?: string | undefined
  readonly isPageHeading?: boolean | undefined
}

export type FieldsetOptions = {
  readonly legend?: LegendOptions | undefined
  readonly html?: Html | undefined
  readonly classes?: string | undefined
  readonly role?: string | undefined
  readonly describedBy?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK fieldset. */
export function fieldset(options: FieldsetOptions): Html {
  const { legend } = options
  return html`<fieldset${writeAttributes({
    class: joinClasses('govuk-fieldset', options.classes),
    role: options.role,
    'aria-describedby': options.describedBy || undefined,
    ...options.attributes,
  })}>${
    legend &&
    hasContent(legend) &&
    html`<legend class="${joinClasses('govuk-fieldset__legend', legend.classes)}">${
      legend.isPageHeading
        ? html`<h1 class="govuk-fieldset__heading">${writeContent(legend)}</h1>`
        : writeContent(legend)
    }</legend>`
  }${options.html}</fieldset>`
}
