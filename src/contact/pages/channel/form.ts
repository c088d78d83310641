import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { anyOf, oneOf, optionalText } from '../../../web/form-fields.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { channelKinds, type SafeChannel } from '../../contact-plan.ts'
import type { ChannelAnswers } from '../../keep-channel.ts'
import { confirmedDays } from '../../safe-channel.ts'

const dayNames = ['1', '2', '3', '4', '5', '6', '7'] as const
const timeShape = /^([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])$/
const beginning = optionalText({ what: 'The time it begins', max: 10 })
const ending = optionalText({ what: 'The time it ends', max: 10 })

const schema = z.object({
  kind: oneOf(channelKinds, 'Select what kind of way it is'),
  value: optionalText({ what: 'The number or address', max: 300 }),
  safe: oneOf(['yes', 'no', 'unknown'], 'Select whether they said it is safe'),
  mayRemind: oneOf(['yes', 'no'], 'Select whether they want reminders on it'),
  days: anyOf(dayNames),
  from: beginning,
  until: ending,
  days2: anyOf(dayNames),
  from2: beginning,
  until2: ending,
  note: optionalText({ what: 'The note', max: 1_000 }),
})

/**
 * Reads one channel. A window whose end is not after its beginning goes on past midnight, and is taken as that.
 *
 * @param today the day in the clinic's zone
 * @param kept the number or address there is, which an empty field leaves as it is; null for a new channel
 */
export function readChannelForm(
  form: FormFields,
  today: string,
  kept: string | null,
): FormResult<ChannelAnswers> {
  const read = readForm(schema, form)
  const expires = readDate(form, 'expires', { what: 'the last day it counts as safe', required: false })
  const problems: FormProblem[] = [...(read.ok ? [] : read.problems), ...(expires.ok ? [] : expires.problems)]
  if (expires.ok && expires.value !== null && expires.value < today)
    problems.push({ field: 'expires-day', message: 'The last day it counts as safe must be today or later' })
  if (expires.ok && expires.value !== null && expires.value > addDays(today, confirmedDays))
    problems.push({
      field: 'expires-day',
      message: 'The last day it counts as safe must be within three months: then they are asked again',
    })
  if (!read.ok) return { ok: false, problems }
  const { kind, safe, note } = read.value
  const value = read.value.value === '' ? (kept ?? '') : read.value.value
  if (value === '') problems.push({ field: 'value', message: 'Enter the number or address' })
  else if (kind === 'email' && !/^[^\s@<>"]{1,64}@[^\s@<>"]{1,253}$/.test(value))
    problems.push({
      field: 'value',
      message: 'The address must be an e-mail address, such as name@example.org',
    })
  const { days, from, until, days2, from2, until2 } = read.value
  const windows = [
    ...readWindow({ days, from, until }, '', problems),
    ...readWindow({ days: days2, from: from2, until: until2 }, '2', problems),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const expiresOn = (expires.ok ? expires.value : null) ?? addDays(today, confirmedDays)
  return {
    ok: true,
    value: {
      kind,
      value,
      safe,
      note,
      mayRemind: read.value.mayRemind === 'yes',
      windows,
      expiresOn: nextDay(expiresOn),
    },
  }
}

/** One window, or none where nothing was said of it; what is missing is added to the problems. */
function readWindow(
  answers: { readonly days: readonly string[]; readonly from: string; readonly until: string },
  which: '' | '2',
  problems: FormProblem[],
): SafeChannel['windows'] {
  const { days, from, until } = answers
  if (days.length === 0 && from === '' && until === '') return []
  const [begins, ends] = [readTime(from), readTime(until)]
  if (days.length === 0)
    problems.push({ field: `days${which}`, message: 'Select the days on which it is safe' })
  if (begins === null)
    problems.push({ field: `from${which}`, message: 'Enter the time from which it is safe, such as 10:00' })
  if (ends === null)
    problems.push({ field: `until${which}`, message: 'Enter the time until which it is safe, such as 14:00' })
  if (begins !== null && begins === ends && begins !== '00:00')
    problems.push({
      field: `until${which}`,
      message: 'The two times must differ. For the whole day enter 00:00 twice',
    })
  return begins === null || ends === null ? [] : [{ days: days.map(Number), from: begins, until: ends }]
}

function readTime(text: string): string | null {
  const found = timeShape.exec(text.trim())
  return found ? `${(found[1] ?? '').padStart(2, '0')}:${found[2]}` : null
}

/** The calendar day so many days on; noon, so that no change of clocks moves it. */
function addDays(day: string, many: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + many * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}

const nextDay = (day: string): string => addDays(day, 1)
