import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActCode } from '../chronology/act-codes.ts'
import type { Incident, When } from '../chronology/incident.ts'
import type { IncidentId, OrderId, PersonId, TermId } from '../foundation/ids.ts'
import { findPossibleBreaches } from './breach.ts'
import type { Order } from './order.ts'
import type { Term } from './terms.ts'

const zone = 'Europe/London'
const contact: Term = {
  termId: 'contact' as TermId,
  kind: 'prohibition',
  words: 'Not to contact',
  codes: ['B_CONTACT'],
  from: null,
  until: null,
}
const order: Order = {
  kind: 'spo',
  court: '',
  force: '',
  reference: '',
  requestedOn: null,
  necessity: '',
  appliedOn: null,
  madeOn: '2026-03-01',
  ends: { kind: 'on', on: '2028-03-01' },
  served: { from: '2026-03-02T14:00:00.000Z', until: '2026-03-02T14:00:00.000Z' },
  terms: [contact],
  events: [],
}
const at = (text: string) => new Date(text)
const exact = (text: string): When => ({ precision: 'exact', startsAt: at(text) })
const incident = (when: When, codes: readonly ActCode[] = ['B_CONTACT']): Incident => ({
  incidentId: 'i' as IncidentId,
  number: 1,
  newest: {
    revision: 1,
    at: at('2026-04-01T00:00:00Z'),
    byPerson: 'p' as PersonId,
    byName: '',
    reason: '',
    when,
    zone,
    noticedOn: null,
    what: 'x',
    herWords: '',
    changed: '',
    whereCoarse: '',
    toldTo: '',
    platform: '',
    codes,
    records: [],
  },
})
const check = (
  when: When,
  expected: string | null,
  change: Partial<Order> = {},
  codes?: readonly ActCode[],
) => {
  const found = findPossibleBreaches(
    [{ orderId: 'o' as OrderId, order: { ...order, ...change } }],
    [incident(when, codes)],
    zone,
  )
  expect(found[0]?.time ?? null).toBe(expected)
  return found[0]
}

test('what happened after the minute of service may be a breach, and a minute before it may not', () => {
  check(exact('2026-03-02T14:01:00Z'), 'after-service')
  check(exact('2026-03-02T13:59:00Z'), null)
})

test('an order that was not served has no breaches', () => {
  check(exact('2026-04-02T14:01:00Z'), null, { served: null })
})

test('a time that is not exact is said to be so', () => {
  check({ precision: 'about', startsAt: at('2026-03-02T18:00:00Z') }, 'may-be-before-service')
  check({ precision: 'about', startsAt: at('2026-03-04T18:00:00Z') }, 'after-service')
  const between = { precision: 'between', startsAt: at('2026-03-02T09:00:00Z') } as const
  check({ ...between, endsAt: at('2026-03-02T20:00:00Z') }, 'may-be-before-service')
  check({ ...between, endsAt: at('2026-03-02T10:00:00Z') }, null)
  check({ precision: 'unknown' }, 'time-not-known')
})

test('where only the day of service is known, the whole of that day is uncertain', () => {
  const served = { from: '2026-03-02T00:00:00.000Z', until: '2026-03-02T23:59:00.000Z' }
  check(exact('2026-03-02T22:00:00Z'), 'may-be-before-service', { served })
  check(exact('2026-03-03T00:00:00Z'), 'after-service', { served })
  check(exact('2026-03-01T23:00:00Z'), null, { served })
})

test('the last day counts whole, and after it or a discharge nothing does', () => {
  check(exact('2028-03-01T23:00:00Z'), 'after-service')
  check(exact('2028-03-02T00:10:00Z'), null)
  const events = [{ kind: 'discharged', on: '2026-05-01', note: '' }] as const
  check(exact('2026-05-02T10:00:00Z'), null, { events })
  check(exact('2030-01-01T00:00:00Z'), 'after-service', { ends: { kind: 'until-further-order' } })
  const about = { precision: 'about', startsAt: at('2028-03-01T20:00:00Z') } as const
  check(about, 'may-be-after-the-end')
})

test('only an act that a term is about may breach it; an incident without acts may breach any', () => {
  check(exact('2026-03-05T10:00:00Z'), null, {}, ['G_WATCH'])
  expect(check(exact('2026-03-05T10:00:00Z'), 'after-service', {}, [])?.isCoded).toBe(false)
  check(exact('2026-03-05T10:00:00Z'), 'after-service', { terms: [{ ...contact, codes: [] }] }, ['G_WATCH'])
  check(exact('2026-03-05T10:00:00Z'), null, { terms: [] })
})

test('a term that a variation put in later, or took out, is asked for its own days', () => {
  check(exact('2026-03-05T10:00:00Z'), null, { terms: [{ ...contact, from: '2026-04-01' }] })
  check(exact('2026-04-01T10:00:00Z'), 'after-service', { terms: [{ ...contact, from: '2026-04-01' }] })
  check(exact('2026-04-01T10:00:00Z'), null, { terms: [{ ...contact, until: '2026-04-01' }] })
})

test('nothing that certainly came before service is ever called a possible breach', () => {
  const start = Date.parse('2026-01-01T00:00:00Z')
  const moment = fc.integer({ min: 0, max: 120 * 24 * 60 }).map(minutes => start + minutes * 60_000)
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      const [from, until] = [Math.min(one, other), Math.max(one, other)]
      const served = Date.parse(order.served?.from ?? '')
      const when: When = { precision: 'between', startsAt: new Date(from), endsAt: new Date(until) }
      const [found] = findPossibleBreaches([{ orderId: 'o' as OrderId, order }], [incident(when)], zone)
      if (until < served) expect(found).toBeUndefined()
      else expect(found?.time).toBe(from < served ? 'may-be-before-service' : 'after-service')
    }),
  )
})
