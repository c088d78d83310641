import { recordAct } from '../../audit/operations/record-act.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { deleteClientSession } from '../client-sign-in-store.ts'
import { hashOfToken } from '../secret-token.ts'

/**
 * Ends the client's session of a token, if there is one, and records that somebody signed out. Where other words take
 * its place in the same browser, that is not recorded: a line at that hour, without the sign-in that followed it in the
 * other file, would tell the client's own page of who looked that there were other words (S4).
 */
export async function endClientSession(
  clinic: Clinic,
  token: string,
  how: 'signed-out' | 'replaced' = 'signed-out',
): Promise<void> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash) return
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  await clinic.database.transaction(actor, async transaction => {
    const ended = await deleteClientSession(transaction, tokenHash)
    if (ended && how === 'signed-out')
      await recordAct(transaction, { verb: 'client-signed-out', caseId: ended.fileId })
  })
}
