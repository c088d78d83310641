import type { FormFields } from '../../../web/request.ts'
import type { CheckWords } from '../../device-check/check-change.ts'

/** A day in the three boxes it is typed in. */
function dayFields(prefix: string, day: string): readonly (readonly [string, readonly string[]])[] {
  const [year = '', month = '', date = ''] = day.split('-')
  return [
    [`${prefix}-day`, [String(Number(date))]],
    [`${prefix}-month`, [String(Number(month))]],
    [`${prefix}-year`, [year]],
  ]
}

/** Empty forms, with who looks and today filled in. */
export function fillEmpty(name: string, today: string): FormFields {
  return new Map([
    ['looked-by', [name]],
    ...dayFields('day', today),
    ['list-by', [name]],
    ...dayFields('list-day', today),
  ])
}

/** The fields as a check has them, to be put right. */
export function fillFromCheck(check: CheckWords): FormFields {
  return new Map<string, readonly string[]>([
    ['looked', check.looked],
    ['way', [check.way]],
    ['looked-by', [check.lookedBy]],
    ...dayFields('day', check.day),
    ['outcome', [check.found ? 'found' : 'nothing']],
    ['words', [check.words]],
  ])
}
