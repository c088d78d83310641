import { button } from '../../../../web/components/button.ts'
import { input } from '../../../../web/components/input.ts'
import { insetText } from '../../../../web/components/inset-text.ts'
import { passwordInput } from '../../../../web/components/password-input.ts'
import { summaryList } from '../../../../web/components/summary-list.ts'
import { textarea } from '../../../../web/components/textarea.ts'
import { startForm } from '../../../../web/form.ts'
import { type Html, html } from '../../../../web/html.ts'
import type { GivenField } from '../../../given-back.ts'
import { publicPage } from '../../../public-page.ts'
import { signInFrame } from '../sign-in-frame.ts'

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

type Frame = {
  readonly isForStaff: boolean
  readonly phone: PhoneLine | null
  /** What comes first, where somebody in danger may read it. */
  readonly emergency: Html | null
}

/** Gives back a form that could not be taken, filled in as it came. It needs nothing but the request. */
export function formBackView(form: UnservedForm, { isForStaff, phone, emergency }: Frame): Html {
  const title = isForStaff ? 'This is not saved yet' : 'Not sent yet'
  const because = isForStaff
    ? 'The database does not take anything in at the moment, so we cannot say that this was saved.'
    : 'We could not take this in at the moment, and cannot say whether it reached us.'
  const send = (): Html => button({ text: 'Send it again', preventDoubleClick: true })
  const of = (...kinds: readonly GivenField['kind'][]) =>
    form.fields.filter(({ kind }) => kinds.includes(kind))
  const typed = of('line', 'text')
  const secrets = of('secret')
  const isKept = typed.length > 0 || of('choice').length > 0
  const once =
    isKept && form.once !== undefined && ' If the first sending did get through, it is not taken twice.'
  const body = html`<h1 class="govuk-heading-l">${title}</h1>${emergency}
<p class="govuk-body">${because} ${whatIsHere(isKept, secrets)}${once}</p>
${isKept && html`<p class="govuk-body">It is kept nowhere but on this page: do not close it before you have sent it.</p>`}${phoneText(phone)}${startForm(
  { action: form.action, csrfToken: form.csrfToken, once: form.once, upload: form.takesFiles },
  html`${form.fields.map((field, index) => field.kind === 'secret' && writeField(field, index))}${send()}`,
  html`${typed.length > 0 && html`<h2 class="govuk-heading-m">What you typed</h2>`}${form.fields.map((field, index) => field.kind !== 'secret' && writeField(field, index))}${choicesView(of('choice'))}${fileFields(form)}`,
  html`${form.fields.length - of('hidden').length > 3 && send()}`,
)}`
  return framed(isForStaff, title, body)
}

/** What of the form is on the page, and what is to be done; never that something is there that is not. */
function whatIsHere(isKept: boolean, secrets: readonly GivenField[]): string {
  if (secrets.length === 0)
    return `${isKept ? 'What you typed is on this page. ' : ''}Wait a minute, then send it again.`
  const what = secrets.every(({ name }) => name.endsWith('words'))
    ? 'your words'
    : 'passwords, codes and secret words'
  const again = `For safety, no page gives back ${what}: wait a minute, type them again, then send.`
  return isKept ? `The rest of what you typed is on this page. ${again}` : again
}

/** What was chosen, in words. It cannot be changed here. */
function choicesView(choices: readonly GivenField[]): Html {
  const chosen = new Map<string, { readonly label: string; readonly says: string[] }>()
  for (const { name, label, says } of choices) {
    const before = chosen.get(name)
    if (before) before.says.push(says)
    else chosen.set(name, { label, says: [says] })
  }
  if (chosen.size === 0) return html``
  return html`<h2 class="govuk-heading-m">What you chose</h2>${summaryList({
    rows: [...chosen.values()].map(({ label, says }) => ({
      key: { text: label },
      value: { html: html`${says.map((each, index) => html`${index > 0 && html`<br>`}<bdi>${each}</bdi>`)}` },
    })),
  })}`
}

/** Says that a page cannot be shown now, or that what was sent cannot be given back. */
export function notNowView({ isForStaff, phone, emergency }: Frame, because: 'look' | 'not-ours'): Html {
  const title = isForStaff ? 'The database does not answer' : 'Not available at the moment'
  const words =
    because === 'look'
      ? 'Try again in a minute.'
      : 'Nothing was saved, and nothing you typed was kept. Open the page again in a minute.'
  return framed(
    isForStaff,
    title,
    html`<h1 class="govuk-heading-l">${title}</h1>${emergency}<p class="govuk-body">${words}</p>${phoneText(phone)}`,
  )
}

function framed(isForStaff: boolean, title: string, body: Html): Html {
  if (isForStaff) return signInFrame({ title, body })
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
    case 'choice':
    case 'hidden':
      // an input would lose the line breaks
      return /[\r\n]/.test(field.value)
        ? html`<textarea name="${field.name}" hidden>
${field.value}</textarea>`
        : html`<input type="hidden" name="${field.name}" value="${field.value}">`
    case 'secret':
      return passwordInput({ ...common, autocomplete: 'off' })
    case 'text':
      return textarea({
        ...common,
        value: field.value,
        rows: rowsFor(field.value),
        autocomplete: 'off',
        attributes: forgetful,
      })
    case 'line':
      return input({ ...common, value: field.value, autocomplete: 'off', attributes: forgetful })
  }
}

/** Enough rows to read it whole on a small screen, up to twenty. */
function rowsFor(value: string): number {
  const rows = value
    .split(/\r\n|\r|\n/)
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 32)), 0)
  return Math.min(20, Math.max(3, rows + 1))
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
