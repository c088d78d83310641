import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { VerbOfCase } from '../../audit/verb.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { dayAt, morningOf } from '../../foundation/calendar-day.ts'
import { type ActionId, type CaseId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { askForJob } from '../../platform/jobs.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { gateKinds } from '../action.ts'
import { decidePlanChange, type PlanChange, planRefusals } from '../plan-change.ts'
import { findNextByDate } from '../review-schedule.ts'
import { loadPlan, planRevisions } from './load-plan.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true), revision: z.number(), subject: z.string() }),
  z.object({
    allowed: z.literal(false),
    because: z.enum(planRefusals),
    gates: z.array(z.enum(gateKinds)).optional(),
    message: z.string().optional(),
  }),
])
export type PlanResult = z.output<typeof resultSchema>

const verbs: Readonly<Record<PlanChange['kind'], VerbOfCase>> = {
  make: 'plan-made',
  add: 'plan-actions-added',
  revise: 'plan-action-changed',
  step: 'plan-action-moved-on',
  review: 'plan-reviewed',
  changed: 'plan-change-told',
  close: 'plan-closed',
  reopen: 'plan-reopened',
}

/**
 * Changes the plan of a case that is open for writing it, as a new revision. Two people who change it at once follow
 * one another. The second one is told when what they saw is out of date.
 */
export async function changePlan(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  change: PlanChange,
  formToken: string | null,
): Promise<PlanResult> {
  return doOnce(
    transaction,
    'change-plan',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      await lockForTransaction(transaction, 'plan', caseId)
      const found = await loadPlan(clinic, transaction, caseId)
      const { now } = transaction
      const next = (found?.revision ?? 0) + 1
      const zone = await loadIncidentZone(transaction, caseId)
      const today = dayAt(now, zone)
      const decision = decidePlanChange(found?.plan ?? null, change, {
        next,
        today,
        now,
        by,
        makeActionId: () => makeId<ActionId>(now),
      })
      if (!decision.allowed) return resultSchema.parse(decision)
      const { plan } = decision
      const nextReviewOn = findNextByDate(plan)?.on ?? null
      await planRevisions.add(
        clinic,
        transaction,
        by,
        caseId,
        { revision: next, change: decision.code, kept: plan },
        { state: plan.closing ? 'closed' : 'open', next_review_on: nextReviewOn },
      )
      if (nextReviewOn !== null) {
        const options = { key: `review-due ${caseId}`, runAt: morningOf(nextReviewOn, zone) }
        await askForJob(transaction, 'review-due', { caseId }, options)
      }
      const subject = decision.subject === '' ? {} : { subject: decision.subject }
      const detail = { revision: next, change: decision.code }
      await recordAct(transaction, { verb: verbs[change.kind], caseId, part: 'plan', ...subject, detail })
      return { allowed: true, revision: next, subject: decision.subject }
    },
  )
}
