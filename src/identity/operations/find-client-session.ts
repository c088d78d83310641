import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { PageRequest } from '../../web/request.ts'
import { clientCookie, decideClientSession } from '../client-session.ts'
import { deleteClientSession, loadClientSession, markClientSession } from '../client-sign-in-store.ts'
import { hashOfToken } from '../secret-token.ts'

/**
 * Finds what the session that a browser carries lets in to, marks it as seen, and ends it when its time is over or the
 * case is closed. Nothing above this learns which phrase began it.
 */
export async function findClientSession(
  request: Pick<PageRequest, 'cookies'>,
  clinic: Clinic,
): Promise<{ readonly fileId: CaseId } | null> {
  const tokenHash = hashOfToken(request.cookies.get(clientCookie) ?? '')
  if (!tokenHash) return null
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  return clinic.database.transaction(actor, async transaction => {
    const session = await loadClientSession(transaction, tokenHash)
    const decision = session && decideClientSession(session.times, transaction.now)
    if (!session || !decision?.allowed) {
      await deleteClientSession(transaction, tokenHash)
      return null
    }
    if (decision.isDueForMark) await markClientSession(transaction, tokenHash)
    return { fileId: session.fileId }
  })
}
