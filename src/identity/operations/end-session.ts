import { recordAct } from '../../audit/operations/record-act.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { hashOfToken } from '../secret-token.ts'
import { deleteSession } from '../session-store.ts'

/** Ends the session of a token, if there is one. */
export async function endSession(clinic: Clinic, token: string): Promise<void> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash) return
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  await clinic.database.transaction(actor, async transaction => {
    const personId = await deleteSession(transaction, tokenHash)
    if (personId) await recordAct(transaction, { verb: 'signed-out', subject: personId })
  })
}
