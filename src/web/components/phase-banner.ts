import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'
import { type TagOptions, tag } from './tag.ts'

export type PhaseBannerOptions = OptionalContent & {
  readonly tag: TagOptions
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK phase banner. */
export function phaseBanner(options: PhaseBannerOptions): Html {
  const phase = tag({
    ...options.tag,
    classes: joinClasses('govuk-phase-banner__content__tag', options.tag.classes),
    attributes: undefined,
  })
  return html`<div${writeAttributes({
    class: joinClasses('govuk-phase-banner govuk-width-container', options.classes),
    ...options.attributes,
  })}><p class="govuk-phase-banner__content">${phase}
<span class="govuk-phase-banner__text">${writeContent(options)}</span></p></div>`
}
