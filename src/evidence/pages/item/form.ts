import type { FormProblem } from '../../../foundation/decision.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { Answers } from '../../importers/importer.ts'
import { readZone, type TypedZone } from '../zone-field.ts'

export type TypedAnswers = TypedZone & { readonly 'date-order': string }

export function typedAnswers(form: FormFields): TypedAnswers {
  return {
    'date-order': fieldText(form, 'date-order'),
    zone: fieldText(form, 'zone'),
    'other-zone': fieldText(form, 'other-zone'),
  }
}

/** What was answered already, as the form shows it. */
export function answersAsTyped(answers: Answers, caseZone: string): TypedAnswers {
  const isOther = answers.zone !== undefined && answers.zone !== caseZone
  return {
    'date-order': answers.dateOrder ?? '',
    zone: isOther ? 'other' : (answers.zone ?? ''),
    'other-zone': isOther ? (answers.zone ?? '') : '',
  }
}

/** Reads the answers to the questions of an item. `asked` are those that must be answered. */
export function readAnswers(
  form: FormFields,
  asked: readonly string[],
):
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly FormProblem[] } {
  const typed = typedAnswers(form)
  const problems: FormProblem[] = []
  const order = typed['date-order']
  const dateOrder = order === 'day-first' || order === 'month-first' ? order : undefined
  if (!dateOrder && (order !== '' || asked.includes('date-order')))
    problems.push({ field: 'date-order', message: 'Select how the dates are written' })
  const zone = readZone(typed)
  if ('problem' in zone) problems.push(zone.problem)
  if (problems.length > 0 || 'problem' in zone) return { ok: false, problems }
  return {
    ok: true,
    answers: { ...(dateOrder ? { dateOrder } : {}), ...(zone.zone === null ? {} : { zone: zone.zone }) },
  }
}
