import type { FormProblem } from '../foundation/decision.ts'
import { cleanText, type FormResult } from './read-form.ts'
import { type FormFields, fieldText } from './request.ts'

/** A date as typed into the three boxes; ISO 8601 once read ("2026-03-09"). */
export type DateWords = {
  /** What the date is called inside a sentence: "the date it happened". */
  readonly what: string
  readonly required: boolean
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function readMonth(text: string): number {
  const named = months.indexOf(text.slice(0, 3).toLowerCase())
  return named >= 0 && /^[a-z]{3,9}$/i.test(text) ? named + 1 : /^\d{1,2}$/.test(text) ? Number(text) : 0
}

function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The names of the three boxes of a date input with this name prefix. */
export function datePartNames(prefix: string): {
  readonly day: string
  readonly month: string
  readonly year: string
} {
  return { day: `${prefix}-day`, month: `${prefix}-month`, year: `${prefix}-year` }
}

/**
 * Reads day, month and year from the boxes named `${prefix}-day` and so on. A month may be a number or an English
 * name. Null when all three are empty and the date is not required. The problem names the box to land on.
 */
// GOV.UK Design System, date input, "Error messages"
export function readDate(form: FormFields, prefix: string, words: DateWords): FormResult<string | null> {
  const names = datePartNames(prefix)
  const parts = (['day', 'month', 'year'] as const).map(part => ({
    part,
    field: names[part],
    text: cleanText(fieldText(form, names[part])).trim(),
  }))
  const fail = (
    field: string,
    message: string,
  ): { readonly ok: false; readonly problems: readonly FormProblem[] } => ({
    ok: false,
    problems: [{ field, message }],
  })
  const empty = parts.filter(each => each.text === '')
  const What = words.what.charAt(0).toUpperCase() + words.what.slice(1)
  if (empty.length === 3) {
    return words.required ? fail(names.day, `Enter ${words.what}`) : { ok: true, value: null }
  }
  const missing = empty[0]
  if (missing)
    return fail(missing.field, `${What} must include a ${empty.map(each => each.part).join(' and ')}`)
  const [day, month, year] = parts.map(each => each.text)
  if (!/^\d{4}$/.test(year ?? '')) return fail(names.year, 'Year must include 4 numbers')
  const numbers = {
    day: /^\d{1,2}$/.test(day ?? '') ? Number(day) : 0,
    month: readMonth(month ?? ''),
    year: Number(year),
  }
  if (!isRealDate(numbers.year, numbers.month, numbers.day))
    return fail(names.day, `${What} must be a real date`)
  const pad = (value: number, size: number): string => String(value).padStart(size, '0')
  return { ok: true, value: `${pad(numbers.year, 4)}-${pad(numbers.month, 2)}-${pad(numbers.day, 2)}` }
}
