import { expect, test } from 'vitest'
import { countCase } from './count-case.ts'
import { type CaseCounts, chooseNextThings } from './next-things.ts'

/** Exhibits by their state; those not named are none. */
function exhibits(counts: Partial<Record<'failed' | 'unread' | 'asking' | 'in-doubt' | 'read', number>>) {
  const all = { failed: 0, unread: 0, asking: 0, 'in-doubt': 0, 'being-read': 0, read: 0, ...counts }
  return { ...all, items: Object.values(all).reduce((sum, count) => sum + count, 0) }
}

const all = { evidence: true, chronology: true, bundle: true, appointment: true, plan: true }
const empty: CaseCounts = {
  evidence: exhibits({}),
  incidents: { made: 0, limitDaysLeft: null, unlooked: 0 },
  bundles: { asked: 0, ready: 0 },
  appointments: { coming: 1, unrecorded: 0 },
  plan: { isMade: true, due: 0 },
  orders: { possibleBreaches: 0, endingSoon: 0 },
  consentsEndingInDays: [],
  sharingsToDecide: 0,
}
const check = (counts: Partial<CaseCounts>, expected: readonly string[], may = all) =>
  expect(chooseNextThings({ ...empty, ...counts }, may).map(each => each.path)).toEqual(expected)

test('a new case asks for evidence and for incidents', () => {
  check({}, ['/evidence', '/incidents/new'])
})

test('what somebody may not change is not asked of them', () => {
  check({ appointments: { coming: 0, unrecorded: 1 }, plan: { isMade: false, due: 0 } }, [], {
    evidence: false,
    chronology: false,
    bundle: false,
    appointment: false,
    plan: false,
  })
})

test('a case without an appointment to come asks for one, and one that is over asks what became of it', () => {
  check({ appointments: { coming: 0, unrecorded: 1 } }, [
    '/appointments',
    '/appointments/new',
    '/evidence',
    '/incidents/new',
  ])
})

test('once there is evidence, incidents are made from the chronology, and then a bundle', () => {
  check({ evidence: exhibits({ read: 2 }) }, ['/chronology'])
  check({ evidence: exhibits({ read: 2 }), incidents: { made: 3, limitDaysLeft: 100, unlooked: 0 } }, [
    '/bundles',
  ])
})

test('what presses comes first: a time limit, a consent that ends, a bundle that waits, a question', () => {
  check(
    {
      evidence: exhibits({ asking: 1, failed: 1 }),
      incidents: { made: 3, limitDaysLeft: 10, unlooked: 0 },
      bundles: { asked: 1, ready: 0 },
      consentsEndingInDays: [3, 200],
    },
    ['/incidents', '/consents', '/bundles', '/evidence?show=asking', '/evidence?show=failed'],
  )
})

test('what is kept and not read, or read in doubt, is work for a person and never passed over', () => {
  const things = chooseNextThings({ ...empty, evidence: exhibits({ unread: 2, 'in-doubt': 1 }) }, all)
  expect(things.map(each => each.words)).toEqual([
    '2 exhibits are kept and not read',
    '1 exhibit was read in part or in doubt',
    'Make incidents from the chronology',
  ])
})

test('a possible breach and a review that is due come before everything, and a plan is asked for', () => {
  const evidence = exhibits({ read: 1 })
  const incidents = { made: 1, limitDaysLeft: 10, unlooked: 0 }
  const bundles = { asked: 0, ready: 1 }
  check(
    {
      evidence,
      incidents,
      bundles,
      plan: { isMade: true, due: 2 },
      orders: { possibleBreaches: 1, endingSoon: 1 },
    },
    ['/orders', '/plan', '/incidents', '/orders'],
  )
  check({ evidence, incidents, bundles, plan: { isMade: false, due: 0 } }, ['/incidents', '/plan'])
})

test('a limit that has passed presses nobody any more', () => {
  check(
    {
      evidence: exhibits({ read: 1 }),
      incidents: { made: 1, limitDaysLeft: -1, unlooked: 0 },
      bundles: { asked: 0, ready: 1 },
    },
    [],
  )
})

test('until somebody has chosen the course of conduct it is asked for, and again for what came since', () => {
  const words = (made: number, unlooked: number) =>
    chooseNextThings({ ...empty, incidents: { made, limitDaysLeft: null, unlooked } }, all).map(
      each => each.words,
    )
  expect(words(3, 3).join()).toContain(
    'Choose which incidents are the course of conduct: until then a time limit',
  )
  expect(words(3, 1).join()).toContain('Say whether a new incident belongs to the course of conduct')
  expect(words(3, 0).join()).not.toContain('course of conduct')
})

test('parts that are left out are never spoken of', () => {
  check(
    { evidence: null, incidents: null, bundles: null, consentsEndingInDays: null, sharingsToDecide: null },
    [],
  )
})

test('a request to share without consent waits in sight of those who decide on it', () => {
  check({ sharingsToDecide: 1 }, ['/without-consent', '/evidence', '/incidents/new'])
})

test('a case is counted from what the viewer sees, and no more', () => {
  const now = new Date('2026-03-02T10:00:00Z')
  expect(
    countCase(
      {
        consents: null,
        evidence: null,
        incidents: null,
        bundles: null,
        appointments: null,
        plan: null,
        orders: null,
        exceptions: null,
      },
      now,
    ),
  ).toEqual({
    appointments: null,
    consentsEndingInDays: null,
    evidence: null,
    incidents: null,
    bundles: null,
    plan: null,
    orders: null,
    sharingsToDecide: null,
  })
  const counted = countCase(
    {
      consents: [
        { state: 'in-force', inForceUntil: new Date('2026-03-04T10:00:00Z') },
        { state: 'in-force', inForceUntil: null },
        { state: 'withdrawn', inForceUntil: new Date('2026-03-03T10:00:00Z') },
      ],
      evidence: exhibits({ unread: 1 }),
      incidents: { incidents: [{ number: 1 }, { number: 2 }], conduct: null, limits: [] },
      bundles: [{ state: 'asked' }, { state: 'ready' }, { state: 'refused' }],
      appointments: [
        { state: 'booked', endsAt: new Date('2026-03-02T10:00:01Z') },
        { state: 'booked', endsAt: now },
        { state: 'attended', endsAt: now },
      ],
      plan: { plan: null, due: [] },
      orders: { orders: [], openBreaches: [], today: '2026-03-02' },
      exceptions: [{ state: 'asked' }, { state: 'approved' }],
    },
    now,
  )
  expect(counted).toEqual({
    consentsEndingInDays: [2],
    sharingsToDecide: 1,
    evidence: exhibits({ unread: 1 }),
    incidents: { made: 2, limitDaysLeft: null, unlooked: 2 },
    bundles: { asked: 1, ready: 1 },
    appointments: { coming: 1, unrecorded: 1 },
    plan: { isMade: false, due: 0 },
    orders: { possibleBreaches: 0, endingSoon: 0 },
  })
})
