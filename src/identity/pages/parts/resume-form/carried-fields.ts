import { type Html, html } from '../../../../web/html.ts'
import type { CarriedForm } from '../../../carried-form.ts'

/** The once value of a form that is carried, so that it is taken once. */
export function onceOf(form: CarriedForm): string | undefined {
  return form.fields.find(([name]) => name === '_once')?.[1][0]
}

/** What was typed, in a form that sends it again and shows none of it. */
export function carriedFields(form: CarriedForm): Html {
  const fields = form.fields.filter(([name]) => name !== '_once' && name !== '_csrf')
  return html`${fields.map(([name, values]) =>
    values.map(
      value => html`<textarea name="${name}" hidden>
${value}</textarea>`,
    ),
  )}`
}
