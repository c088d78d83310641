import { daysThatCount } from '../../access-map/leaks/leak-log.ts'
import { loadInventory } from '../../access-map/operations/load-inventory.ts'
import { loadLeakLog } from '../../access-map/operations/load-leaks.ts'
import type { Appointment } from '../../appointments/appointment.ts'
import { listAppointments } from '../../appointments/operations/list-appointments.ts'
import { mayAccess as isInSight } from '../../audit/operations/access-case.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { BundleRequest } from '../../bundle/bundle-request.ts'
import { listBundles } from '../../bundle/operations/load-bundles.ts'
import type { CaseLine } from '../../cases/filed.ts'
import type { FirstAccount } from '../../cases/first-account.ts'
import { findCaseLine } from '../../cases/operations/list-caseload.ts'
import { type ConsentLine, listConsents } from '../../cases/operations/list-consents.ts'
import { type ExceptionLine, listExceptions } from '../../cases/operations/list-exceptions.ts'
import { loadFirstAccount } from '../../cases/operations/load-first-account.ts'
import { type IncidentList, listIncidents } from '../../chronology/operations/list-incidents.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { type CurrentChannels, listChannelsInSight } from '../../contact/operations/list-channels.ts'
import type { ListedItem } from '../../evidence/item.ts'
import { loadEvidence } from '../../evidence/operations/load-evidence.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { loadOrders, type OrdersOfCase } from '../../orders/operations/load-orders.ts'
import { loadPlanFile, type PlanFile } from '../../plans/operations/load-plan.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'

/** A whole case at a glance, as far as this person may see it; null for what is left out. */
export type CaseOverview = {
  readonly line: CaseLine
  /** The zone of the case's times. */
  readonly zone: string
  /** The referral answers, in short. */
  readonly account: FirstAccount | null
  readonly consents: readonly ConsentLine[] | null
  readonly evidence: readonly ListedItem[] | null
  readonly incidents: IncidentList | null
  readonly bundles: readonly BundleRequest[] | null
  readonly appointments: readonly Appointment[] | null
  readonly plan: PlanFile | null
  readonly orders: OrdersOfCase | null
  /** Requests to share without consent, for those who may decide on one. */
  readonly exceptions: readonly ExceptionLine[] | null
  /** How many things are on the access map, and how many days in its leak finder. */
  readonly map: { readonly things: number; readonly days: number } | null
  /** The client's channels as they are now, without their numbers. */
  readonly contactChannels: CurrentChannels | null
}

/**
 * Opens each part that the person may see, which records the access, and asks the room that owns it. What does not wait for
 * anything else is asked at once.
 */
export async function loadOverview(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CaseOverview | null> {
  const line = await findCaseLine(transaction, caseId)
  if (!line) return null
  const opened = async <Found>(part: CasePart, load: () => Promise<Found>): Promise<Found | null> =>
    (await openPartInSight(transaction, { caseId, part, mode: 'read' })) ? load() : null
  // Read once for the page: the plan and the orders judge by the same incidents.
  const incidents = opened('chronology', () => listIncidents(transaction, caseId))
  const parties = opened('consent', () => listConsents(transaction, caseId))
  const looked = async () => ({
    incidents: (await incidents)?.incidents ?? null,
    consents: await parties,
  })
  const [seen, account, consents, exceptions, evidence, bundles, appointments, plan, orders, map, channels] =
    await Promise.all([
      incidents,
      opened('referral', () => loadFirstAccount(transaction, caseId)),
      parties,
      opened('consent', () => loadExceptions(transaction, caseId)),
      opened('evidence', async () => (await loadEvidence(transaction, caseId)).items),
      opened('bundle', async () => (await listBundles(transaction, caseId)).bundles),
      opened('appointment', async () => (await listAppointments(transaction, caseId)).appointments),
      opened('plan', async () => loadPlanFile(clinic, transaction, caseId, await looked())),
      opened('order', async () => loadOrders(clinic, transaction, caseId, await looked())),
      opened('map', () => countMap(clinic, transaction, caseId)),
      listChannelsInSight(clinic, transaction, caseId),
    ])
  return {
    line,
    zone: await loadIncidentZone(transaction, caseId),
    contactChannels: channels,
    account,
    consents: consents?.lines ?? null,
    exceptions,
    evidence,
    incidents: seen,
    bundles,
    appointments,
    plan,
    orders,
    map,
  }
}

/** The requests to share without consent, for those who may decide on one. */
async function loadExceptions(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly ExceptionLine[] | null> {
  if (!(await mayChangeConsents(transaction, caseId))) return null
  return (await listExceptions(transaction, caseId)).requests
}

/** Whether somebody may decide on consents: said by the rule of sight, and no access to anything. */
const mayChangeConsents = (transaction: Transaction, caseId: CaseId): Promise<boolean> =>
  isInSight(transaction, { caseId, part: 'consent', mode: 'write' })

async function countMap(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<NonNullable<CaseOverview['map']>> {
  const [{ inventory }, { log }] = await Promise.all([
    loadInventory(clinic, transaction, caseId),
    loadLeakLog(clinic, transaction, caseId),
  ])
  return {
    things: inventory.things.filter(each => !each.isGone).length,
    days: daysThatCount(log).length,
  }
}
