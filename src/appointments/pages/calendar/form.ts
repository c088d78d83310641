import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { findMoments, parseWallClock } from '../../../foundation/local-date.ts'
import { readTimeOfDay } from '../../../foundation/read-time-of-day.ts'
import { anyOf } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import { cleanText, readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { findDaySpan } from '../../day-span.ts'
import type { NewHours } from '../../operations/keep-calendar.ts'

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly FormProblem[] }

const weekdaySchema = z.object({
  weekdays: anyOf(['1', '2', '3', '4', '5', '6', '7'], 'Select at least one day'),
})
const timeWords = 'must include minutes or am or pm, like 9am or 16:30'

/** Reads a time of day as minutes since midnight; a midnight that ends something is 1440. */
function readMinutes(form: FormFields, name: string, what: string, isEnd: boolean): Read<number> {
  const text = cleanText(fieldText(form, name)).trim()
  const What = what.charAt(0).toUpperCase() + what.slice(1)
  if (text === '') return { ok: false, problems: [{ field: name, message: `Enter ${what}` }] }
  const time = readTimeOfDay(text)
  if (!time) return { ok: false, problems: [{ field: name, message: `${What} ${timeWords}` }] }
  const minutes = time.hour * 60 + time.minute
  return { ok: true, value: isEnd && minutes === 0 ? 1440 : minutes }
}

/** Reads working hours: which days of the week, from when to when, and from which day to which. */
export function readHours(form: FormFields): Read<NewHours> {
  const days = readForm(weekdaySchema, form)
  const startsAt = readMinutes(form, 'hoursFrom', 'when they start', false)
  const endsAt = readMinutes(form, 'hoursUntil', 'when they end', true)
  const from = readDate(form, 'validFrom', { what: 'the first day', required: true })
  const until = readDate(form, 'validUntil', { what: 'the last day', required: false })
  const problems = [...problemsOf(days, startsAt, endsAt, from, until)]
  if (startsAt.ok && endsAt.ok && startsAt.value >= endsAt.value) {
    problems.push({ field: 'hoursUntil', message: 'When they end must be later than when they start' })
  }
  if (from.ok && until.ok && from.value && until.value && until.value < from.value) {
    problems.push({
      field: 'validUntil-day',
      message: 'The last day must be the same as or after the first day',
    })
  }
  if (problems.length > 0 || !days.ok || !startsAt.ok || !endsAt.ok || !from.ok || !until.ok || !from.value)
    return { ok: false, problems }
  return {
    ok: true,
    value: {
      weekdays: days.value.weekdays.map(Number),
      startsAt: startsAt.value,
      endsAt: endsAt.value,
      validFrom: from.value,
      validUntil: until.value,
    },
  }
}

/**
 * Reads when somebody is away, in the clinic's zone: whole days, or hours of one day. In the hour that comes twice
 * both count as away.
 */
export function readLeave(
  form: FormFields,
  zone: string,
  now: Date,
): Read<{ readonly startsAt: Date; readonly endsAt: Date }> {
  const first = readDate(form, 'leaveFrom', { what: 'the first day', required: true })
  const last = readDate(form, 'leaveUntil', { what: 'the last day', required: false })
  const isPartOfDay = fieldText(form, 'leaveStart').trim() !== '' || fieldText(form, 'leaveEnd').trim() !== ''
  const start = isPartOfDay ? readMinutes(form, 'leaveStart', 'from what time', false) : null
  const end = isPartOfDay ? readMinutes(form, 'leaveEnd', 'until what time', true) : null
  const problems = [...problemsOf(first, last, ...(start ? [start] : []), ...(end ? [end] : []))]
  if (problems.length > 0 || !first.ok || !last.ok || first.value === null) return { ok: false, problems }
  const whole = findDaySpan(first.value, zone)
  const ending = findDaySpan(last.value ?? first.value, zone)
  const startsAt = start?.ok ? momentOf(first.value, start.value, zone, 'earlier') : (whole?.startsAt ?? null)
  const endsAt = end?.ok
    ? momentOf(last.value ?? first.value, end.value, zone, 'later')
    : (ending?.endsAt ?? null)
  const no = (field: string, message: string): Read<never> => ({ ok: false, problems: [{ field, message }] })
  const skipped = 'did not happen on that day, because the clocks go forward'
  if (!startsAt) return no(start ? 'leaveStart' : 'leaveFrom-day', `That time ${skipped}`)
  if (!endsAt) return no(end ? 'leaveEnd' : 'leaveUntil-day', `That time ${skipped}`)
  if (endsAt <= startsAt)
    return no(last.value ? 'leaveUntil-day' : 'leaveEnd', 'The end must be after the start')
  if (endsAt <= now) return no('leaveFrom-day', 'Time away must not be over already')
  return { ok: true, value: { startsAt, endsAt } }
}

function momentOf(day: string, minutes: number, zone: string, which: 'earlier' | 'later'): Date | null {
  if (minutes === 1440) return findDaySpan(day, zone)?.endsAt ?? null
  const midnight = parseWallClock(`${day}T00:00`)
  if (!midnight) return null
  const found = findMoments({ ...midnight, hour: Math.floor(minutes / 60), minute: minutes % 60 }, zone)
  switch (found.kind) {
    case 'one':
      return new Date(found.moment)
    case 'two':
      return new Date(found[which])
    case 'none':
      return null
  }
}
