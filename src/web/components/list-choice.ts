import { type Html, html } from '../html.ts'
import { button } from './button.ts'
import { select } from './select.ts'

export type ListChoiceOptions = {
  /** The address of the list. */
  readonly address: string
  readonly choices: readonly {
    readonly name: string
    readonly label: string
    readonly value: string
    readonly items: readonly { readonly value: string; readonly text: string }[]
  }[]
  /** What else of the address stays. */
  readonly hidden?: Readonly<Record<string, string>>
}

/** By what a list is filtered and sorted: a form that asks with GET, so that the address holds it, and that needs no script. */
export function listChoice({ address, choices, hidden = {} }: ListChoiceOptions): Html {
  return html`<form method="get" action="${address}" class="list-choice">${Object.entries(hidden).map(
    ([name, value]) => value !== '' && html`<input type="hidden" name="${name}" value="${value}">`,
  )}${choices.map(({ name, label, value, items }) => select({ name, label: { text: label }, value, items }))}${button(
    {
      text: 'Show',
      classes: 'govuk-button--secondary',
    },
  )}</form>`
}
