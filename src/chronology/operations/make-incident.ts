import { recordAct } from '../../audit/operations/record-act.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { type CaseId, type IncidentId, makeId, parseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { type IncidentAccount, originOf } from '../incident.ts'
import { addIncident, addIncidentRevision, findFormAnswer, saveFormAnswer } from '../store.ts'

/**
 * Makes an incident with the next number of its case. The same form sent twice, even at once, makes one incident and
 * answers its id both times; numbers have no gaps because makers of one case wait for one another.
 */
export async function makeIncident(
  transaction: Transaction,
  caseId: CaseId,
  formToken: string,
  account: IncidentAccount,
): Promise<IncidentId> {
  const { actor } = transaction
  if (actor.kind !== 'person') throw new Fault('incident-needs-a-person', 'An incident is made by a person.')
  await lockForTransaction(transaction, 'incident', caseId)
  const token = `make-incident ${formToken}`
  const made = parseId<IncidentId>((await findFormAnswer(transaction, token)) ?? '')
  if (made) return made
  const incidentId = makeId<IncidentId>(transaction.now)
  await addIncident(transaction, caseId, { incidentId, by: actor.personId, formToken })
  const first = { revision: 1, by: actor.personId, reason: '', account }
  await addIncidentRevision(transaction, caseId, incidentId, first, await caseSealOf(transaction, caseId))
  await saveFormAnswer(transaction, token, incidentId)
  await recordAct(transaction, {
    verb: 'incident-made',
    caseId,
    part: 'chronology',
    subject: incidentId,
    detail: { origin: originOf(account) },
  })
  return incidentId
}
