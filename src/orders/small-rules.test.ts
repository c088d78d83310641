import { expect, test } from 'vitest'
import type { Incident } from '../chronology/incident.ts'
import type { IncidentId } from '../foundation/ids.ts'
import { findUnread } from '../foundation/law-reading.ts'
import { findExpiry, findOrderState, sayOrderState } from './expiry.ts'
import { type Order, orderKinds, orderSchema } from './order.ts'
import { lawOf, orderLaws } from './order-law.ts'
import { sayNotFound } from './say-not-found.ts'
import { findStatutoryGrounds, type GroundFacts, limbs } from './spo-grounds.ts'
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

test('an order has the state its dates say, and a made order is never called not binding', () => {
  const check = (change: object, today: string, expected: string) =>
    expect(findOrderState(order(change), today)).toBe(expected)
  check({ madeOn: null, ends: { kind: 'not-made' } }, '2026-03-02', 'asked-for')
  check({ madeOn: null, appliedOn: '2026-03-01' }, '2026-03-02', 'applied-for')
  check({}, '2026-03-02', 'made')
  check({ madeOn: null, isMadeDayUnknown: true, ends: { kind: 'not-known' } }, '2026-03-02', 'made')
  check(served, '2026-03-02', 'in-force')
  check({ knew: { how: 'present' } }, '2026-03-02', 'in-force')
  check(served, '2028-03-03', 'ended')
  const discharged = { events: [{ kind: 'discharged', on: '2026-05-01', note: '' }] }
  check({ ...served, ...discharged }, '2026-05-01', 'discharged')
  check({ madeOn: null, events: [{ kind: 'refused', on: '2026-03-01', note: '' }] }, '2026-03-02', 'refused')
  for (const kind of orderKinds) expect(sayOrderState('made', kind)).not.toContain('not served yet')
  expect(sayOrderState('made', 'non-molestation')).toContain('nothing here says that they are aware of it')
})

test('an interim order ends when the main application is decided, and a full one does not', () => {
  const events = [{ kind: 'determined', on: '2026-05-01', note: '' }]
  expect(findOrderState(order({ ...served, kind: 'interim-spo', events }), '2026-05-01')).toBe('ended')
  expect(findExpiry(order({ ...served, kind: 'interim-spo', events }), '2026-05-02')).toEqual({
    kind: 'ended',
    on: '2026-05-01',
  })
  expect(findOrderState(order({ ...served, events }), '2026-05-02')).toBe('in-force')
})

test('an end within ninety days is shown, and “until further order” never ends by itself', () => {
  expect(findExpiry(order(served), '2027-12-01')).toMatchObject({ kind: 'ends', isSoon: false })
  expect(findExpiry(order(served), '2028-01-01')).toMatchObject({ kind: 'ends', daysLeft: 61, isSoon: true })
  expect(findExpiry(order(served), '2028-03-03')).toEqual({ kind: 'ended', on: '2028-03-02' })
  expect(findExpiry(order({ ends: { kind: 'until-further-order' } }), '2030-01-01')).toEqual({ kind: 'none' })
})

test('a revision that was sealed before these questions were asked reads as not known', () => {
  expect(order({})).toMatchObject({
    isMadeDayUnknown: false,
    isUnserved: false,
    knew: null,
    replacesInterim: 'not-known',
    alreadyNotifies: 'not-known',
    limits: '',
  })
})

test('an incident from before the order was made is said to be, and one whose time may be later is not', () => {
  const at = (when: object) => ({ newest: { when } }) as unknown as Parameters<typeof sayNotFound>[0]
  const said = (when: object) => sayNotFound(at(when), { madeOn: '2026-03-02' }, 'Europe/London')
  expect(said({ precision: 'exact', startsAt: new Date('2026-03-01T23:59:00Z') })).toContain(
    'before the order was made',
  )
  for (const when of [
    { precision: 'exact', startsAt: new Date('2026-03-02T00:00:00Z') },
    { precision: 'about', startsAt: new Date('2026-03-01T20:00:00Z') },
    { precision: 'unknown' },
  ])
    expect(said(when)).not.toContain('before')
})

