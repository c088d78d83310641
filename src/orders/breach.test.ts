import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActCode } from '../chronology/act-codes.ts'
import type { Incident, When } from '../chronology/incident.ts'
import { addDays, dayAt } from '../foundation/calendar-day.ts'
import type { IncidentId, OrderId, PersonId, TermId } from '../foundation/ids.ts'
import { type BreachDoubt, findPossibleBreaches, sayBreachTime } from './breach.ts'
import { type Order, orderKinds } from './order.ts'
import { nothingAnswered } from './order-change.ts'
import { lawOf } from './order-law.ts'
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
  ...nothingAnswered,
  kind: 'spo',
  requestedOn: null,
  necessity: '',
  limits: '',
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
    clientWords: '',
    changed: '',
    whereCoarse: '',
    toldTo: '',
    platform: '',
    codes,
    records: [],
  },
})
const find = (when: When, change: Partial<Order> = {}, codes?: readonly ActCode[]) =>
  findPossibleBreaches(
    [{ orderId: 'o' as OrderId, order: { ...order, ...change } }],
    [incident(when, codes)],
    zone,
  )[0]
/** The doubts, or null when it is not shown at all. */
const check = (
  when: When,
  expected: readonly BreachDoubt[] | null,
  change: Partial<Order> = {},
  codes?: readonly ActCode[],
) => {
  const found = find(when, change, codes)
  expect(found?.doubts ?? null).toEqual(expected)
  return found
}

test('contact after the making and before service is shown with the question, for every kind of order', () => {
  const papers = { from: '2026-04-02T14:00:00.000Z', until: '2026-04-02T14:00:00.000Z' }
  for (const kind of orderKinds) {
    check(exact('2026-03-10T10:00:00Z'), ['before-known'], { kind, served: papers })
    check(exact('2026-03-10T10:00:00Z'), ['knowledge-not-recorded'], { kind, served: null })
    check(exact('2026-03-10T10:00:00Z'), ['knowledge-not-recorded'], { kind, served: null, isUnserved: true })
    expect(sayBreachTime(['before-known'], lawOf(kind)).join()).toContain('Ask whether they knew of it')
  }
  expect(sayBreachTime(['before-known'], lawOf('non-molestation')).join()).toContain('no offence')
  expect(sayBreachTime(['before-known'], lawOf('bail')).join()).not.toContain('offence')
})

test('what happened after the minute of service leaves nothing open, and before the day of making nothing is shown', () => {
  check(exact('2026-03-02T14:01:00Z'), [])
  check(exact('2026-03-02T13:59:00Z'), ['before-known'])
  check(exact('2026-03-01T13:59:00Z'), ['may-be-before-made', 'before-known'])
  check(exact('2026-02-28T23:59:00Z'), null)
})

test('within the very minute of service nobody can say which came first, so it is shown with the question', () => {
  for (const kind of orderKinds) check(exact('2026-03-02T14:00:00Z'), ['may-be-before-known'], { kind })
  check({ precision: 'between', startsAt: at('2026-03-02T13:00:00Z'), endsAt: at('2026-03-02T14:00:00Z') }, [
    'may-be-before-known',
  ])
  // The same if they were told, and no papers came.
  const wasTold = {
    how: 'told',
    from: '2026-03-05T10:30:00.000Z',
    until: '2026-03-05T10:30:00.000Z',
  } as const
  check(exact('2026-03-05T10:30:00Z'), ['may-be-before-known'], { served: null, knew: wasTold })
  check(exact('2026-03-05T10:31:00Z'), [], { served: null, knew: wasTold })
})

test('the first minute of the day of making counts, and so does the last of the day it ends', () => {
  check(exact('2026-03-01T00:00:00Z'), ['may-be-before-made', 'before-known'])
  check(exact('2026-03-02T00:00:00Z'), ['before-known'])
  check(exact('2028-03-01T23:59:59Z'), [])
  check(exact('2028-03-02T00:00:00Z'), null)
})

