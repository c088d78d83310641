import { button } from '../../../web/components/button.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { SealedFieldKind } from '../../referral.ts'
import { saySealed } from './sealed-names.ts'

/** Sealed fields, each behind a button of its own; the one just opened is shown in the open (S6). */
export function sealedFieldsView(options: {
  readonly action: string
  readonly csrfToken: string
  readonly kinds: readonly SealedFieldKind[]
  readonly opened?: { readonly kind: SealedFieldKind; readonly text: string }
}): Html {
  const { opened } = options
  if (options.kinds.length === 0) return html`<p class="govuk-body">None was given.</p>`
  return html`<dl class="govuk-summary-list">${options.kinds.map(
    kind => html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${saySealed(kind)}</dt>
<dd class="govuk-summary-list__value">${
      opened?.kind === kind
        ? html`<bdi id="opened">${opened.text}</bdi>`
        : startForm(
            { action: options.action, csrfToken: options.csrfToken },
            html`<input type="hidden" name="kind" value="${kind}">`,
            button({
              html: html`Show<span class="govuk-visually-hidden"> ${saySealed(kind)}</span>`,
              classes: 'govuk-button--secondary govuk-!-margin-bottom-0',
            }),
          )
    }</dd></div>`,
  )}</dl><p class="govuk-hint">Each look is recorded with your name, and the client can see it.</p>`
}
