import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { oneOf, optionalText, requiredText } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { CatalogueEntry } from '../../inventory/catalogue-entry.ts'
import {
  type Basis,
  bases,
  type Inventory,
  type InventoryStatement,
  type Thing,
} from '../../inventory/inventory.ts'
import { areWordsHarmless } from '../../lock-out/plain-step.ts'
import { readAnswers, saySentTwice } from '../parts/answers-form.ts'

export type ThingForm = {
  readonly label: string
  readonly onPaper: string
  readonly note: string
  readonly basis: Basis
  readonly seen: number
  readonly said: Readonly<Record<string, InventoryStatement>>
}

export const fields = z.object({
  label: requiredText({ what: 'The name', max: 100, enter: 'Enter what the client calls it' }),
  onPaper: optionalText({ what: 'The word for paper', max: 30 }).refine(areWordsHarmless, {
    error: 'Choose another word for paper: this one says what it is, or what is planned',
  }),
  note: optionalText({ what: 'The note', max: 5_000 }),
  basis: oneOf(bases, 'Select how this is known'),
})

/**
 * Reads the answers about one thing. A question that was left unchanged says nothing new, so that an old answer does
 * not get a new basis.
 */
export function readThingForm(
  form: FormFields,
  thing: Thing,
  entry: CatalogueEntry,
  inventory: Inventory,
): FormResult<ThingForm> {
  const read = readForm(fields, form)
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  problems.push(...saySentTwice(form, Object.keys(fields.shape)))
  const { said, problems: wrong } = readAnswers(form, '', thing, entry.questions, inventory)
  problems.push(...wrong)
  const seen = Number(fieldText(form, 'seen'))
  if (!read.ok || problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { ...read.value, said, seen: Number.isSafeInteger(seen) ? seen : 0 } }
}
