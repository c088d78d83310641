import { z } from 'zod'
import type { DiaryAccount } from '../../../chronology/diary-entry.ts'
import type { Precision } from '../../../chronology/incident.ts'
import { verifyWhen } from '../../../chronology/verify-when.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { optionalText, requiredText } from '../../../web/form-fields.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'

const most = { what: 10_000, felt: 5_000 } as const
const texts = z.object({
  what: requiredText({ what: 'What happened', max: most.what, enter: 'Enter what happened' }),
  felt: optionalText({ what: 'How you felt', max: most.felt }),
})

/** Of what is too long, how much of it, and that nothing of it is lost. */
function kindly(problem: FormProblem, form: FormFields): FormProblem {
  if (problem.field !== 'what' && problem.field !== 'felt') return problem
  const over = [...fieldText(form, problem.field).trim()].length - most[problem.field]
  if (over <= 0) return problem
  const characters = over === 1 ? '1 character' : `${over.toLocaleString('en-GB')} characters`
  return {
    ...problem,
    message: `This is ${characters} longer than one note can be. It is all still here: save the first part, and put the rest into a second note`,
  }
}

const precisions: readonly Precision[] = ['exact', 'about', 'unknown']
const order = ['what', 'precision', 'date', 'time', 'which', 'felt']

/** Reads a note in the zone of the client's case: what they wrote, or every problem in the order of the page. */
export function readNote(form: FormFields, zone: string, now: Date): FormResult<DiaryAccount> {
  const read = readForm(texts, form)
  const date = readDate(form, 'date', { what: 'the date it happened', required: false })
  const which = fieldText(form, 'which')
  const when = verifyWhen(
    {
      precision: precisions.find(each => each === fieldText(form, 'precision')) ?? null,
      date: date.ok ? date.value : null,
      time: fieldText(form, 'time').trim(),
      which: which === 'earlier' || which === 'later' ? which : null,
      endDate: null,
      endTime: '',
      endWhich: null,
      noticedOn: null,
    },
    zone,
    now,
  )
  const problems: FormProblem[] = [read, date].flatMap(each =>
    each.ok ? [] : each.problems.map(problem => kindly(problem, form)),
  )
  // A date that could not be read has its own problem already.
  if (!when.ok)
    problems.push(...when.problems.filter(({ field }) => date.ok || !field.startsWith('date')).map(plainly))
  if (!read.ok || !when.ok || problems.length > 0) {
    const place = ({ field }: FormProblem): number => order.indexOf(field.split('-')[0] ?? '')
    return { ok: false, problems: problems.sort((one, other) => place(one) - place(other)) }
  }
  return { ok: true, value: { ...read.value, when: when.when, zone } }
}

/** The one problem that speaks of how surely a time is known, in the client's words. */
function plainly(problem: FormProblem): FormProblem {
  return problem.field === 'precision' ? { ...problem, message: 'Select when it happened' } : problem
}
