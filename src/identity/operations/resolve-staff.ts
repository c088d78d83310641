import type { Clinic } from '../../platform/clinic.ts'
import type { PageRequest } from '../../web/request.ts'
import type { SignedIn } from '../route.ts'
import { sessionCookie } from '../session.ts'
import { type FoundSession, findCurrentSession, noSession } from './find-session.ts'

/** Finds who is asking, by the session their browser carries. Null when nobody is signed in. */
export async function resolveStaff(
  request: Pick<PageRequest, 'cookies'>,
  clinic: Clinic,
): Promise<SignedIn | null> {
  return (await resolveSession(request, clinic)).signedIn
}

/** The same; when nobody is signed in, whose session has just ended here. */
export async function resolveSession(
  request: Pick<PageRequest, 'cookies'>,
  clinic: Clinic,
): Promise<FoundSession> {
  const token = request.cookies.get(sessionCookie)
  return token ? findCurrentSession(clinic, token) : noSession
}
