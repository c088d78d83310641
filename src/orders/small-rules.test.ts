import { expect, test } from 'vitest'
import type { Incident } from '../chronology/incident.ts'
import { findExpiry, findNotificationDeadline, findOrderState } from './expiry.ts'
import { type Order, orderSchema } from './order.ts'
import { findGrounds } from './spo-grounds.ts'
import { type TypedOrder, verifyOrder } from './verify-order.ts'

const zone = 'Europe/London'
const order = (change: object): Order =>
  orderSchema.parse({
    kind: 'spo',
    court: '',
    force: '',
    reference: '',
    requestedOn: null,
    necessity: '',
    appliedOn: null,
    madeOn: '2026-03-02',
    ends: { kind: 'on', on: '2028-03-02' },
    served: null,
    terms: [],
    events: [],
    ...change,
  })
const at = (text: string) => ({ from: `${text}.000Z`, until: `${text}.000Z` })
const served = { served: at('2026-03-02T14:00:00') }

test('an order stands where its dates say, and is in force only once it was served', () => {
  const check = (change: object, today: string, expected: string) =>
    expect(findOrderState(order(change), today)).toBe(expected)
  check({ madeOn: null, ends: { kind: 'not-made' } }, '2026-03-02', 'asked-for')
  check({ madeOn: null, appliedOn: '2026-03-01' }, '2026-03-02', 'applied-for')
  check({}, '2026-03-02', 'made')
  check(served, '2026-03-02', 'in-force')
  check(served, '2028-03-03', 'ended')
  check(
    { ...served, events: [{ kind: 'discharged', on: '2026-05-01', note: '' }] },
    '2026-05-01',
    'discharged',
  )
  check({ madeOn: null, events: [{ kind: 'refused', on: '2026-03-01', note: '' }] }, '2026-03-02', 'refused')
})

test('an end within ninety days is told of, and until further order never ends by itself', () => {
  expect(findExpiry(order(served), '2027-12-01')).toMatchObject({ kind: 'ends', isSoon: false })
  expect(findExpiry(order(served), '2028-01-01')).toMatchObject({ kind: 'ends', daysLeft: 61, isSoon: true })
  expect(findExpiry(order(served), '2028-03-03')).toEqual({ kind: 'ended', on: '2028-03-02' })
  expect(findExpiry(order({ ends: { kind: 'until-further-order' } }), '2030-01-01')).toEqual({ kind: 'none' })
})

test('the three days to notify begin with the day of service, by the clock of the case', () => {
  expect(findNotificationDeadline(order(served), zone)).toBe('2026-03-04')
  expect(findNotificationDeadline(order({ served: at('2026-06-30T23:30:00') }), zone)).toBe('2026-07-03')
  expect(findNotificationDeadline(order({ ...served, kind: 'restraining' }), zone)).toBeNull()
  expect(findNotificationDeadline(order({}), zone)).toBeNull()
})

test('the dates of an order are asked about, all at once', () => {
  const typed: TypedOrder = {
    kind: 'spo',
    appliedOn: '2026-02-01',
    madeOn: '2026-02-20',
    endsHow: 'on',
    endsOn: '2028-02-20',
    servedOn: null,
    served: null,
  }
  const check = (change: Partial<TypedOrder>, expected: readonly string[]) => {
    const problems = verifyOrder({ ...typed, ...change }, zone, new Date('2026-03-02T10:00:00Z'))
    expect(problems.map(each => `${each.field}: ${each.message}`).join('\n')).toMatch(
      new RegExp(expected.length === 0 ? '^$' : expected.join('[\\s\\S]*')),
    )
    expect(problems).toHaveLength(expected.length)
  }
  check({}, [])
  check({ endsOn: '2028-02-19' }, [])
  check({ endsOn: '2027-02-20' }, ['endsOn-day: A full SPO for a fixed period lasts at least 2 years'])
  check({ endsOn: '2027-02-20', kind: 'interim-spo' }, [])
  check({ endsHow: null, endsOn: null }, ['endsHow: Select whether it ends on a date or lasts until further'])
  check({ endsOn: null }, ['endsOn-day: Enter the date it ends, or select “Until further order”'])
  check({ endsHow: 'until-further-order', endsOn: null }, [])
  check({ servedOn: '2026-02-19' }, ['servedOn-day: The date it was served must be on or after'])
  check({ servedOn: '2026-03-03' }, ['servedOn-day: The date and time it was served must be in the past'])
  check({ appliedOn: '2026-04-01', madeOn: '2026-05-01', endsOn: '2029-01-01' }, [
    'appliedOn-day',
    'madeOn-day',
  ])
  check({ madeOn: '2026-01-01' }, ['madeOn-day: The date it was made must be on or after the day it was'])
  check({ madeOn: null, servedOn: '2026-02-21' }, ['madeOn-day: Enter the date it was made'])
})

test('a file with nothing in it speaks for no ground, and each limb says so', () => {
  const grounds = findGrounds([], zone, new Date('2026-03-02T10:00:00Z'))
  expect(grounds.map(each => each.ground)).toEqual(['acts', 'risk', 'necessary'])
  expect(grounds.flatMap(each => each.limbs).every(each => each.incidents.length === 0)).toBe(true)
})

test('each incident speaks for the limbs that it shows, and for no other', () => {
  const told = (number: number, day: string, more: object) =>
    ({
      number,
      newest: {
        when: { precision: 'exact', startsAt: new Date(`${day}T10:00:00Z`) },
        codes: [],
        herWords: '',
        changed: '',
        toldTo: '',
        ...more,
      },
    }) as unknown as Incident
  const incidents = [
    told(1, '2025-05-01', { codes: ['B_CONTACT'], herWords: 'Afraid', toldTo: 'The police' }),
    told(2, '2026-02-01', { codes: ['E_LOITER'], changed: 'Moved' }),
    told(3, '2026-02-10', {}),
  ]
  const limbs = findGrounds(incidents, zone, new Date('2026-03-02T10:00:00Z')).flatMap(each => each.limbs)
  expect(Object.fromEntries(limbs.map(each => [each.limb, each.incidents.join()]))).toEqual({
    acts: '1,2',
    'more-than-one-day': '1,2',
    fear: '1',
    'daily-life': '2',
    'in-person': '2',
    'goes-on': '2,3',
    'went-on-after-reporting': '2,3',
  })
})
