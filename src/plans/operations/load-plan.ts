import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { listConsents } from '../../cases/operations/list-consents.ts'
import { sealedRevisions } from '../../cases/operations/sealed-revisions.ts'
import type { Incident } from '../../chronology/incident.ts'
import { listIncidents } from '../../chronology/operations/list-incidents.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { listAgencies } from '../../directory/operations/list-agencies.ts'
import { type CalendarDay, dayAt } from '../../foundation/calendar-day.ts'
import type { AgencyId, CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import { findOccurrences } from '../find-occurrences.ts'
import { followCards } from '../follow-cards.ts'
import { type Plan, planSchema } from '../plan.ts'
import { findNextByDate, findReviewsDue, type ReviewDue } from '../review-schedule.ts'
import { loadCardStates, loadOrderTriggers } from '../store.ts'

/** The revisions of the plan of a case. */
export const planRevisions = sealedRevisions<Plan>('plan_revision', 'plan', planSchema)

/**
 * The plan of a case that is open for it, or null while there is none; up to a revision if one is named. In the
 * current revision every action that was made from a card has the state of its card.
 */
export async function loadPlan(
  clinic: Clinic,
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
    plan: follows
      ? followCards(
          plan,
          await onceInVisit(transaction, `card-states ${caseId}`, () => loadCardStates(transaction, caseId)),
        )
      : plan,
  }
}

export type PlanAgency = { readonly agencyId: AgencyId; readonly name: string; readonly isParty: boolean }

/** A plan with everything that is beside it on a page. */
export type PlanFile = {
  readonly revision: number
  readonly plan: Plan | null
  readonly zone: string
  readonly today: CalendarDay
  readonly due: readonly ReviewDue[]
  readonly next: ReviewDue | null
  /** Every agency of the clinic, so that an owner who is no longer a party is still named. */
  readonly agencies: readonly PlanAgency[]
  /** False when this person may not see incidents, so that none of them asked for a review. */
  readonly knowsIncidents: boolean
}

/**
 * The plan with its reviews and its parties. Incidents and consents are opened only if this person may see them, and
 * each access is recorded. The others are left out.
 *
 * @param known the incidents, when the caller has opened them in this transaction already: null when they are not
 *   this person's to see
 */
export async function loadPlanFile(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  known?: { readonly incidents: readonly Incident[] | null },
): Promise<PlanFile> {
  const zone = await loadIncidentZone(transaction, caseId)
  const today = dayAt(transaction.now, zone)
  const mayLook = (part: 'chronology' | 'consent') =>
    openPartInSight(transaction, { caseId, part, mode: 'read' })
  const loadNow = async () =>
    (await mayLook('chronology')) ? (await listIncidents(transaction, caseId)).incidents : null
  const loadParties = async () =>
    (await mayLook('consent'))
      ? (await listConsents(transaction, caseId)).lines
          .filter(line => line.state === 'in-force')
          .map(line => line.agencyId)
      : null
  const [found, incidents, parties, all, triggers] = await Promise.all([
    loadPlan(clinic, transaction, caseId),
    known ? known.incidents : loadNow(),
    loadParties(),
    listAgencies(transaction),
    loadOrderTriggers(transaction, caseId),
  ])
  const agencies = all.map(({ agencyId, name }) => ({
    agencyId,
    name,
    isParty: parties === null || parties.includes(agencyId),
  }))
  const plan = found?.plan ?? null
  const ofOrders = triggers.map(each => ({
    kind: each.trigger,
    at: each.at.toISOString(),
  }))
  const occurrences = plan ? findOccurrences(incidents ?? [], [...plan.changes, ...ofOrders], zone) : []
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
