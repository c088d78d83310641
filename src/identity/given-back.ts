import type { FormFields } from '../web/request.ts'
import { isNeutralTitle } from './neutral-title.ts'
import { isSecretField } from './secret-field.ts'

/** A field of a form that could not be taken, as the page that gives it back shows it. */
export type GivenField = {
  readonly name: string
  readonly label: string
  /** Secrets are asked for again and never given back; what nobody typed travels along unseen. */
  readonly kind: 'line' | 'text' | 'hidden' | 'secret'
  readonly value: string
}

// An id, a token, something sealed: letters and digits without a space, longer than anybody types
const madeByProgram =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_-]{20,}={0,2})$/

/**
 * What of a form is given back, in its order: everything that this one request sent, and nothing else. The program knows
 * no more of a field here than its name, so the label is made of that; where others may look on, only from plain words.
 */
export function listGivenFields(path: string, form: FormFields, isForStaff: boolean): readonly GivenField[] {
  const given: GivenField[] = []
  for (const [name, values] of form) {
    if (name === '_csrf' || name === '_once') continue
    if (isSecretField(path, name)) {
      given.push({ name, label: labelOf(name, isForStaff), kind: 'secret', value: '' })
      continue
    }
    values.forEach((value, index) => {
      const label = labelOf(name, isForStaff) + (values.length > 1 ? ` (${index + 1})` : '')
      given.push({ name, label, kind: kindOf(name, value), value })
    })
  }
  return given
}

function kindOf(name: string, value: string): GivenField['kind'] {
  if (name.startsWith('_') || value === '' || madeByProgram.test(value)) return 'hidden'
  return /[\r\n]/.test(value) || value.length > 60 ? 'text' : 'line'
}

function labelOf(name: string, isForStaff: boolean): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
  if (words === '' || (!isForStaff && !isNeutralTitle(words))) return 'Your answer'
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
