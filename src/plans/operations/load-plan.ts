import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { listParties, type Party } from '../../cases/operations/list-consents.ts'
import { sealedRevisions } from '../../cases/operations/sealed-revisions.ts'
import { listNewestIncidents } from '../../chronology/operations/list-incidents.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { listAgencies } from '../../directory/operations/list-agencies.ts'
import { type CalendarDay, dayAt } from '../../foundation/calendar-day.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import { findOccurrences } from '../find-occurrences.ts'
import { followCards } from '../follow-cards.ts'
import { type Plan, planSchema } from '../plan.ts'
import { type PlanInShort, planInShort } from '../plan-in-short.ts'
import { findNextByDate, findReviewsDue, type ReviewDue } from '../review-schedule.ts'
import { type FollowedByPlan, loadFollowedByPlan } from '../store.ts'

/** The revisions of the plan of a case. */
export const planRevisions = sealedRevisions<Plan>('plan_revision', 'plan', planSchema)

/**
 * The plan of a case that is open for it, or null while there is none; up to a revision if one is named. In the
 * current revision every action that was made from a card has the state of its card.
 */
export async function loadPlan(
  clinic: Pick<Clinic, 'clinicId'>,
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly plan: Plan } | null> {
  const found = await planRevisions.load(clinic, transaction, caseId, upTo)
  if (!found) return null
  const plan = found.kept
  const follows = upTo === undefined && plan.actions.some(each => each.cardId !== null)
  return {
    revision: found.revision,
    plan: follows ? followCards(plan, (await loadFollowed(transaction, caseId)).cards) : plan,
  }
}

const loadFollowed = (transaction: Transaction, caseId: CaseId): Promise<FollowedByPlan> =>
  onceInVisit(transaction, `followed-by-plan ${caseId}`, () => loadFollowedByPlan(transaction, caseId))

/** The days of the plan and its reviews, and when something asked for one. */
export async function loadPlanInShort(transaction: Transaction, caseId: CaseId): Promise<PlanInShort> {
  const [found, { ofOrders }] = await Promise.all([
    planRevisions.load(transaction.actor, transaction, caseId),
    loadFollowed(transaction, caseId),
  ])
  return planInShort(
    found?.kept ?? null,
    ofOrders.map(({ at }) => at),
  )
}

/** A plan with everything that is beside it on a page. */
export type PlanFile = {
  readonly revision: number
  readonly plan: Plan | null
  readonly zone: string
  readonly today: CalendarDay
  readonly due: readonly ReviewDue[]
  readonly next: ReviewDue | null
  /** Every agency of the clinic, so that an owner who is no longer a party is still named. */
  readonly agencies: readonly Party[]
  /** False when this person may not see incidents, so that none of them asked for a review. */
  readonly knowsIncidents: boolean
}

/** The agencies that may own an action. Consents are opened only if this person may see them. */
async function loadParties(transaction: Transaction, caseId: CaseId): Promise<readonly Party[]> {
  if (await openPartInSight(transaction, { caseId, part: 'consent', mode: 'read' }))
    return listParties(transaction, caseId)
  return (await listAgencies(transaction)).map(({ agencyId, name }) => ({ agencyId, name, isParty: true }))
}

/** The plan and those who may own an action of it, where no review is shown. */
export async function loadPlanToAdd(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<Pick<PlanFile, 'plan' | 'agencies'>> {
  const [found, agencies] = await Promise.all([
    loadPlan(clinic, transaction, caseId),
    loadParties(transaction, caseId),
  ])
  return { plan: found?.plan ?? null, agencies }
}

/**
 * The plan with its reviews and its parties. Incidents and consents are opened only if this person may see them, and
 * each access is recorded. The others are left out.
 */
export async function loadPlanFile(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<PlanFile> {
  const zone = await loadIncidentZone(transaction, caseId)
  const today = dayAt(transaction.now, zone)
  const loadNow = async () =>
    (await openPartInSight(transaction, { caseId, part: 'chronology', mode: 'read' }))
      ? listNewestIncidents(transaction, caseId)
      : null
  const [found, incidents, agencies, { ofOrders }] = await Promise.all([
    loadPlan(clinic, transaction, caseId),
    loadNow(),
    loadParties(transaction, caseId),
    loadFollowed(transaction, caseId),
  ])
  const plan = found?.plan ?? null
  const changes = ofOrders.map(({ trigger, at }) => ({ kind: trigger, at: at.toISOString() }))
  const occurrences = plan ? findOccurrences(incidents ?? [], [...plan.changes, ...changes], zone) : []
  return {
    revision: found?.revision ?? 0,
    plan,
    zone,
    today,
    due: plan ? findReviewsDue(plan, occurrences, today) : [],
    next: plan && findNextByDate(plan),
    agencies,
    knowsIncidents: incidents !== null,
  }
}
