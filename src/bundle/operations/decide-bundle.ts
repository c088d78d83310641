import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { BundleId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { askForJob } from '../../platform/jobs.ts'
import { decideApproval, type RefusedApproval } from '../bundle-request.ts'
import { findOpenChoices } from '../exhibit-choice.ts'
import { loadBundles, saveDecision } from '../store.ts'
import { weighExhibits } from './weigh-exhibits.ts'

/**
 * Approves or refuses a bundle that somebody else asked for. Approval asks for it to be built, in the same
 * transaction. Null when there is no such bundle.
 */
export async function decideBundle(
  transaction: Transaction,
  caseId: CaseId,
  bundleId: BundleId,
  decided: { readonly approve: boolean; readonly by: PersonId; readonly note: string },
): Promise<Decision<object, RefusedApproval> | null> {
  const [request] = await loadBundles(transaction, caseId, { bundleId, lock: true })
  if (!request) return null
  const decision = decideApproval(request, decided.by)
  if (!decision.allowed) return decision
  if (decided.approve) {
    // What would leave is checked again: an exhibit may have come in, or been read again, since it was asked for.
    const exhibits = await weighExhibits(transaction, caseId, request.choices.records)
    if (!exhibits) return { allowed: false, because: 'exhibits-not-seen' }
    if (findOpenChoices(exhibits, request.choices.exhibits).length > 0)
      return { allowed: false, because: 'choices-open' }
  }
  await saveDecision(transaction, caseId, bundleId, {
    state: decided.approve ? 'building' : 'refused',
    by: decided.by,
    note: decided.note,
  })
  if (decided.approve)
    await askForJob(transaction, 'build-bundle', { caseId, bundleId }, { key: `build-bundle ${bundleId}` })
  const verb = decided.approve ? 'bundle-approved' : 'bundle-refused'
  await recordAct(transaction, { verb, caseId, part: 'bundle', subject: bundleId })
  return decision
}
