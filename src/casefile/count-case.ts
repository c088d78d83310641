import type { Appointment } from '../appointments/appointment.ts'
import type { BundleRequest } from '../bundle/bundle-request.ts'
import type { Consent, ConsentState } from '../cases/consent.ts'
import type { ExceptionRequest } from '../cases/exception.ts'
import { type Conduct, countUnlooked } from '../chronology/conduct.ts'
import type { Incident } from '../chronology/incident.ts'
import { findNearestLimit, type TimeLimit } from '../chronology/time-limits.ts'
import type { ReadingCounts } from '../evidence/reading-status.ts'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { FiledOrder } from '../orders/breach.ts'
import { findExpiry } from '../orders/expiry.ts'
import type { CaseCounts } from './next-things.ts'

/** Counts what a case holds, for choosing what to do next. Parts that are left out stay null. */
export function countCase(
  overview: {
    readonly consents: readonly (Pick<Consent, 'inForceUntil'> & { readonly state: ConsentState })[] | null
    readonly evidence: ReadingCounts | null
    readonly incidents: {
      readonly incidents: readonly Pick<Incident, 'number'>[]
      readonly conduct: Pick<Conduct, 'highest'> | null
      readonly limits: readonly TimeLimit[]
    } | null
    readonly bundles: readonly Pick<BundleRequest, 'state'>[] | null
    readonly appointments: readonly Pick<Appointment, 'state' | 'endsAt'>[] | null
    readonly plan: { readonly plan: object | null; readonly due: readonly object[] } | null
    /** With the possible breaches on which nobody has decided. */
    readonly orders: {
      readonly orders: readonly Pick<FiledOrder, 'order'>[]
      readonly openBreaches: readonly object[]
      readonly today: CalendarDay
    } | null
    /** For those who may decide on them; null for everybody else. */
    readonly exceptions: readonly Pick<ExceptionRequest, 'state'>[] | null
  },
  now: Date,
): CaseCounts {
  const { consents, evidence, incidents, bundles, appointments, plan, orders, exceptions } = overview
  const bundlesIn = (state: BundleRequest['state']) =>
    bundles?.filter(each => each.state === state).length ?? 0
  return {
    evidence,
    incidents: incidents && {
      made: incidents.incidents.length,
      limitDaysLeft: findNearestLimit(incidents.limits),
      unlooked: countUnlooked(incidents.incidents.length, incidents.conduct),
    },
    bundles: bundles && { asked: bundlesIn('asked'), ready: bundlesIn('ready') },
    appointments: appointments && {
      coming: appointments.filter(each => each.state === 'booked' && each.endsAt > now).length,
      unrecorded: appointments.filter(each => each.state === 'booked' && each.endsAt <= now).length,
    },
    plan: plan && { isMade: plan.plan !== null, due: plan.due.length },
    orders: orders && {
      possibleBreaches: orders.openBreaches.length,
      endingSoon: orders.orders.filter(({ order }) => {
        const expiry = findExpiry(order, orders.today)
        return expiry.kind === 'ends' && expiry.isSoon
      }).length,
    },
    consentsEndingInDays:
      consents?.flatMap(each =>
        each.state === 'in-force' && each.inForceUntil
          ? [Math.floor((each.inForceUntil.getTime() - now.getTime()) / 86_400_000)]
          : [],
      ) ?? null,
    sharingsToDecide: exceptions?.filter(each => each.state === 'asked').length ?? null,
  }
}