test('every kind has one row of law with a source for each rule, and a row nobody read in a year says so', () => {
  expect(orderLaws.map(each => each.kind)).toEqual(orderKinds)
  for (const law of orderLaws) {
    expect(law.readings.length, law.kind).toBeGreaterThan(0)
    expect(findUnread(law.readings, '2027-12-01').length, law.kind).toBe(law.readings.length)
    // A rule that the table says nobody has read has a reading that says the same.
    if (law.binds === 'not-read') expect(findUnread(law.readings, '2026-12-01').length).toBeGreaterThan(0)
  }
  const fresh = findUnread([{ says: 'x', source: 'y', readOn: '2026-11-29' }], '2027-11-28')
  expect(fresh).toEqual([])
  expect(findUnread([{ says: 'x', source: 'y', readOn: '2026-11-29' }], '2027-11-29')).toHaveLength(1)
  expect(lawOf('bail').breach.is).toBe('arrest')
  expect(lawOf('bail').breach.words).toMatch(/^Not an offence/)
  expect(lawOf('restraining').vary.client).toContain('has a right to be heard')
})

test('the dates of an order are asked about, all at once, and two answers at once are a problem', () => {
  const typed: TypedOrder = {
    kind: 'spo',
    appliedOn: '2026-02-01',
    made: 'on',
    madeOn: '2026-02-20',
    endsHow: 'on',
    endsOn: '2028-02-20',
    service: 'not-known',
    servedOn: null,
    served: null,
    knew: 'not-known',
    knewOn: null,
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
  check({ endsOn: '2026-03-20', kind: 'interim-spo' }, [])
  check({ endsHow: 'until-further-order', endsOn: null, kind: 'interim-spo' }, [
    'endsHow: An interim order lasts only for a fixed period',
  ])
  check({ endsHow: null, endsOn: null }, ['endsHow: Select how long it lasts'])
  check({ endsHow: 'not-known', endsOn: null }, [])
  check({ endsHow: 'until-further-order' }, ['endsOn-day: There is a date here, and “Until further order”'])
  check({ endsOn: null }, ['endsOn-day: Enter the date it ends'])
  check({ endsHow: 'until-further-order', endsOn: null }, [])
  check({ made: null }, ['made: Select whether it has been made'])
  check({ made: 'on', madeOn: null }, ['madeOn-day: Enter the date it was made'])
  check({ made: 'day-not-known', madeOn: null }, [])
  check({ made: 'day-not-known' }, ['madeOn-day: There is a date here'])
  check({ made: 'not-yet', service: null, knew: null }, ['madeOn-day: There is a date here'])
  check({ made: 'not-yet', madeOn: null, service: 'served' }, ['made: It cannot be served'])
  check({ made: 'not-yet', madeOn: null, knew: 'present' }, ['made: It cannot be served, or known of'])
  check({ service: null, knew: null }, ['knew: Select', 'service: Select'])
  check({ service: 'served' }, ['servedOn-day: Enter the date it was served'])
  check({ service: 'not-yet', servedOn: '2026-02-21' }, ['servedOn-day: There is a date here, and “Not yet”'])
  check({ service: 'not-known', servedOn: '2026-02-21' }, ['servedOn-day: There is a date here'])
  const on = { service: 'served' } as const
  check({ ...on, servedOn: '2026-02-19' }, ['servedOn-day: The date it was served must be on or after'])
  check({ ...on, servedOn: '2026-03-03' }, [
    'servedOn-day: The date and time it was served must be in the past',
  ])
  check({ knew: 'told' }, ['knewOn-day: Enter the date they were told'])
  check({ knew: 'told', knewOn: '2026-02-19' }, ['knewOn-day: The date they were told must be on or after'])
  check({ knew: 'told', knewOn: '2026-03-03' }, ['knewOn-day: The date they were told must be today or in'])
  check({ knew: 'present', knewOn: '2026-02-21' }, ['knewOn-day: Anyone who was there when it was made'])
  check({ knew: 'no', knewOn: '2026-02-21' }, ['knewOn-day: There is a date here'])
  check({ appliedOn: '2026-04-01', madeOn: '2026-05-01', endsOn: '2029-01-01' }, [
    'appliedOn-day',
    'madeOn-day',
  ])
  check({ madeOn: '2026-01-01' }, ['madeOn-day: The date it was made must be on or after the day it was'])
})

const noFile: GroundFacts = { incidents: [], conduct: null, breaches: [], access: null }
const incident = (number: number, day: string, more: object): Incident =>
  ({
    incidentId: `i${number}`,
    number,
    newest: {
      when: { precision: 'exact', startsAt: new Date(`${day}T10:00:00Z`) },
      codes: [],
      clientWords: '',
      changed: '',
      toldTo: '',
      ...more,
    },
  }) as unknown as Incident
const limbsOf = (file: Partial<GroundFacts>) =>
  findStatutoryGrounds({ ...noFile, ...file }, zone, new Date('2026-03-02T10:00:00Z')).flatMap(
    each => each.limbs,
  )
const limbOf = (file: Partial<GroundFacts>, limb: string) => limbsOf(file).find(each => each.limb === limb)

test('a file with nothing in it supports no statutory ground, and says what is not known', () => {
  const grounds = findStatutoryGrounds(noFile, zone, new Date('2026-03-02T10:00:00Z'))
  expect(grounds.map(each => each.ground)).toEqual(['acts', 'risk', 'necessary'])
  expect(grounds.flatMap(each => each.limbs.map(limb => limb.limb))).toEqual(limbs)
  expect(grounds.flatMap(each => each.limbs).every(each => each.incidents.length === 0)).toBe(true)
  expect(limbOf({}, 'access-now')?.known.join()).toContain('not shared with you')
  expect(limbOf({ access: { things: 0, reached: [] } }, 'access-now')?.known.join()).toContain('not known')
  expect(limbOf({ access: { things: 3, reached: [] } }, 'access-now')?.known.join()).toContain('no proof')
  const reached = { things: 3, reached: ['where the client is'] }
  expect(limbOf({ access: reached }, 'access-now')?.known.join()).toContain('where the client is')
})

test('each incident supports the limbs that it shows, and no other', () => {
  const incidents = [
    incident(1, '2025-05-01', { codes: ['B_CONTACT'], clientWords: 'Afraid' }),
    incident(2, '2026-02-01', { codes: ['E_LOITER'], changed: 'Moved', shows: ['threat', 'others'] }),
    incident(3, '2026-02-10', { codes: ['D_MONITOR'], shows: ['place', 'new-channel', 'worse'] }),
    incident(4, '2026-02-11', { shows: ['in-person'] }),
  ]
  const breaches = [
    { number: 2, isConfirmed: true },
    { number: 3, isConfirmed: null },
    { number: 4, isConfirmed: false },
  ]
  const found = limbsOf({ incidents, breaches })
  expect(Object.fromEntries(found.map(each => [each.limb, each.incidents.join()]))).toEqual({
    acts: '1,2,3',
    occasions: '1,2,3',
    fear: '1',
    'daily-life': '2',
    'access-now': '',
    digital: '3',
    'in-person': '2,4',
    place: '3',
    threats: '2',
    'new-channel': '3',
    worse: '3',
    others: '2',
    'broken-order': '2',
    'goes-on': '2,3,4',
    'went-on-after-telling': '',
  })
  expect(limbOf({ breaches }, 'broken-order')?.known.join()).toContain('One possible breach waits')
})

test('two acts on one day are two occasions, and acts that a person did not choose are none', () => {
  const incidents = [1, 2, 3].map(number => incident(number, '2026-02-10', { codes: ['B_CONTACT'] }))
  expect(limbOf({ incidents: incidents.slice(0, 2) }, 'occasions')?.incidents).toEqual([1, 2])
  const conduct = { incidents: ['i1' as IncidentId] }
  const one = limbOf({ incidents, conduct }, 'occasions')
  expect(one?.incidents).toEqual([])
  expect(one?.known.join()).toContain('One incident so far, incident 1')
})

test('what went on after somebody was told counts from that day, and from a body that can act, not from a friend', () => {
  const telling = (whom: string, on: string | null) => ({ telling: { whom, on, reference: '' } })
  const after = (first: object) =>
    limbOf(
      {
        incidents: [
          incident(1, '2025-05-01', first),
          incident(2, '2025-06-01', {}),
          incident(3, '2026-02-10', {}),
        ],
      },
      'went-on-after-telling',
    )
  // The incident was in May and the police were told in July. What happened in June did not go on after it.
  expect(after(telling('police', '2025-07-01'))?.incidents).toEqual([3])
  expect(after(telling('authority', '2025-05-02'))?.incidents).toEqual([2, 3])
  expect(after(telling('other', '2025-05-02'))?.incidents).toEqual([])
  expect(after(telling('police', null))?.incidents).toEqual([])
  expect(after(telling('police', null))?.known.join()).toContain('no day')
  expect(after({ toldTo: 'My mother' })?.incidents).toEqual([])
  expect(after({ toldTo: 'My mother' })?.known.join()).toContain('Told in words only')
})
