import { recordAct } from '../../audit/operations/record-act.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, IncidentId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import type { IncidentAccount, IncidentRevision } from '../incident.ts'
import { addIncidentRevision, findFormAnswer, loadRevisions, saveFormAnswer } from '../store.ts'

export type Revising =
  | { readonly kind: 'revised'; readonly revision: number }
  /** Somebody revised it after this form was opened: both are shown, and a person decides. */
  | { readonly kind: 'stale'; readonly newest: IncidentRevision }
  | { readonly kind: 'no-such-incident' }

/**
 * Adds a revision to an incident; the ones before it stay. `base` is the revision that the form was filled in from:
 * when another one came in between, nothing is saved and the newer one is answered.
 */
export async function reviseIncident(
  transaction: Transaction,
  caseId: CaseId,
  incidentId: IncidentId,
  form: {
    readonly token: string
    readonly base: number
    readonly reason: string
    readonly account: IncidentAccount
  },
): Promise<Revising> {
  const { actor } = transaction
  if (actor.kind !== 'person')
    throw new Fault('incident-needs-a-person', 'An incident is revised by a person.')
  await lockForTransaction(transaction, 'incident', caseId)
  const token = `revise-incident ${form.token}`
  const saved = await findFormAnswer(transaction, token)
  if (saved !== null) return { kind: 'revised', revision: Number(saved) }
  const seal = await caseSealOf(transaction, caseId)
  const newest = (await loadRevisions(transaction, caseId, seal, incidentId)).at(-1)?.revision
  if (!newest) return { kind: 'no-such-incident' }
  if (newest.revision !== form.base) return { kind: 'stale', newest }
  const revision = newest.revision + 1
  const { reason, account } = form
  await addIncidentRevision(
    transaction,
    caseId,
    incidentId,
    { revision, by: actor.personId, reason, account },
    seal,
  )
  await saveFormAnswer(transaction, token, String(revision))
  await recordAct(transaction, {
    verb: 'incident-revised',
    caseId,
    part: 'chronology',
    subject: incidentId,
    detail: { revision },
  })
  return { kind: 'revised', revision }
}
