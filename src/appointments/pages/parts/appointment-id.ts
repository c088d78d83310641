import { type AppointmentId, parseId } from '../../../foundation/ids.ts'
import type { PageRequest } from '../../../web/request.ts'

/** The id in the address of a request, or null for what is none. */
export function idOf(request: PageRequest): AppointmentId | null {
  return parseId<AppointmentId>(request.params['appointment'] ?? '')
}
