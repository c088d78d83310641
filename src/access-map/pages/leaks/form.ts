import { type FormFields, fieldValues } from '../../../web/request.ts'
import type { ThingId } from '../../inventory/inventory.ts'
import type { LeakDayId } from '../../leaks/leak-log.ts'
import { readSeenLeaks } from '../parts/leak-day-form.ts'

/** The ticks of the table: which rows and columns it had, and what was ticked in each row. */
export function readTicks(form: FormFields): {
  readonly seen: number
  readonly asked: readonly ThingId[]
  readonly rows: readonly { readonly dayId: LeakDayId; readonly carriers: readonly ThingId[] }[]
} {
  const isThing = (text: string): boolean => /^t[0-9]{1,4}$/.test(text)
  const asked = fieldValues(form, 'thing').filter(isThing)
  const rows = fieldValues(form, 'day')
    .filter(text => /^d[0-9]{1,4}$/.test(text))
    .map(dayId => ({ dayId, carriers: fieldValues(form, dayId).filter(isThing) }))
  return { seen: readSeenLeaks(form), asked, rows }
}
