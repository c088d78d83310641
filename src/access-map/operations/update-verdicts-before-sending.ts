import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { lockMap } from '../store.ts'
import { loadInventory } from './load-inventory.ts'
import { loadLockOut } from './load-lock-out.ts'
import { updateChannelVerdicts } from './update-channel-verdicts.ts'

/**
 * Calculates again what the map says of a client's channels, before something is sent to them: by the answers, their
 * age, the steps that are done and the catalogue at this moment (rule S1). If it cannot be calculated, nothing is
 * sent: it throws, and the queue tries again later.
 */
export async function updateVerdictsBeforeSending(clinic: Clinic, caseId: CaseId): Promise<void> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-send-message' } as const
  await withCase(clinic.database, actor, { caseId, part: 'map', mode: 'write' }, async transaction => {
    await lockMap(transaction, caseId)
    const { inventory } = await loadInventory(clinic, transaction, caseId)
    const { lockOut } = await loadLockOut(clinic, transaction, caseId)
    await updateChannelVerdicts(clinic, transaction, caseId, { inventory, lockOut }, null)
  })
}
