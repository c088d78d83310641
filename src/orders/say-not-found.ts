import type { Incident } from '../chronology/incident.ts'
import { spanOfWhen } from '../chronology/when-span.ts'
import { dayAt, sayDay } from '../foundation/calendar-day.ts'
import type { Order } from './order.ts'

/**
 * Why the program did not take an incident for a possible breach, as far as the dates say it. If the incident can
 * only have been before the order was made, it says so. A person who records it anyway has then read that.
 */
export function sayNotFound(incident: Incident, { madeOn }: Pick<Order, 'madeOn'>, zone: string): string {
  const span = spanOfWhen(incident.newest.when)
  if (madeOn !== null && span !== null && dayAt(new Date(span.until), zone) < madeOn)
    return `By the dates recorded here it was before the order was made, on ${sayDay(madeOn)}.`
  return 'Not found by the program, by the dates, the acts and the terms recorded here.'
}
