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

/** Opens each part that the person may see, which records the access, and asks the room that owns it. */
export async function loadOverview(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CaseOverview | null> {
  const line = await findCaseLine(transaction, caseId)
  if (!line) return null
  const mayLook = (part: CasePart) => openPartInSight(transaction, { caseId, part, mode: 'read' })
  const account = (await mayLook('referral')) ? await loadFirstAccount(transaction, caseId) : null
  const consents = (await mayLook('consent')) ? (await listConsents(transaction, caseId)).lines : null
  const evidence = (await mayLook('evidence')) ? (await loadEvidence(transaction, caseId)).items : null
  // Read once for the page: the plan and the orders judge by the same incidents.
  const incidents = (await mayLook('chronology')) ? await listIncidents(transaction, caseId) : null
  const looked = { incidents: incidents?.incidents ?? null }
  return {
    line,
    zone: await loadIncidentZone(transaction, caseId),
    contactChannels: await listChannelsInSight(clinic, transaction, caseId),
    account,
    consents,
    exceptions:
      consents && (await mayChangeConsents(transaction, caseId))
        ? (await listExceptions(transaction, caseId)).requests
        : null,
    evidence,
    incidents,
    bundles: (await mayLook('bundle')) ? (await listBundles(transaction, caseId)).bundles : null,
    appointments: (await mayLook('appointment'))
      ? (await listAppointments(transaction, caseId)).appointments
      : null,
    plan: (await mayLook('plan')) ? await loadPlanFile(clinic, transaction, caseId, looked) : null,
    orders: (await mayLook('order')) ? await loadOrders(clinic, transaction, caseId, looked) : null,
    map: (await mayLook('map')) ? await countMap(clinic, transaction, caseId) : null,
  }
}

/** Whether somebody may decide on consents: said by the rule of sight, and no access to anything. */
const mayChangeConsents = (transaction: Transaction, caseId: CaseId): Promise<boolean> =>
  isInSight(transaction, { caseId, part: 'consent', mode: 'write' })

async function countMap(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<NonNullable<CaseOverview['map']>> {
  const { inventory } = await loadInventory(clinic, transaction, caseId)
  const { log } = await loadLeakLog(clinic, transaction, caseId)
  return {
    things: inventory.things.filter(each => !each.isGone).length,
    days: daysThatCount(log).length,
  }
}