test('who was there when it was made, or was told before the papers came, knew from then on', () => {
  const papers = { from: '2026-04-02T14:00:00.000Z', until: '2026-04-02T14:00:00.000Z' }
  check(exact('2026-03-10T10:00:00Z'), [], { served: papers, knew: { how: 'present' } })
  check(exact('2026-03-01T10:00:00Z'), ['may-be-before-made'], { served: null, knew: { how: 'present' } })
  const wasTold = {
    how: 'told',
    from: '2026-03-05T00:00:00.000Z',
    until: '2026-03-05T23:59:59.000Z',
  } as const
  check(exact('2026-03-10T10:00:00Z'), [], { served: papers, knew: wasTold })
  check(exact('2026-03-05T10:00:00Z'), ['may-be-before-known'], { served: papers, knew: wasTold })
  check(exact('2026-03-04T10:00:00Z'), ['before-known'], { served: papers, knew: wasTold })
})

test('a day that nobody knows counts as the worse case, and is said', () => {
  const unknown = { madeOn: null, isMadeDayUnknown: true }
  check(exact('2026-02-01T10:00:00Z'), ['made-day-not-known', 'before-known'], unknown)
  check(exact('2026-03-03T10:00:00Z'), [], unknown)
  check(exact('2026-02-01T10:00:00Z'), ['made-day-not-known', 'knowledge-not-recorded'], {
    ...unknown,
    served: null,
  })
  check(exact('2030-01-01T10:00:00Z'), ['end-not-recorded'], { ends: { kind: 'not-known' } })
  check({ precision: 'unknown' }, ['time-not-known'])
})

test('an order that is not made binds nobody', () => {
  check(exact('2026-04-02T14:01:00Z'), null, { madeOn: null, served: null, ends: { kind: 'not-made' } })
})

test('a time that is not exact is said to be so', () => {
  check({ precision: 'about', startsAt: at('2026-03-02T18:00:00Z') }, ['may-be-before-known'])
  check({ precision: 'about', startsAt: at('2026-03-04T18:00:00Z') }, [])
  const between = { precision: 'between', startsAt: at('2026-03-02T09:00:00Z') } as const
  check({ ...between, endsAt: at('2026-03-02T20:00:00Z') }, ['may-be-before-known'])
  check({ ...between, endsAt: at('2026-03-02T10:00:00Z') }, ['before-known'])
})

test('where only the day of service is known, the whole of that day is uncertain', () => {
  const served = { from: '2026-03-02T00:00:00.000Z', until: '2026-03-02T23:59:59.999Z' }
  check(exact('2026-03-02T23:59:30Z'), ['may-be-before-known'], { served })
  check(exact('2026-03-03T00:00:00Z'), [], { served })
})

test('the last day counts whole, and after it or a discharge nothing does', () => {
  check(exact('2028-03-01T23:59:30Z'), [])
  check(exact('2028-03-02T00:10:00Z'), null)
  const events = [{ kind: 'discharged', on: '2026-05-01', note: '' }] as const
  check(exact('2026-05-02T10:00:00Z'), null, { events })
  check(exact('2030-01-01T00:00:00Z'), [], { ends: { kind: 'until-further-order' } })
  const about = { precision: 'about', startsAt: at('2028-03-01T20:00:00Z') } as const
  check(about, ['may-be-after-the-end'])
  const tillMidnight = { precision: 'between', startsAt: at('2028-03-01T20:00:00Z') } as const
  check({ ...tillMidnight, endsAt: at('2028-03-01T23:59:00Z') }, [])
  check({ ...tillMidnight, endsAt: at('2028-03-02T00:00:00Z') }, ['may-be-after-the-end'])
})

test('an interim order ends with the decision on the main application, and no other order does', () => {
  const events = [{ kind: 'determined', on: '2026-05-01', note: '' }] as const
  check(exact('2026-05-02T10:00:00Z'), null, { kind: 'interim-spo', events })
  check(exact('2026-05-01T10:00:00Z'), [], { kind: 'interim-spo', events })
  check(exact('2026-05-02T10:00:00Z'), [], { kind: 'spo', events })
})

