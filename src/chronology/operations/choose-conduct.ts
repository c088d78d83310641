import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, IncidentId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { type Conduct, conductSchema, takeTicks } from '../conduct.ts'
import { addChoice } from '../conduct-store.ts'
import { loadIncidentsInShort } from '../incident-list-store.ts'
import { fieldOfChoice, loadConduct } from './load-conduct.ts'

/** What came from one page of the form. */
export type ConductForm = Pick<Conduct, 'statementOn' | 'evidenceOn' | 'why'> & {
  /** The incidents that stood on the page, so that what stands on others stays. */
  readonly shown: readonly IncidentId[]
  readonly conduct: readonly string[]
  readonly assaults: readonly string[]
  /** The revision the person had before them; 0 for none. */
  readonly seen: number
}

/**
 * Keeps which incidents a person takes for one course of conduct, as a new revision with their name; the ones before it
 * stay. Of two at once the second is told.
 */
export async function chooseConduct(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  form: ConductForm,
): Promise<Decision<object, 'changed-meanwhile'>> {
  await lockForTransaction(transaction, 'conduct', caseId)
  const before = await loadConduct(transaction, caseId)
  if ((before?.revision ?? 0) !== form.seen) return { allowed: false, because: 'changed-meanwhile' }
  const named = [...(before?.incidents ?? []), ...(before?.assaults ?? []), ...form.shown]
  const { incidents } = await loadIncidentsInShort(transaction, caseId, named)
  const all = incidents.map(each => each.incidentId)
  const isShown = new Set<string>(form.shown)
  const chosen: Conduct = {
    incidents: takeTicks(before?.incidents ?? [], form.shown, form.conduct, all),
    assaults: takeTicks(before?.assaults ?? [], form.shown, form.assaults, all),
    statementOn: form.statementOn,
    evidenceOn: form.evidenceOn,
    why: form.why,
    // Only what stood on a page was looked at.
    highest: Math.max(
      before?.highest ?? 0,
      ...incidents.filter(each => isShown.has(each.incidentId)).map(each => each.number),
    ),
  }
  const revision = form.seen + 1
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const text = JSON.stringify(conductSchema.parse(chosen))
  await addChoice(transaction, caseId, {
    revision,
    by,
    sealed: await seal.seal(fieldOfChoice(revision), text),
  })
  await recordAct(transaction, {
    verb: 'conduct-chosen',
    caseId,
    part: 'chronology',
    detail: { revision },
  })
  return { allowed: true }
}
