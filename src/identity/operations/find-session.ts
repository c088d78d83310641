import type { Clinic } from '../../platform/clinic.ts'
import type { SignedIn } from '../route.ts'
import { hashOfToken } from '../secret-token.ts'
import { decideSession } from '../session.ts'
import { deleteSession, loadSession, markSession } from '../session-store.ts'

/** Finds whose session a token is, marks it as seen, and ends it when its time is over. Null when it holds no more. */
export async function findSession(clinic: Clinic, token: string): Promise<SignedIn | null> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash) return null
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  return clinic.database.transaction(actor, async transaction => {
    const session = await loadSession(transaction, tokenHash)
    if (!session) return null
    const decision = decideSession(session.times, transaction.now)
    if (!decision.allowed) {
      await deleteSession(transaction, tokenHash)
      return null
    }
    if (decision.isDueForMark) await markSession(transaction, tokenHash)
    return { ...session.staff, standing: session.standing }
  })
}
