import type { IncidentId } from '../../../foundation/ids.ts'
import type { Incident } from '../../incident.ts'

/** "incidents 1, 2 and 4". */
export function sayNumbers(ids: readonly IncidentId[], incidents: readonly Incident[]): string {
  const numbers = incidents.filter(each => ids.includes(each.incidentId)).map(each => each.number)
  if (numbers.length === 0) return 'none'
  if (numbers.length === 1) return `incident ${numbers[0]}`
  return `incidents ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
}
