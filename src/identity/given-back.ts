import type { FieldWords, FormWords } from '../web/field-recorder.ts'
import type { FormFields } from '../web/request.ts'
import { isNeutralTitle } from './neutral-title.ts'
import { isSecretField } from './secret-field.ts'

/** A field of a form that could not be taken, as the page that gives it back shows it. */
export type GivenField = {
  readonly name: string
  readonly label: string
  /**
   * Free words are in a box and a line in a line. What was chosen is shown in words and travels along as it is. Secrets
   * are asked for again and never given back; what nobody typed travels along unseen.
   */
  readonly kind: 'line' | 'text' | 'choice' | 'hidden' | 'secret'
  readonly value: string
  /** For a choice: the answer in words. */
  readonly says: string
}

// An id, a token, something sealed: letters and digits without a space, longer than anybody types
const madeByProgram =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_-]{20,}={0,2})$/

// The code of an answer that was chosen: yes, threats-to-kill
const madeForChoice = /^(?=.{1,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/**
 * What of a form is given back, in its order: everything that this one request sent, and nothing else. Where the form's
 * own words are known, each field has them. Of any other field the program knows only its name, so the label is made of
 * that; where other people may see the screen, only from plain words.
 */
export function listGivenFields(
  path: string,
  form: FormFields,
  { isForStaff, words }: { readonly isForStaff: boolean; readonly words: FormWords },
): readonly GivenField[] {
  const given: GivenField[] = []
  for (const [name, values] of form) {
    if (name === '_csrf' || name === '_once') continue
    const known = words.get(name)
    const label = known?.label ?? labelOf(name, isForStaff)
    if (isSecretField(path, name)) {
      const again = known ? label : `${label}: type it again`
      given.push({ name, label: again, kind: 'secret', value: '', says: '' })
      continue
    }
    values.forEach((value, index) => {
      const kind = known && value !== '' ? kindAsKnown(known, value) : kindOf(name, value)
      const isOneOfMany = values.length > 1 && kind !== 'choice'
      given.push({
        name,
        label: isOneOfMany ? `${label} (${index + 1})` : label,
        kind,
        value,
        says: kind === 'choice' ? (known?.choices.get(value) ?? value.replaceAll('-', ' ')) : '',
      })
    })
  }
  return given
}

function kindAsKnown({ kind }: FieldWords, value: string): GivenField['kind'] {
  if (kind === 'choice') return 'choice'
  return kind === 'words' || isLong(value) ? 'text' : 'line'
}

function kindOf(name: string, value: string): GivenField['kind'] {
  if (name.startsWith('_') || value === '' || madeByProgram.test(value)) return 'hidden'
  if (madeForChoice.test(value)) return 'choice'
  return isLong(value) ? 'text' : 'line'
}

function isLong(value: string): boolean {
  return /[\r\n]/.test(value) || value.length > 60
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
