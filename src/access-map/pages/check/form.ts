import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { oneOf, requiredText } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { type Check, deviceCheckMethods, listKinds } from '../../device-check/check.ts'
import type { ListRefusal } from '../../device-check/list-lines.ts'
import { fieldsInOrder, readDay } from '../parts/check-form.ts'

const listSchema = z.object({
  'list-kind': oneOf(listKinds, 'Select what the list is of'),
  'list-way': oneOf(deviceCheckMethods, 'Select how the list was made'),
  'list-by': requiredText({ what: 'Who made it', max: 200, enter: 'Enter who made the list' }),
})

const listOrder = ['list-kind', 'list-way', 'list-by', 'list-day', 'list-text', 'list-file']

export type ListForm = Pick<Check, 'way' | 'lookedBy' | 'day'> & {
  readonly kind: (typeof listKinds)[number]
  /** The bytes of the list, pasted or out of a file. */
  readonly bytes: Uint8Array
}

/** A file that came with the form: its bytes, as far as they were read. */
export type ListFile = { readonly bytes: Uint8Array }

/** Reads the form that a list comes with; `file` is null when none was chosen. */
export function readListForm(form: FormFields, file: ListFile | null, today: string): FormResult<ListForm> {
  const read = readForm(listSchema, form)
  const day = readDay(form, 'list-day', today)
  const pasted = fieldText(form, 'list-text')
  const isPasted = pasted.trim() !== ''
  const problems: FormProblem[] = [
    ...(read.ok ? [] : read.problems),
    ...(day.ok ? [] : day.problems),
    ...(isPasted && file
      ? [{ field: 'list-text', message: 'Paste the list or choose its file, not both' }]
      : []),
    ...(isPasted || file ? [] : [{ field: 'list-text', message: 'Paste the list, or choose its file' }]),
  ]
  if (!read.ok || !day.ok || problems.length > 0) {
    const again = 'Choose the file again: a browser does not send it twice by itself'
    const whole = file ? [...problems, { field: 'list-file', message: again }] : problems
    return { ok: false, problems: fieldsInOrder(whole, listOrder) }
  }
  const { 'list-kind': kind, 'list-way': way, 'list-by': lookedBy } = read.value
  const bytes = file?.bytes ?? Buffer.from(pasted, 'utf8')
  return { ok: true, value: { kind, way, lookedBy, day: day.value, bytes } }
}

const refusals: Readonly<Record<ListRefusal, string>> = {
  'too-large': 'The list must be smaller than 1 MB',
  'too-many-lines': 'The list must have 20,000 lines or fewer',
  empty: 'The list must have something in it',
  'not-a-text': 'The list must be text. Bring a picture or a document to the evidence of the case',
}

/** A list that was refused, beside the field it came by. */
export function sayListRefusal(because: ListRefusal, isFile: boolean): FormProblem {
  return { field: isFile ? 'list-file' : 'list-text', message: refusals[because] }
}
