import { accessCase } from '../../audit/operations/access-case.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import { loadSealedFields } from '../../cases/operations/reveal-contact.ts'
import { loadContactPlan } from '../../contact/operations/load-plan.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { type OwnDetails, readOwnDetails, writeOwnDetails } from '../giveaways/own-details.ts'

/**
 * The channels to the client, for the program to compare files with: from the referral and from what was agreed with
 * them since, also what was taken out again. For a job alone, because no person sees what is opened here (S6). `token`
 * tells whether two searches were made for the same details, and nothing about them.
 */
export async function loadOwnDetails(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly details: OwnDetails; readonly token: string }> {
  if (transaction.actor.kind !== 'task')
    throw new Fault(
      'own-details-need-a-job',
      'Details of a client are compared by the program, not by a person.',
    )
  await accessCase(transaction, { caseId, part: 'contact', mode: 'read' })
  const fields = await loadSealedFields(clinic, transaction, caseId)
  const agreed = await loadContactPlan(clinic, transaction, caseId)
  const channels = agreed?.plan.channels ?? []
  const others = [
    ...fields.filter(({ kind }) => kind === 'other-way').map(({ text }) => text),
    ...channels.filter(({ kind }) => kind === 'other' || kind === 'post').map(({ value }) => value),
  ]
  const details = readOwnDetails(
    [
      ...fields.filter(({ kind }) => kind !== 'other-way').map(({ text }) => text),
      ...channels.map(({ value }) => value),
    ],
    others.map(text =>
      text.replace(/ \((?:safe to use|not safe: do not use|not known to be safe: do not use)\)$/, ''),
    ),
  )
  const seal = await openCaseSeal(clinic, transaction, caseId)
  return { details, token: seal.fingerprintOf('own-details', writeOwnDetails(details)) }
}
