import type { PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { SignedIn } from '../route.ts'
import { hashOfToken } from '../secret-token.ts'
import { decideSession } from '../session.ts'
import { deleteSession, loadSession, markSession } from '../session-store.ts'

/** Who is signed in; when nobody is, whose session has just ended, where that is known. */
export type FoundSession = { readonly signedIn: SignedIn | null; readonly endedOf: PersonId | null }

export const noSession: FoundSession = { signedIn: null, endedOf: null }

/** Finds whose session a token is, marks it as seen, and ends it when its time is over. */
export async function findCurrentSession(clinic: Clinic, token: string): Promise<FoundSession> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash) return noSession
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  return clinic.database.transaction(actor, async transaction => {
    const session = await loadSession(transaction, tokenHash)
    if (!session) return noSession
    const decision = decideSession(session.times, transaction.now)
    if (!decision.allowed) {
      await deleteSession(transaction, tokenHash)
      return { signedIn: null, endedOf: session.staff.personId }
    }
    if (decision.isDueForMark) await markSession(transaction, tokenHash)
    return { signedIn: { ...session.staff, notices: session.notices }, endedOf: null }
  })
}

/** Whose session a token is. Null when it is over. */
export async function findSession(clinic: Clinic, token: string): Promise<SignedIn | null> {
  return (await findCurrentSession(clinic, token)).signedIn
}
