import { mayAccess as isInSight } from '../../audit/operations/access-case.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { BundleInShort } from '../../bundle/bundle-request.ts'
import { listBundlesInShort } from '../../bundle/operations/load-bundles.ts'
import { type ConsentState, findConsentState } from '../../cases/consent.ts'
import type { ExceptionRequest } from '../../cases/exception.ts'
import type { CaseLine } from '../../cases/filed.ts'
import { findCaseLine } from '../../cases/operations/list-caseload.ts'
import { listExceptionStates } from '../../cases/operations/list-exceptions.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { findTimeLimits, type TimeLimit } from '../../chronology/time-limits.ts'
import { findChannelsAt } from '../../contact/contact-in-short.ts'
import { nameMapRulesOf } from '../../contact/operations/map-rules.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { type CalendarDay, dayAt } from '../../foundation/calendar-day.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { isSecondPhraseOpen } from '../../identity/operations/phrase-state.ts'
import { findOpenBreaches, type OrdersInShort } from '../../orders/orders-in-short.ts'
import { findReviewsInShort, type PlanInShort } from '../../plans/plan-in-short.ts'
import type { ReviewDue } from '../../plans/review-schedule.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type Glances, glanceParts } from '../glance.ts'
import { loadGlances } from './glances.ts'

/** A whole case at a glance, as far as this person may see it; null for what is left out. */
export type CaseOverview = {
  readonly line: CaseLine
  /** The zone of the case's times. */
  readonly zone: string
  /** The first account in a few words; null also where nothing of it is held. */
  readonly account: Glances['referral']
  readonly consents: readonly (Glances['consent'][number] & { readonly state: ConsentState })[] | null
  readonly evidence: Glances['evidence'] | null
  readonly incidents: (Glances['chronology'] & { readonly limits: readonly TimeLimit[] }) | null
  readonly bundles: readonly BundleInShort[] | null
  readonly appointments: Glances['appointment'] | null
  readonly plan: {
    readonly plan: PlanInShort
    readonly due: readonly ReviewDue[]
    readonly next: ReviewDue | null
  } | null
  /** With the possible breaches on which nobody has decided. */
  readonly orders:
    | (Pick<OrdersInShort, 'orders'> & {
        readonly openBreaches: ReturnType<typeof findOpenBreaches>
        readonly today: CalendarDay
      })
    | null
  /** Requests to share without consent, for those who may decide on one. */
  readonly exceptions: readonly Pick<ExceptionRequest, 'state'>[] | null
  /** How many things are on the access map, and how many days in its leak finder. */
  readonly map: Glances['map'] | null
  /** The client's channels as they are now, without their numbers. */
  readonly contactChannels: {
    readonly channels: ReturnType<typeof findChannelsAt>
    readonly zone: string
  } | null
}

/**
 * Opens each part that the person may see, which records the access, and takes what there is of it from its glance. What
 * depends on the hour, or on two parts, is found now by the rules of the rooms.
 */
export async function loadOverview(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CaseOverview | null> {
  const line = await findCaseLine(transaction, caseId)
  if (!line) return null
  const open = (part: CasePart) => openPartInSight(transaction, { caseId, part, mode: 'read' })
  for (const part of glanceParts) await open(part)
  const seesBundles = await open('bundle')
  const decides = await isInSight(transaction, { caseId, part: 'consent', mode: 'write' })
  const [glances, bundles, exceptions, zone] = await Promise.all([
    loadGlances(transaction, caseId),
    seesBundles ? listBundlesInShort(transaction, caseId) : null,
    decides ? listExceptionStates(transaction, caseId) : null,
    loadIncidentZone(transaction, caseId),
  ])
  const { referral, consent, evidence, appointment, map } = glances
  return {
    line,
    zone,
    account: referral ?? null,
    consents: consent?.map(each => ({ ...each, state: findConsentState(each, transaction.now) })) ?? null,
    evidence: evidence ?? null,
    ...overIncidents(glances, transaction.now, zone),
    bundles,
    appointments: appointment ?? null,
    exceptions,
    map: map ?? null,
    contactChannels: await findChannels(clinic, transaction, line, glances),
  }
}

/** What is judged by the incidents of the case; those who may not see them see what can be said without. */
function overIncidents(
  { chronology, plan, order }: Partial<Glances>,
  now: Date,
  zone: string,
): Pick<CaseOverview, 'incidents' | 'plan' | 'orders'> {
  const today = dayAt(now, zone)
  const incidents = chronology?.incidents ?? []
  const reviews = plan ? findReviewsInShort(plan, incidents, { zone, today }) : { due: [], next: null }
  return {
    incidents: chronology
      ? { ...chronology, limits: findTimeLimits(incidents, chronology.conduct, zone, now) }
      : null,
    plan: plan === undefined ? null : { plan, ...reviews },
    orders: order
      ? { orders: order.orders, openBreaches: findOpenBreaches(order, incidents, zone), today }
      : null,
  }
}

/** Rule S1: whether a channel may be used is decided at each look, and the database says whether the client may not be alone. */
async function findChannels(
  clinic: Clinic,
  transaction: Transaction,
  { caseId, state }: CaseLine,
  { contact }: Partial<Glances>,
): Promise<CaseOverview['contactChannels']> {
  if (!contact) return null
  const { timeZone: zone } = await loadProfile(transaction)
  const facts = {
    moment: transaction.now.getTime(),
    zone,
    isCaseOpen: state === 'open',
    isSecondPhraseOpen: contact.channels.length > 0 && (await isSecondPhraseOpen(transaction, caseId)),
  }
  return { channels: findChannelsAt(contact, facts, await nameMapRulesOf(clinic)), zone }
}
