import type { Clinic } from '../../platform/clinic.ts'
import type { PageRequest } from '../../web/request.ts'
import type { SignedIn } from '../route.ts'
import { sessionCookie } from '../session.ts'
import { findSession } from './find-session.ts'

/** Finds who is asking, by the session their browser carries. Null when nobody is signed in. */
export async function resolveStaff(
  request: Pick<PageRequest, 'cookies'>,
  clinic: Clinic,
): Promise<SignedIn | null> {
  const token = request.cookies.get(sessionCookie)
  return token ? findSession(clinic, token) : null
}
