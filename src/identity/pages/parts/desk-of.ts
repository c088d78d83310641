import type { PageRequest } from '../../../web/request.ts'
import type { Desk } from '../../operations/start-session.ts'

/** Where a request comes from, for the session it begins. */
export function deskOf(request: Pick<PageRequest, 'address' | 'userAgent'>): Desk {
  return { address: request.address, userAgent: request.userAgent ?? '' }
}
