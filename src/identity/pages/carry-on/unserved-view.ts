import { button } from '../../../web/components/button.ts'
import { input } from '../../../web/components/input.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { passwordInput } from '../../../web/components/password-input.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { GivenField } from '../../given-back.ts'
import { publicPage } from '../../public-page.ts'
import { doorPage } from '../door-page.ts'

/** The clinic's telephone line, as its profile gives it. */
export type PhoneLine = { readonly number: string; readonly hours: string }

export type UnservedForm = {
  readonly action: string
  readonly csrfToken: string
  readonly once: string | undefined
  readonly fields: readonly GivenField[]
  readonly takesFiles: boolean
  readonly files: readonly { readonly field: string; readonly name: string }[]
}

type Frame = { readonly isForStaff: boolean; readonly phone: PhoneLine | null }

/** Gives back a form that could not be taken, filled in as it came. It needs nothing but the request. */
export function formBackView(form: UnservedForm, { isForStaff, phone }: Frame): Html {
  const title = isForStaff ? 'This is not saved yet' : 'Not sent yet'
  const because = isForStaff
    ? 'The database does not take anything in at the moment, so we cannot say that this was saved.'
    : 'We could not take this in at the moment, and cannot say whether it reached us.'
  const send = (): Html => button({ text: 'Send it again', preventDoubleClick: true })
  const shown = form.fields.filter(field => field.kind !== 'hidden')
  const body = html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${because} What you typed is on this page. Wait a minute, then send it again. If the first sending did get through, it is not taken twice.</p>
<p class="govuk-body">It is kept nowhere but on this page: do not close it before you have sent it.</p>${phoneText(phone)}${startForm(
    { action: form.action, csrfToken: form.csrfToken, once: form.once, upload: form.takesFiles },
    html`${send()}`,
    html`${shown.length > 0 && html`<h2 class="govuk-heading-m">What you typed</h2>`}${form.fields.map(writeField)}${fileFields(form)}`,
    html`${shown.length > 3 && send()}`,
  )}`
  return framed(isForStaff, title, body)
}

/** Says that a page cannot be shown now, or that what was sent cannot be given back. */
export function notNowView({ isForStaff, phone }: Frame, because: 'look' | 'not-ours'): Html {
  const title = isForStaff ? 'The database does not answer' : 'Not available at the moment'
  const words =
    because === 'look'
      ? 'Try again in a minute.'
      : 'Nothing was saved, and nothing you typed was kept. Open the page again in a minute.'
  return framed(
    isForStaff,
    title,
    html`<h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">${words}</p>${phoneText(phone)}`,
  )
}

function framed(isForStaff: boolean, title: string, body: Html): Html {
  if (isForStaff) return doorPage({ title, body })
  const column = html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${body}</div></div>`
  return publicPage({ title, body: column })
}

function phoneText(phone: PhoneLine | null): Html {
  return html`${phone && insetText({ text: `If it cannot wait, ring ${phone.number}: ${phone.hours}.` })}`
}

// Nothing that was typed may wait in a browser's memory for the next person at it (S3).
const forgetful = { dir: 'auto', autocapitalize: 'off' } as const

function writeField(field: GivenField, index: number): Html {
  const id = `given-${index}`
  const common = { id, name: field.name, label: { text: field.label, classes: 'govuk-label--s' } }
  switch (field.kind) {
    case 'hidden':
      // an input would lose the line breaks
      return /[\r\n]/.test(field.value)
        ? html`<textarea name="${field.name}" hidden>
${field.value}</textarea>`
        : html`<input type="hidden" name="${field.name}" value="${field.value}">`
    case 'secret':
      return passwordInput({
        ...common,
        label: { ...common.label, text: `${field.label}: type it again` },
        autocomplete: 'off',
      })
    case 'text':
      return textarea({
        ...common,
        value: field.value,
        rows: Math.min(16, Math.max(3, Math.ceil(field.value.length / 60))),
        autocomplete: 'off',
        attributes: forgetful,
      })
    case 'line':
      return input({ ...common, value: field.value, autocomplete: 'off', attributes: forgetful })
  }
}

function fileFields(form: UnservedForm): Html {
  if (!form.takesFiles) return html``
  const fields = [...new Set(form.files.map(file => file.field))]
  const lost = 'A file cannot be kept on this page. '
  if (fields.length === 0)
    return html`<p class="govuk-body">${lost}If you had chosen one, open the page you came from and choose it there again.</p>`
  return html`<p class="govuk-body">${lost}Choose again: ${form.files.map(file => file.name).join(', ')}.</p>${fields.map(
    (field, index) =>
      html`<div class="govuk-form-group"><label class="govuk-label govuk-label--s" for="given-file-${index}">Files</label><input class="govuk-file-upload" type="file" multiple id="given-file-${index}" name="${field}"></div>`,
  )}`
}