test('only an act that a term is about may breach it; an incident without acts may breach any', () => {
  check(exact('2026-03-05T10:00:00Z'), null, {}, ['G_WATCH'])
  expect(check(exact('2026-03-05T10:00:00Z'), [], {}, [])?.isCoded).toBe(false)
  check(exact('2026-03-05T10:00:00Z'), [], { terms: [{ ...contact, codes: [] }] }, ['G_WATCH'])
  check(exact('2026-03-05T10:00:00Z'), null, { terms: [] })
})

test('a term that came later, went earlier, or came and went within an uncertain time, is asked for its own days', () => {
  check(exact('2026-03-05T10:00:00Z'), null, { terms: [{ ...contact, from: '2026-04-01' }] })
  check(exact('2026-04-01T10:00:00Z'), [], { terms: [{ ...contact, from: '2026-04-01' }] })
  check(exact('2026-04-01T10:00:00Z'), null, { terms: [{ ...contact, until: '2026-04-01' }] })
  const wide: When = {
    precision: 'between',
    startsAt: at('2026-03-10T00:00:00Z'),
    endsAt: at('2026-06-10T00:00:00Z'),
  }
  check(wide, [], { terms: [{ ...contact, from: '2026-04-01', until: '2026-05-01' }] })
})

/**
 * Every world that a record allows, one by one and by the hour: when the incident was, when the order was made, when
 * they came to know. It shares no line with the rule: it only asks what is true in each.
 */
const hour = 3_600_000
const first = Date.parse('2026-01-05T00:00:00Z')
const dayOf = (index: number) => addDays('2026-01-05', index)
const hours = (from: number, count: number) => Array.from({ length: count }, (_, each) => from + each)
/** Its hours, and its very last moment: a day is not over at eleven at night. */
const wholeDay = (start: number) => [...hours(start, 24), start + 23.99]
const asInstant = (index: number) => new Date(first + index * hour)

type World = {
  readonly kind: (typeof orderKinds)[number]
  readonly made: number | 'not-known'
  readonly service: { readonly hour: number; readonly isDayOnly: boolean } | null
  readonly knew: 'present' | 'nothing' | number
  readonly end: number | 'until-further-order' | 'not-known'
  readonly determined: number | null
  readonly incident: { readonly from: number; readonly length: number; readonly how: When['precision'] }
}

const worlds: fc.Arbitrary<World> = fc.record({
  kind: fc.constantFrom(...orderKinds),
  made: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant('not-known' as const)),
  service: fc.option(fc.record({ hour: fc.integer({ min: 96, max: 190 }), isDayOnly: fc.boolean() })),
  knew: fc.oneof(fc.constantFrom('present' as const, 'nothing' as const), fc.integer({ min: 4, max: 6 })),
  end: fc.oneof(
    fc.integer({ min: 7, max: 9 }),
    fc.constantFrom('until-further-order' as const, 'not-known' as const),
  ),
  determined: fc.option(fc.integer({ min: 7, max: 9 })),
  incident: fc.record({
    from: fc.integer({ min: 0, max: 11 * 24 }),
    length: fc.integer({ min: 0, max: 72 }),
    how: fc.constantFrom('exact', 'about', 'between', 'unknown'),
  }),
})

function recordOf({ kind, made, service, knew, end, determined }: World): Order {
  const span = (from: number, count: number) => ({
    from: asInstant(from).toISOString(),
    until: new Date(first + (from + count) * hour - (count === 0 ? 0 : 1)).toISOString(),
  })
  const midnight = service && Math.floor(service.hour / 24) * 24
  return {
    ...order,
    kind,
    madeOn: made === 'not-known' ? null : dayOf(made),
    isMadeDayUnknown: made === 'not-known',
    served:
      service && midnight !== null ? (service.isDayOnly ? span(midnight, 24) : span(service.hour, 0)) : null,
    knew:
      knew === 'present'
        ? { how: 'present' }
        : knew === 'nothing'
          ? null
          : { how: 'told', ...span(knew * 24, 24) },
    ends: typeof end === 'number' ? { kind: 'on', on: dayOf(end) } : { kind: end },
    events: determined === null ? [] : [{ kind: 'determined', on: dayOf(determined), note: '' }],
  }
}

