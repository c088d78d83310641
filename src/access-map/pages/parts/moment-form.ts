import type { FormProblem } from '../../../foundation/decision.ts'
import { findMoments, parseWallClock, readWallClock } from '../../../foundation/local-date.ts'
import { readTimeOfDay } from '../../../foundation/read-time-of-day.ts'
import { sayTime } from '../../../foundation/say-date.ts'
import { readDate } from '../../../web/read-date.ts'
import { cleanText, type FormResult } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { ChosenMoment } from '../../lock-out/card-gate.ts'
import { lockOutModes } from '../../lock-out/lock-out.ts'

/** Reads how the client wants it done, and from which hour; the hour may be left open. */
export function readChosenMoment(form: FormFields, zone: string): FormResult<ChosenMoment> {
  const problems: FormProblem[] = []
  const mode = lockOutModes.find(each => each === fieldText(form, 'mode'))
  if (!mode) problems.push({ field: 'mode', message: 'Select how the client wants it done' })
  const day = readDate(form, 'hour', { what: 'the day', required: false })
  if (!day.ok) problems.push(...day.problems)
  const text = cleanText(fieldText(form, 'time')).trim()
  const time = readTimeOfDay(text)
  if (text !== '' && !time)
    problems.push({ field: 'time', message: 'The hour must include minutes or am or pm, like 9am or 16:30' })
  if (day.ok && day.value === null && text !== '')
    problems.push({ field: 'hour-day', message: 'Enter the day as well as the hour' })
  if (day.ok && day.value !== null && text === '')
    problems.push({ field: 'time', message: 'Enter the hour as well as the day' })
  if (problems.length > 0 || !mode || !day.ok) return { ok: false, problems }
  if (day.value === null || !time) return { ok: true, value: { mode, hour: null } }
  const midnight = parseWallClock(`${day.value}T00:00`)
  const found = midnight && findMoments({ ...midnight, hour: time.hour, minute: time.minute }, zone)
  if (!found || found.kind === 'none') {
    const message = 'That hour does not come on that day, because the clocks go forward'
    return { ok: false, problems: [{ field: 'time', message }] }
  }
  // When the clock goes back and an hour comes twice, the later one: nothing is noticed before the hour the client
  // meant.
  const moment = found.kind === 'one' ? found.moment : found.later
  return { ok: true, value: { mode, hour: new Date(moment).toISOString() } }
}

/** The same as a form has it. */
export function fillChosenMoment({ mode, hour }: ChosenMoment, zone: string): FormFields {
  const fields = new Map([['mode', [mode as string]]])
  if (hour === null) return fields
  const clock = readWallClock(Date.parse(hour), zone)
  fields.set('hour-day', [String(clock.day)])
  fields.set('hour-month', [String(clock.month)])
  fields.set('hour-year', [String(clock.year)])
  fields.set('time', [sayTime(clock)])
  return fields
}

/** The revision that stood on the screen. */
export function readSeenRevision(form: FormFields): number {
  const seen = Number(fieldText(form, 'seen'))
  return Number.isSafeInteger(seen) ? seen : 0
}
