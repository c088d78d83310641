import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CardId } from '../../../foundation/ids.ts'
import { readDate } from '../../../web/read-date.ts'
import { cleanText, type FormResult } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { keptHows } from '../../lock-out/lock-out.ts'
import type { LockOutChange } from '../../lock-out/lock-out-change.ts'
import { readSeenRevision } from '../parts/moment-form.ts'

/** What may be said of a card, in the order in which it is offered. */
export const cardWords = ['go', 'done', 'could-not', 'reacted', 'to-do', 'keep'] as const

/** Reads what became of a card. What needs a new plan comes without one. */
export function readCardChange(
  form: FormFields,
  cardId: CardId,
  today: CalendarDay,
): FormResult<LockOutChange> {
  const to = cardWords.find(each => each === fieldText(form, 'to'))
  const seen = readSeenRevision(form)
  const problems: FormProblem[] = []
  const words = (name: string, most: number, enter: string | null, what: string): string => {
    const text = cleanText(fieldText(form, name)).trim()
    if (text === '' && enter !== null) problems.push({ field: name, message: enter })
    if ([...text].length > most)
      problems.push({ field: name, message: `${what} must be ${String(most)} characters or less` })
    return text
  }
  const read = (): LockOutChange | null => {
    switch (to) {
      case undefined:
        problems.push({ field: 'to', message: 'Select how it went' })
        return null
      case 'go':
      case 'to-do':
        return { kind: 'mark', seen, cardId, to }
      case 'done': {
        const day = readDate(form, 'on', { what: 'the day it was done', required: false })
        if (!day.ok) problems.push(...day.problems)
        else if (day.value !== null && day.value > today)
          problems.push({ field: 'on-day', message: 'The day it was done must be today or in the past' })
        return { kind: 'mark', seen, cardId, to, on: (day.ok && day.value) || today }
      }
      case 'could-not': {
        const why = words('what', 1_000, 'Enter why it could not be done', 'What happened')
        return { kind: 'could-not', seen, cardId, why, again: null }
      }
      case 'reacted': {
        const what = words('what', 1_000, 'Enter what the suspected person did', 'What happened')
        return { kind: 'reacted', seen, cardId, what, undid: fieldText(form, 'undid') === 'yes', again: null }
      }
      case 'keep': {
        const how = keptHows.find(each => each === fieldText(form, 'how'))
        const where = words('where', 200, null, 'Where it is')
        if (!how) problems.push({ field: 'how', message: 'Select whether it is kept' })
        return how ? { kind: 'keep', seen, cardId, how, where } : null
      }
    }
  }
  const change = read()
  return change && problems.length === 0 ? { ok: true, value: change } : { ok: false, problems }
}