/** Every hour the incident can have been in; null for never asked. */
function incidentHours({ from, length, how }: World['incident']): readonly number[] | null {
  if (how === 'unknown') return null
  if (how === 'exact') return [from]
  return how === 'about' ? hours(from - 12, 25) : hours(from, length + 1)
}

function whenOf({ from, length, how }: World['incident']): When {
  if (how === 'unknown') return { precision: 'unknown' }
  if (how === 'between')
    return { precision: 'between', startsAt: asInstant(from), endsAt: asInstant(from + length) }
  return { precision: how, startsAt: asInstant(from) }
}

type Outcome = 'before-made' | 'after-end' | 'unaware' | 'aware' | 'aware-if-told'

/** What would be true in each world that the record allows. */
function outcomesOf(world: World): ReadonlySet<Outcome> {
  const found = new Set<Outcome>()
  const times = incidentHours(world.incident) ?? []
  const servedAt = world.service
    ? world.service.isDayOnly
      ? wholeDay(Math.floor(world.service.hour / 24) * 24)
      : [world.service.hour]
    : [null]
  const toldAt = typeof world.knew === 'number' ? wholeDay(world.knew * 24) : [null]
  const never = 10_000
  const lastDays = [
    ...(typeof world.end === 'number' ? [world.end] : []),
    ...(world.kind === 'interim-spo' && world.determined !== null ? [world.determined] : []),
  ]
  const end = Math.min(never, ...lastDays.map(day => (day + 1) * 24))
  for (const time of times)
    for (const served of servedAt)
      for (const told of toldAt) {
        const bySomething = Math.min(served ?? never, told ?? never)
        // On the day of making any hour; on a day nobody knows the two that differ: long ago, and at the last moment.
        const madeAt = world.made === 'not-known' ? [-10_000, bySomething] : wholeDay(world.made * 24)
        for (const made of madeAt) {
          if (made > bySomething) continue
          if (time < made) found.add('before-made')
          else if (time >= end) found.add('after-end')
          else if (world.knew === 'present' || time > bySomething) found.add('aware')
          else if (bySomething === never) found.add('aware-if-told')
          // At the very time it may have been just before or just after.
          else
            for (const each of time === bySomething
              ? (['unaware', 'aware'] as const)
              : (['unaware'] as const))
              found.add(each)
        }
      }
  return found
}

test('in every world that a record allows, what may bind is shown and what is open is said, and nothing else', () => {
  fc.assert(
    fc.property(worlds, world => {
      const found = find(whenOf(world.incident), recordOf(world))?.doubts ?? null
      if (world.incident.how === 'unknown') {
        expect(found).toEqual(['time-not-known'])
        return
      }
      const outcomes = outcomesOf(world)
      const binds = (['unaware', 'aware', 'aware-if-told'] as const).some(each => outcomes.has(each))
      if (!binds) {
        expect(found).toBeNull()
        return
      }
      const doubts = new Set(found)
      expect(found).not.toBeNull()
      // Nothing is left open only if in every world the incident fell while the order bound and they knew.
      const isSure = outcomes.size === 1 && outcomes.has('aware')
      const isEndOpen = doubts.has('end-not-recorded')
      expect(doubts.size === 0 || (doubts.size === 1 && isEndOpen)).toBe(isSure)
      expect(doubts.has('may-be-before-made') || doubts.has('made-day-not-known')).toBe(
        outcomes.has('before-made'),
      )
      expect(doubts.has('may-be-after-the-end')).toBe(outcomes.has('after-end'))
      if (outcomes.has('aware-if-told')) expect(doubts.has('knowledge-not-recorded')).toBe(true)
      if (outcomes.has('unaware'))
        expect(doubts.has('before-known') || doubts.has('may-be-before-known')).toBe(true)
      if (doubts.has('before-known')) expect(outcomes.has('aware')).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('a day of an instant is the day the generators mean', () => {
  expect(dayAt(asInstant(24), zone)).toBe(dayOf(1))
})
