import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../foundation/calendar-day.ts'
import { findNotification, sayNotification } from './notification.ts'
import { answers, type Order, orderKinds } from './order.ts'
import { nothingAnswered } from './order-change.ts'
import { lawOf } from './order-law.ts'

const zone = 'Europe/London'
const at = (text: string) => ({ from: `${text}.000Z`, until: `${text}.000Z` })
const order = (change: Partial<Order>): Order => ({
  ...nothingAnswered,
  kind: 'spo',
  requestedOn: null,
  necessity: '',
  limits: '',
  madeOn: '2026-03-02',
  ends: { kind: 'until-further-order' },
  served: at('2026-03-04T14:00:00'),
  replacesInterim: 'no',
  alreadyNotifies: 'no',
  terms: [],
  events: [],
  ...change,
})
const find = (change: Partial<Order>, today = '2026-03-05') => findNotification(order(change), zone, today)
const say = (change: Partial<Order>, today = '2026-03-05') => {
  const asked = order(change)
  return sayNotification(findNotification(asked, zone, today), lawOf(asked.kind))
}

test('the three days begin with the day of service, by the clock of the case, and with the day of making for a DAPO', () => {
  expect(find({})).toMatchObject({ kind: 'asked', by: '2026-03-06', hasPassed: false })
  expect(find({ madeOn: '2026-06-01', served: at('2026-06-30T23:30:00') }, '2026-07-01')).toMatchObject({
    by: '2026-07-03',
  })
  expect(find({ kind: 'interim-spo' })).toMatchObject({ by: '2026-03-06' })
  expect(find({ kind: 'dapo' })).toMatchObject({ by: '2026-03-04', hasPassed: true })
  expect(find({ kind: 'dapo', served: null })).toMatchObject({ by: '2026-03-04' })
  for (const kind of ['restraining', 'non-molestation', 'pha-injunction', 'bail', 'other'] as const)
    expect(find({ kind })).toEqual({ kind: 'none-asked' })
})

test('an order that replaces an interim one, or a person who notifies already, raises no false alarm', () => {
  expect(find({ replacesInterim: 'yes' }, '2027-01-01')).toEqual({
    kind: 'not-owed',
    because: 'replaces-interim',
  })
  expect(find({ alreadyNotifies: 'yes' }, '2027-01-01')).toEqual({
    kind: 'not-owed',
    because: 'already-notifies',
  })
  expect(find({ kind: 'dapo', alreadyNotifies: 'yes' })).toMatchObject({ kind: 'not-owed' })
  // Only a full order can take the place of an interim one.
  expect(find({ kind: 'interim-spo', replacesInterim: 'yes' })).toMatchObject({ kind: 'asked' })
})

test('a day that passed while something was not answered is a question and never an offence', () => {
  const said = say({ replacesInterim: 'not-known', alreadyNotifies: 'not-known' }, '2026-05-01')
  expect(said).toContain(
    'It may not have been asked of them. Ask the police whether this order takes the place',
  )
  expect(said).toContain('Sexual Offences Act 2003')
  expect(say({}, '2026-05-01')).toContain(
    'Nothing here says that it was done. Ask the police whether it was done',
  )
  for (const text of [said, say({}, '2026-05-01')]) expect(text).not.toMatch(/offence(?!s Act)/i)
})

test('a new name or address begins three days of its own, also where the first ones were not owed', () => {
  const notified = { kind: 'notified', on: '2026-03-05', note: '' } as const
  const moved = { kind: 'new-address', on: '2026-04-10', note: '' } as const
  expect(find({ events: [notified] })).toEqual({ kind: 'given', on: '2026-03-05' })
  expect(find({ events: [notified, moved] }, '2026-04-11')).toMatchObject({
    kind: 'asked',
    began: 'new-address',
    by: '2026-04-12',
    hasPassed: false,
  })
  expect(find({ replacesInterim: 'yes', events: [moved] }, '2026-04-13')).toMatchObject({ hasPassed: true })
  const again = { kind: 'notified', on: '2026-04-11', note: '' } as const
  expect(find({ events: [notified, moved, again] }, '2026-05-01')).toEqual({
    kind: 'given',
    on: '2026-04-11',
  })
})

test('without the day it runs from it cannot be known, and an order that is over asks for nothing', () => {
  expect(find({ served: null })).toEqual({ kind: 'cannot-be-known', lacks: 'service' })
  expect(find({ kind: 'dapo', madeOn: null, isMadeDayUnknown: true })).toEqual({
    kind: 'cannot-be-known',
    lacks: 'made-day',
  })
  expect(say({ served: null })).toContain('it cannot be known until when')
  expect(find({ events: [{ kind: 'discharged', on: '2026-03-05', note: '' }] })).toEqual({
    kind: 'none-asked',
  })
})

test('for every kind and every answer a passed day is shown only if the kind asks for it and nothing took the duty away', () => {
  const days = fc.integer({ min: 0, max: 20 }).map(count => addDays('2026-03-02', count))
  fc.assert(
    fc.property(
      fc.constantFrom(...orderKinds),
      fc.option(days),
      fc.constantFrom(...answers),
      fc.constantFrom(...answers),
      fc.array(fc.record({ kind: fc.constantFrom('notified', 'new-name', 'new-address'), on: days }), {
        maxLength: 3,
      }),
      days,
      (kind, servedOn, replacesInterim, alreadyNotifies, happened, today) => {
        const served = servedOn === null ? null : at(`${servedOn}T12:00:00`)
        const events = happened.map(each => ({ ...each, note: '' }) as Order['events'][number])
        const found = find({ kind, served, replacesInterim, alreadyNotifies, events }, today)
        const asks = ['spo', 'interim-spo', 'dapo'].includes(kind)
        if (!asks) expect(found.kind).toBe('none-asked')
        else if (alreadyNotifies === 'yes') expect(found.kind).toBe('not-owed')
        if (found.kind !== 'asked') return
        // By hand: the days from which three may run. The one shown is the earliest that nothing answered.
        const start = kind === 'dapo' ? '2026-03-02' : servedOn
        const given = happened.filter(each => each.kind === 'notified').map(each => each.on)
        const owed = [
          ...(start !== null && given.length === 0 && !(kind === 'spo' && replacesInterim === 'yes')
            ? [start]
            : []),
          ...happened
            .filter(each => each.kind !== 'notified' && !given.some(day => day >= each.on))
            .map(each => each.on),
        ]
        expect(owed).toContain(addDays(found.by, -2))
        expect(found.hasPassed).toBe(found.by < today)
        expect(found.unanswered.includes('already-notifies')).toBe(alreadyNotifies === 'not-known')
      },
    ),
    { numRuns: 500 },
  )
})
