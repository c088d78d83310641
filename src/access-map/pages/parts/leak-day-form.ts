import { z } from 'zod'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { anyOf, oneOf, optionalText, requiredText } from '../../../web/form-fields.ts'
import { datePartNames, readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import { situations } from '../../inventory/situation.ts'
import type { LeakRefusal } from '../../leaks/leak-change.ts'
import { guesses, knowledgeKinds, type LeakDay, type LeakDayWords } from '../../leaks/leak-log.ts'
import type { ReadingPlace } from '../../leaks/reading-places.ts'

const fields = z.object({
  knew: oneOf(['yes', 'no'], 'Select whether the suspected person knew, or it was an uneventful day'),
  kind: oneOf(knowledgeKinds, 'Select what kind of thing it was'),
  what: requiredText({
    what: 'What they knew',
    max: 300,
    enter: 'Enter what they knew, or what they did not know',
  }),
  roughly: optionalText({ what: 'Roughly when', max: 60 }),
  situations: anyOf(situations),
  guess: oneOf(guesses, 'Select whether it could have been guessed'),
})

/** Nobody remembers such a day from longer ago. An earlier year is a typing mistake. */
const earliest = '2000-01-01'

/**
 * Reads one day as it was typed: the words, or everything that is wrong with them.
 *
 * @param places where the map knows that a message can be written or read
 */
export function readDayForm(
  form: FormFields,
  today: CalendarDay,
  places: readonly ReadingPlace[],
): FormResult<LeakDayWords> {
  const read = readForm(fields, form)
  const date = readDate(form, 'on', { what: 'the date', required: true })
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  const box = datePartNames('on').day
  if (!date.ok) problems.push(...date.problems)
  else if (date.value !== null && date.value > today)
    problems.push({ field: box, message: 'The date must be today or in the past' })
  else if (date.value !== null && date.value < earliest)
    problems.push({ field: box, message: 'The date must be in the year 2000 or later' })
  const typed = [...new Set(fieldValues(form, 'read-at'))]
  const readAt = places.map(each => each.id).filter(id => typed.includes(id))
  if (readAt.length < typed.length) problems.push({ field: 'read-at', message: 'Select from the list' })
  if (!read.ok || !date.ok || date.value === null || problems.length > 0) return { ok: false, problems }
  const { knew, ...words } = read.value
  const were = situations.filter(each => words.situations.includes(each))
  return {
    ok: true,
    value: {
      ...words,
      situations: were,
      readAt: words.kind === 'message' ? readAt : [],
      knew: knew === 'yes',
      on: date.value,
    },
  }
}

/** The fields as a day has them; for a new day, only what is nearly always so. */
export function fillFromDay(day: LeakDay | null): FormFields {
  if (!day) return new Map([['guess', ['hardly']]])
  const [year = '', month = '', date = ''] = day.on.split('-')
  return new Map<string, readonly string[]>([
    ['knew', [day.knew ? 'yes' : 'no']],
    ['kind', [day.kind]],
    ['what', [day.what]],
    ['on-day', [String(Number(date))]],
    ['on-month', [String(Number(month))]],
    ['on-year', [year]],
    ['roughly', [day.roughly]],
    ['situations', day.situations],
    ['guess', [day.guess]],
    ['read-at', day.readAt],
  ])
}

/** The revision that stood on the screen. */
export function readSeenLeaks(form: FormFields): number {
  const seen = Number(fieldText(form, 'seen'))
  return Number.isSafeInteger(seen) && seen > 0 ? seen : 0
}

/** What to tell the person who typed a day that could not be kept. */
export function sayRefusedDay(because: LeakRefusal): FormProblem {
  switch (because) {
    case 'there-already':
      return { field: 'what', message: 'This day is in the list already. Say what was different about it' }
    case 'contradicts':
      return {
        field: 'knew',
        message:
          'The list says the opposite about this very thing on this day. Correct that line, or say what was different',
      }
    case 'too-many-days':
      return { field: 'what', message: 'The list is full. Take away days that tell nothing new' }
    case 'changed-meanwhile':
      return {
        field: 'what',
        message:
          'Somebody else changed this day while you were typing. The list shows what they wrote; save again to keep yours instead',
      }
    case 'no-such-day':
      return { field: 'what', message: 'This day is no longer in the list' }
    case 'nothing-changed':
      return { field: 'what', message: 'Nothing was changed' }
  }
}
