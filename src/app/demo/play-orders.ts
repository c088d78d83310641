import { withCase } from '../../audit/operations/access-case.ts'
import { findMoment } from '../../chronology/find-moment.ts'
import { makeIncident } from '../../chronology/operations/make-incident.ts'
import { addMonths, dayAt } from '../../foundation/calendar-day.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import { changeOrder } from '../../orders/operations/change-order.ts'
import { nothingAnswered } from '../../orders/order-change.ts'
import { termTemplates } from '../../orders/terms.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { Fault } from '../../platform/fault.ts'
import type { CaseStory } from './case-story.ts'

type Members = { readonly memberOf: (role: Role) => { readonly personId: PersonId } }

const zone = 'Europe/London'
const day = 86_400_000

/**
 * Records an order that was served sixteen days ago, and one incident after it, in the case of the known person. Days
 * are counted from now, so that the order is always in force and the incident always new.
 */
export async function playOrders(
  clinic: Clinic,
  cast: Members,
  story: CaseStory,
  caseId: CaseId,
): Promise<void> {
  if (story.key !== 'known-person') return
  const { personId } = cast.memberOf('stalking-advocate')
  const advocate = { kind: 'person', clinicId: clinic.clinicId, personId } as const
  const daysAgo = (days: number): string => dayAt(new Date(clinic.clock.now().getTime() - days * day), zone)
  const served = momentOn(daysAgo(16)).toISOString()
  const madeOn = daysAgo(18)
  const facts = {
    ...nothingAnswered,
    kind: 'spo',
    court: 'Fiction Magistrates’ Court',
    force: 'Fiction Police',
    reference: 'FICTION/118',
    appliedOn: daysAgo(20),
    madeOn,
    ends: { kind: 'on', on: addMonths(madeOn, 36) },
    served: { from: served, until: served },
  } as const
  const chosen = ['any-contact', 'accounts-access', 'location', 'cameras', 'hand-over-control']
  const terms = termTemplates
    .filter(each => chosen.includes(each.template))
    .map(({ kind, words, codes }) => ({ kind, words, codes }))
  const change = { kind: 'record', facts, terms, requestedOn: null, necessity: '', limits: '' } as const
  await withCase(clinic.database, advocate, { caseId, part: 'order', mode: 'write' }, transaction =>
    changeOrder(clinic, transaction, personId, caseId, null, change, `demo-${story.key}-order`),
  )
  const account = {
    when: { precision: 'exact', startsAt: momentOn(daysAgo(3)) },
    zone,
    noticedOn: null,
    what: 'A payment of 1p reached her account from him, with the words “I know which bus” as its reference.',
    clientWords: 'I thought it was over. It is not over.',
    changed: 'Takes another way to work again.',
    whereCoarse: '',
    toldTo: 'Her advocate, the same day',
    platform: 'Bank',
    codes: ['B_CONTACT', 'G_WATCH'],
    records: [],
  } as const
  await withCase(clinic.database, advocate, { caseId, part: 'chronology', mode: 'write' }, transaction =>
    makeIncident(transaction, caseId, `demo-${story.key}-after-order`, account),
  )
}

/** Half past two that afternoon: an hour that every day has once. */
function momentOn(date: string): Date {
  const found = findMoment(date, '14:30', zone, null)
  if (found.kind !== 'moment') throw new Fault('demo-time-wrong', 'A time of the demo is not one moment.')
  return found.at
}
