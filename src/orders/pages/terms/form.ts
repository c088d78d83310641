import { z } from 'zod'
import { actCodes, parseActCode } from '../../../chronology/act-codes.ts'
import { anyOf, oneOf, requiredText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import type { OrderChange } from '../../order-change.ts'

export type ReadTerm = Extract<OrderChange, { kind: 'add-term' }>

const schema = z.object({
  termKind: oneOf(['prohibition', 'requirement'], 'Select whether it forbids or requires something'),
  words: requiredText({ what: 'The term', max: 2_000, enter: 'Enter the term as it stands in the order' }),
  codes: anyOf(actCodes.map(each => each.code)),
})

/** Reads a term in the court's own words, with the day it was put in where a variation did that. */
export function readTerm(form: FormFields): FormResult<ReadTerm> {
  const read = readForm(schema, form)
  const from = readDate(form, 'from', { what: 'the date it was put in', required: false })
  if (!read.ok || !from.ok) return { ok: false, problems: problemsOf(read, from) }
  const { termKind: kind, words, codes } = read.value
  const term = { kind, words, codes: codes.map(parseActCode).filter(code => code !== null) }
  return { ok: true, value: { kind: 'add-term', term, from: from.value } }
}
