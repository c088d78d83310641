import { randomBytes } from 'node:crypto'
import { writeAttributes } from './attributes.ts'
import { tokenField } from './csrf.ts'
import { type Html, html } from './html.ts'
import { type FormFields, fieldText } from './request.ts'

export type FormOptions = {
  readonly action: string
  readonly csrfToken: string
  /** The value that tells one sending of this form from another; a new one when not given. */
  readonly once?: string | undefined
  /** Set it when the form carries files: text fields must then stand before the files. */
  readonly upload?: boolean | undefined
  readonly id?: string | undefined
  readonly classes?: string | undefined
}

const onceField = '_once'
const onceShape = /^[A-Za-z0-9_-]{22}$/

/** Makes a value that no other rendering of a form has: 128 random bits. */
export function newOnce(): string {
  return randomBytes(16).toString('base64url')
}

/**
 * The value that came with a form, to be kept when the form is shown again: the same value twice is the same
 * form sent twice. Null when there is none of the right shape.
 */
export function readOnce(form: FormFields): string | null {
  const once = fieldText(form, onceField)
  return onceShape.test(once) ? once : null
}

/** Writes a form that changes something: it carries its token and its once value ahead of everything else. */
export function startForm(options: FormOptions, ...body: readonly Html[]): Html {
  return html`<form${writeAttributes({
    action: options.action,
    method: 'post',
    enctype: options.upload ? 'multipart/form-data' : undefined,
    id: options.id,
    class: options.classes,
    novalidate: true,
  })}><input type="hidden" name="${tokenField}" value="${options.csrfToken}"><input type="hidden" name="${onceField}" value="${
    options.once ?? newOnce()
  }">${body}</form>`
}
