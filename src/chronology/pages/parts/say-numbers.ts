import type { IncidentId } from '../../../foundation/ids.ts'
import type { Incident } from '../../incident.ts'

/** So many numbers are named; of more, how many more there are. */
const mostNamed = 60

/** "incidents 1, 2 and 4". */
export function sayNumbers(
  ids: readonly IncidentId[],
  incidents: readonly Pick<Incident, 'incidentId' | 'number'>[],
): string {
  const asked = new Set(ids)
  const numbers = incidents.filter(each => asked.has(each.incidentId)).map(each => each.number)
  if (numbers.length === 0) return 'none'
  if (numbers.length === 1) return `incident ${numbers[0]}`
  if (numbers.length > mostNamed)
    return `incidents ${numbers.slice(0, mostNamed).join(', ')} and ${(numbers.length - mostNamed).toLocaleString('en-GB')} more`
  return `incidents ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
}
