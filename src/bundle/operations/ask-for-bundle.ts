import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type AgencyId, type BundleId, type CaseId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import {
  type BundlePurpose,
  decideRequest,
  type RefusedRequest,
  type RequestedChoices,
} from '../bundle-request.ts'
import { findOpenChoices, keepChoices } from '../exhibit-choice.ts'
import { addBundle, loadBundles, loadRecipients } from '../store.ts'
import { weighExhibits } from './weigh-exhibits.ts'

/**
 * Asks for a bundle of a case that is open for changing its bundles. The same form sent twice is one request.
 */
export async function askForBundle(
  transaction: Transaction,
  caseId: CaseId,
  asked: {
    readonly purpose: BundlePurpose
    readonly forAgency: AgencyId | null
    readonly choices: RequestedChoices
    readonly askedBy: PersonId
    readonly formToken: string | null
  },
): Promise<Decision<{ readonly bundleId: BundleId }, RefusedRequest>> {
  const [before] = asked.formToken
    ? await loadBundles(transaction, caseId, { formToken: asked.formToken })
    : []
  if (before) return { allowed: true, bundleId: before.bundleId }
  await openPartInSight(transaction, { caseId, part: 'consent', mode: 'read' })
  const recipients = await loadRecipients(transaction, caseId)
  const decision = decideRequest(
    asked.purpose,
    asked.forAgency,
    recipients.map(recipient => recipient.agencyId),
  )
  if (!decision.allowed) return decision
  const exhibits = await weighExhibits(transaction, caseId, asked.choices.records)
  if (!exhibits) return { allowed: false, because: 'exhibits-not-seen' }
  if (findOpenChoices(exhibits, asked.choices.exhibits).length > 0)
    return { allowed: false, because: 'choices-open' }
  const chosen = keepChoices(exhibits, asked.choices.exhibits)
  const choices = { ...asked.choices, exhibits: chosen }
  const bundleId = makeId<BundleId>(transaction.now)
  const forAgency = asked.purpose === 'police-report' ? asked.forAgency : null
  await addBundle(transaction, caseId, { ...asked, choices, forAgency, bundleId })
  // The same form was sent twice at once: the second insert waited for the first and did nothing.
  const [kept] = asked.formToken ? await loadBundles(transaction, caseId, { formToken: asked.formToken }) : []
  if (kept && kept.bundleId !== bundleId) return { allowed: true, bundleId: kept.bundleId }
  await recordAct(transaction, {
    verb: 'bundle-asked-for',
    caseId,
    part: 'bundle',
    subject: bundleId,
    detail: { purpose: asked.purpose },
  })
  return { allowed: true, bundleId }
}
