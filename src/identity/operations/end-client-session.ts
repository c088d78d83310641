import { recordAct } from '../../audit/operations/record-act.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { deleteClientSession } from '../client-door-store.ts'
import { hashOfToken } from '../secret-token.ts'

/** Ends the client's session of a token, if there is one. */
export async function endClientSession(clinic: Clinic, token: string): Promise<void> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash) return
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  await clinic.database.transaction(actor, async transaction => {
    const ended = await deleteClientSession(transaction, tokenHash)
    if (ended) await recordAct(transaction, { verb: 'client-signed-out', caseId: ended.fileId })
  })
}
