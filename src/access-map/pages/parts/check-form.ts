import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { anyOf, oneOf, optionalText, requiredText } from '../../../web/form-fields.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { checkSubjects, deviceCheckMethods } from '../../device-check/check.ts'
import type { CheckWords } from '../../device-check/check-change.ts'

const wordsSchema = z.object({
  looked: anyOf(checkSubjects, 'Select what was looked at'),
  way: oneOf(deviceCheckMethods, 'Select how it was looked at'),
  'looked-by': requiredText({ what: 'Who looked', max: 200, enter: 'Enter who looked' }),
  outcome: oneOf(['found', 'nothing'], 'Select whether anything was found'),
  words: optionalText({ what: 'What was found', max: 10_000 }),
})
const order = ['looked', 'way', 'looked-by', 'day', 'outcome', 'words']

/**
 * Reads what somebody wrote about a check, or every problem in the order of the page. With a list, words are not
 * needed: what the list shows is enough.
 */
export function readCheckWords(
  form: FormFields,
  today: string,
  options: { readonly hasList: boolean },
): FormResult<CheckWords> {
  const read = readForm(wordsSchema, form)
  const day = readDay(form, 'day', today)
  const problems: FormProblem[] = [
    ...(read.ok ? [] : read.problems),
    ...(day.ok ? [] : day.problems),
    ...(!options.hasList && fieldText(form, 'outcome') === 'found' && fieldText(form, 'words').trim() === ''
      ? [{ field: 'words', message: 'Enter what was found' }]
      : []),
  ]
  if (!read.ok || !day.ok || problems.length > 0)
    return { ok: false, problems: fieldsInOrder(problems, order) }
  const { looked, way, words, outcome, 'looked-by': lookedBy } = read.value
  return { ok: true, value: { looked, way, lookedBy, day: day.value, found: outcome === 'found', words } }
}

/** Reads the day of the check, which is today or earlier. */
export function readDay(form: FormFields, prefix: string, today: string): FormResult<string> {
  const read = readDate(form, prefix, { what: 'the day it was looked at', required: true })
  if (!read.ok) return read
  const day = read.value ?? ''
  return day > today
    ? {
        ok: false,
        problems: [{ field: `${prefix}-day`, message: 'The day it was looked at must be today or earlier' }],
      }
    : { ok: true, value: day }
}

export function fieldsInOrder(
  problems: readonly FormProblem[],
  fields: readonly string[],
): readonly FormProblem[] {
  const place = (field: string): number =>
    fields.findIndex(each => field === each || field.startsWith(`${each}-`))
  return [...problems].sort((one, other) => place(one.field) - place(other.field))
}
