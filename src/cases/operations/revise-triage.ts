import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { loadCaseState } from '../closing-store.ts'
import type { YesNoUnknown } from '../eligibility.ts'
import type { RedFlag, Urgency } from '../red-flags.ts'
import { addTriage } from '../store.ts'
import { decideUrgency, type StalkerType, type TypeReason } from '../triage.ts'
import { decideRevision, type RevisionRefusal, revisionRefusals } from '../triage-revision.ts'
import { changeCaseLine } from '../triage-store.ts'
import { loadLatestTriage } from './load-triage-history.ts'

export type RevisionChoice = {
  readonly type: StalkerType
  readonly typeReasons: readonly TypeReason[]
  readonly dangerNow: YesNoUnknown
  /** What holds now: what was dealt with is not among them, and `why` says so. */
  readonly flags: readonly RedFlag[]
  readonly judgement: Urgency
  readonly why: string
  /** The revision that the person writing had before them, 0 for none. */
  readonly seen: number
}

const resultSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: z.enum(revisionRefusals) }),
])

/**
 * Revises the working type and the urgency of a case that is open for changing its triage: a new row beside the earlier
 * ones, with its reasons, who and when. When two people revise at once, the second one is told.
 */
export async function reviseTriage(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  choice: RevisionChoice,
  formToken: string | null,
): Promise<Decision<object, RevisionRefusal>> {
  return doOnce(
    transaction,
    'revise-triage',
    formToken,
    kept => resultSchema.parse(kept),
    () => revise(transaction, by, caseId, choice),
  )
}

async function revise(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  choice: RevisionChoice,
): Promise<z.output<typeof resultSchema>> {
  await lockForTransaction(transaction, 'triage', caseId)
  const state = await loadCaseState(transaction, caseId)
  if (!state) return { allowed: false, because: 'not-in-sight' }
  const latest = await loadLatestTriage(transaction, caseId)
  const decision = decideRevision(latest?.triageId ?? 0, choice.seen, choice, state)
  if (!decision.allowed) return { allowed: false, because: decision.because }
  const { urgency, reasons } = decideUrgency(choice.flags, choice.dangerNow, choice.judgement)
  const { type, typeReasons, why } = choice
  await addTriage(transaction, caseId, by, {
    type,
    typeReasons,
    urgency,
    urgencyReasons: reasons,
    conflicts: [],
    note: why,
  })
  await changeCaseLine(transaction, caseId, { type, urgency })
  await recordAct(transaction, {
    verb: 'triage-revised',
    caseId,
    part: 'triage',
    detail: { type, urgency, from: latest && { type: latest.type, urgency: latest.urgency } },
  })
  return { allowed: true }
}
