import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { findConflicts } from '../conflict.ts'
import type { Unknown } from '../eligibility.ts'
import type { RedFlag, Urgency } from '../red-flags.ts'
import { isGone, type KeptDecision } from '../referral.ts'
import { addTriage, changeReferral } from '../store.ts'
import { decideUrgency, findMissingReason, type StalkerType, type TypeReason } from '../triage.ts'
import { findNameCandidates } from './find-name-candidates.ts'
import { takeUpReferral } from './match-names.ts'

export type TriageChoice = {
  readonly type: StalkerType
  readonly typeReasons: readonly TypeReason[]
  readonly flags: readonly RedFlag[]
  readonly judgement: Urgency
  readonly note: string
  /** What was not known and has been asked since, with the answer. */
  readonly settled: readonly Unknown[]
}

const resultSchema = z.union([
  z.object({ allowed: z.literal(true), urgency: z.enum(['today', 'two-days', 'seven-days', 'routine']) }),
  z.object({ allowed: z.literal(false), because: z.enum(['not-found', 'reason-missing']) }),
])
export type TriageResult = Decision<{ readonly urgency: Urgency }, 'not-found' | 'reason-missing'>

/** Settles the working type with its reasons, and the urgency, which judgement may raise and never lower. */
export async function triageReferral(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  choice: TriageChoice,
  formToken: string | null,
): Promise<TriageResult> {
  return doOnce(
    transaction,
    'triage',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      const referral = await takeUpReferral(transaction, caseId)
      if (!referral || isGone(referral.state)) return { allowed: false, because: 'not-found' }
      if (findMissingReason(choice.type, choice.typeReasons))
        return { allowed: false, because: 'reason-missing' }
      const { urgency, reasons } = decideUrgency(choice.flags, referral.answers.dangerNow, choice.judgement)
      const names = { client: referral.clientName, suspect: referral.suspectName }
      const candidates = await findNameCandidates(transaction, caseId, [names.client, names.suspect])
      await addTriage(transaction, caseId, by, {
        type: choice.type,
        typeReasons: choice.typeReasons,
        urgency,
        urgencyReasons: reasons,
        conflicts: findConflicts(names, candidates).map(({ kind, likeness }) => ({ kind, likeness })),
        note: choice.note,
      })
      const decision = settle(referral.decision, choice.settled)
      // The referral answers stay as they were: the flags of the triage are its own.
      await changeReferral(transaction, caseId, { state: 'triaged', decision, urgency })
      await recordAct(transaction, {
        verb: 'referral-triaged',
        caseId,
        detail: { urgency, type: choice.type },
      })
      return { allowed: true, urgency }
    },
  )
}

function settle(decision: KeptDecision, settled: readonly Unknown[]): KeptDecision {
  const ask = decision.ask.filter(each => !settled.includes(each))
  return {
    ...decision,
    ask,
    outcome: decision.outcome === 'ask' && ask.length === 0 ? 'ours' : decision.outcome,
  }
}
