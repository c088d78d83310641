import type { FormProblem } from '../../../foundation/decision.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { type Answers, chatPrograms, type Question } from '../../importers/importer.ts'
import { readZone, type TypedZone } from '../parts/zone-field.ts'

export type TypedAnswers = TypedZone & {
  readonly 'date-order': string
  readonly program: string
  readonly format: string
}

export function typedAnswers(form: FormFields): TypedAnswers {
  return {
    'date-order': fieldText(form, 'date-order'),
    program: fieldText(form, 'program'),
    format: fieldText(form, 'format'),
    zone: fieldText(form, 'zone'),
    'other-zone': fieldText(form, 'other-zone'),
  }
}

/** What was answered already, as the form shows it. */
export function answersAsTyped(answers: Answers, caseZone: string): TypedAnswers {
  const isOther = answers.zone !== undefined && answers.zone !== caseZone
  return {
    'date-order': answers.dateOrder ?? '',
    program: answers.program ?? '',
    format: answers.format ?? '',
    zone: isOther ? 'other' : (answers.zone ?? ''),
    'other-zone': isOther ? (answers.zone ?? '') : '',
  }
}

/** Reads the answers to the questions of an item. `questions` are those that must be answered. */
export function readItemAnswers(
  form: FormFields,
  questions: readonly Question[],
):
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly FormProblem[] } {
  const typed = typedAnswers(form)
  const problems: FormProblem[] = []
  const order = typed['date-order']
  const dateOrder = order === 'day-first' || order === 'month-first' ? order : undefined
  if (!dateOrder && (order !== '' || asks(questions, 'date-order')))
    problems.push({ field: 'date-order', message: 'Select how the dates are written' })
  const program = chatPrograms.find(each => each === typed.program)
  if (!program && typed.program !== '')
    problems.push({ field: 'program', message: 'Select which program the chat is from' })
  const formats = questions.find(question => question.id === 'format')?.choices ?? []
  const format = formats.find(each => each.value === typed.format)?.value
  if (!format && asks(questions, 'format'))
    problems.push({ field: 'format', message: 'Select which kind of file it is' })
  const zone = readZone(typed)
  if ('problem' in zone) problems.push(zone.problem)
  if (problems.length > 0 || 'problem' in zone) return { ok: false, problems }
  return {
    ok: true,
    answers: {
      ...(dateOrder ? { dateOrder } : {}),
      ...(program ? { program } : {}),
      ...(format ? { format } : {}),
      ...(zone.zone === null ? {} : { zone: zone.zone }),
    },
  }
}

const asks = (questions: readonly Question[], id: Question['id']) => questions.some(each => each.id === id)
