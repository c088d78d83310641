import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verdictDays } from './channel-verdict.ts'
import { type ContactPlan, channelKinds, emptyPlan, type SafeChannel } from './contact-plan.ts'
import { nothingSaid, type SaidOfChannel } from './decide-channel-verdict.ts'
import { keepChannel } from './keep-channel.ts'
import { findTellingWords, writeReminder } from './neutral-wording.ts'
import { confirmedDays, decideSending, decideUse } from './safe-channel.ts'
import { findNextInWindow, isInWindow } from './safe-window.ts'
import { isSameChannel } from './same-channel.ts'

const zone = 'Europe/London'
const noon = Date.parse('2026-03-04T12:00:00Z')
const day = 24 * 60 * 60 * 1000
const always = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '00:00' }
const mail: SafeChannel = {
  channelId: 'c1',
  kind: 'email',
  value: 'somebody@example.org',
  safe: 'yes',
  confirmedAt: '2026-03-01T10:00:00.000Z',
  expiresOn: '2026-06-01',
  mayRemind: true,
  windows: [always],
  note: '',
  isGone: false,
}
const plan: ContactPlan = { ...emptyPlan, wants: 'yes', channels: [mail] }
const byMap = (verdict: 'observable' | 'not-observable' | 'unknown', daysAgo = 1): SaidOfChannel => ({
  said: [{ verdict, at: new Date(noon - daysAgo * day), fromMap: true }],
  client: null,
})
const unseen = byMap('not-observable')
const facts = { moment: noon, zone, isCaseOpen: true, isSecondPhraseOpen: false }
const sending = { channelId: 'c1', aboutAt: noon + day }

test('S1 a message leaves only where every question of the contact gate has a yes', () => {
  expect(decideSending(plan, unseen, sending, facts)).toEqual({ allowed: true, channel: mail })
  const check = (
    because: string,
    change: {
      plan?: ContactPlan | null
      channel?: Partial<SafeChannel>
      said?: SaidOfChannel
      sending?: Partial<typeof sending>
      facts?: Partial<typeof facts>
    },
  ) => {
    const changed = change.channel ? { ...plan, channels: [{ ...mail, ...change.channel }] } : plan
    const decision = decideSending(
      change.plan === undefined ? changed : change.plan,
      change.said ?? unseen,
      { ...sending, ...change.sending },
      { ...facts, ...change.facts },
    )
    expect(decision).toEqual({ allowed: false, because })
  }
  check('case-closed', { facts: { isCaseOpen: false } })
  check('second-phrase-open', {
    facts: { isSecondPhraseOpen: true },
    plan: { ...plan, wants: 'no' },
    said: byMap('observable'),
  })
  check('no-plan', { plan: null })
  check('contact-not-wanted', { plan: { ...plan, wants: 'no' } })
  check('client-calls-us', { plan: { ...plan, wants: 'she-calls' } })
  check('no-such-channel', { sending: { channelId: 'c2' } })
  check('no-such-channel', { channel: { isGone: true } })
  check('not-marked-safe', { channel: { safe: 'no' } })
  check('not-marked-safe', { channel: { safe: 'unknown' } })
  check('no-longer-confirmed', { channel: { expiresOn: '2026-03-04' } })
  check('reminders-not-wanted', { channel: { mayRemind: false } })
  check('observable', { said: byMap('observable') })
  check('not-known-whether-observable', { said: byMap('unknown') })
  check('not-known-whether-observable', { said: nothingSaid })
  check('not-known-whether-observable', { said: byMap('not-observable', verdictDays + 1) })
  const longAgo = new Date(noon - (confirmedDays + 3) * day).toISOString()
  check('no-longer-confirmed', { channel: { confirmedAt: longAgo, expiresOn: '2099-01-01' } })
  check('a-person-must', { channel: { kind: 'text' } })
  check('too-late', { sending: { aboutAt: noon } })
  check('no-safe-hours', { channel: { windows: [] } })
  check('outside-safe-hours', { channel: { windows: [{ ...always, from: '13:00', until: '14:00' }] } })
})

test('S1 of several reasons the gravest is given: what may be observed before what was not asked for, the hour last', () => {
  const late = { windows: [{ ...always, from: '13:00', until: '14:00' }] }
  const because = (channel: Partial<SafeChannel>, said: SaidOfChannel) => {
    const decision = decideSending(
      { ...plan, channels: [{ ...mail, ...late, ...channel }] },
      said,
      sending,
      facts,
    )
    return decision.allowed ? 'allowed' : decision.because
  }
  const worst = { safe: 'unknown', mayRemind: false, kind: 'text' } as const
  expect(because(worst, byMap('observable'))).toBe('observable')
  expect(because(worst, nothingSaid)).toBe('not-marked-safe')
  expect(because({ mayRemind: false, kind: 'text' }, nothingSaid)).toBe('not-known-whether-observable')
  expect(because({ mayRemind: false, kind: 'text' }, unseen)).toBe('reminders-not-wanted')
  expect(because({ kind: 'text' }, unseen)).toBe('a-person-must')
  expect(because({}, unseen)).toBe('outside-safe-hours')
})

test('S1 what the program may not write to, a person may not ring either, whatever kind of channel it is', () => {
  for (const kind of channelKinds) {
    const use = (said: SaidOfChannel, change: Partial<SafeChannel> = {}) =>
      decideUse({ ...plan, channels: [{ ...mail, kind, mayRemind: false, ...change }] }, 'c1', said, facts)
    expect(use(unseen)).toMatchObject({ allowed: true })
    expect(use(nothingSaid)).toEqual({ allowed: false, because: 'not-known-whether-observable' })
    expect(use(byMap('observable'))).toEqual({ allowed: false, because: 'observable' })
    expect(use(unseen, { windows: [] })).toEqual({ allowed: false, because: 'no-safe-hours' })
    expect(use(unseen, { isGone: true })).toEqual({ allowed: false, because: 'no-such-channel' })
    expect(use(unseen, { expiresOn: '2026-03-04' })).toEqual({
      allowed: false,
      because: 'no-longer-confirmed',
    })
  }
})

test('S1 a safe time begins with its first minute, and at its last it is over', () => {
  const morning = [{ days: [2], from: '10:00', until: '14:00' }]
  const check = (at: string, expected: boolean) =>
    expect([at, isInWindow(Date.parse(at), zone, morning)]).toEqual([at, expected])
  check('2026-03-03T09:59:59Z', false)
  check('2026-03-03T10:00:00Z', true)
  check('2026-03-03T13:59:59Z', true)
  check('2026-03-03T14:00:00Z', false)
  check('2026-03-04T10:00:00Z', false)
})

test('a safe time that crosses midnight belongs to the day on which it begins', () => {
  const tuesdayNight = [{ days: [2], from: '22:00', until: '02:00' }]
  const check = (at: string, expected: boolean) =>
    expect([at, isInWindow(Date.parse(at), zone, tuesdayNight)]).toEqual([at, expected])
  check('2026-03-03T21:59:00Z', false)
  check('2026-03-03T22:00:00Z', true)
  check('2026-03-04T01:59:00Z', true)
  check('2026-03-04T02:00:00Z', false)
  check('2026-03-04T22:00:00Z', false)
  check('2026-03-03T01:00:00Z', false)
})

test('hours are those of the clock on the wall, over both changes of the clock', () => {
  const morning = [{ days: [7], from: '01:15', until: '01:45' }]
  // On 29 March 2026 the clocks go from 1am to 2am: that half hour never comes.
  const never = Array.from(
    { length: 180 },
    (_, minute) => Date.parse('2026-03-29T00:00:00Z') + minute * 60_000,
  )
  expect(never.some(moment => isInWindow(moment, zone, morning))).toBe(false)
  // On 25 October 2026 it comes twice.
  expect(isInWindow(Date.parse('2026-10-25T00:30:00Z'), zone, morning)).toBe(true)
  expect(isInWindow(Date.parse('2026-10-25T01:30:00Z'), zone, morning)).toBe(true)
  const ten = [{ days: [1, 2, 3, 4, 5], from: '10:00', until: '14:00' }]
  expect(isInWindow(Date.parse('2026-07-01T09:30:00Z'), zone, ten)).toBe(true)
  expect(isInWindow(Date.parse('2026-01-07T09:30:00Z'), zone, ten)).toBe(false)
})

test('the next safe minute is inside the client’s hours, and none is looked for past the appointment', () => {
  const ten = [{ days: [1], from: '10:00', until: '14:00' }]
  const friday = Date.parse('2026-03-06T15:00:00Z')
  expect(findNextInWindow(friday, friday + 30 * day, zone, ten)).toBe(Date.parse('2026-03-09T10:00:00Z'))
  expect(findNextInWindow(friday, Date.parse('2026-03-09T10:00:00Z'), zone, ten)).toBe(null)
  expect(findNextInWindow(friday, friday + 30 * day, zone, [])).toBe(null)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 1439 }), (days, minute) => {
      const after = Date.parse('2026-01-01T00:00:30Z') + days * day + minute * 60_000
      const next = findNextInWindow(after, after + 10 * day, zone, ten)
      if (next !== null) {
        expect(next).toBeGreaterThanOrEqual(after)
        expect(isInWindow(next, zone, ten)).toBe(true)
        if (next > after) expect(isInWindow(next - 60_000, zone, ten)).toBe(false)
      }
    }),
    { numRuns: 100 },
  )
})

test('no safe minute is stepped over, whatever the windows and over both changes of the clock', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 59))
    .map(([hour, past]) => `${String(hour).padStart(2, '0')}:${String(past).padStart(2, '0')}`)
  const window = fc.record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: time,
    until: time,
  })
  const start = fc
    .tuple(fc.constantFrom('2026-03-28T20:00:30Z', '2026-10-24T20:00:30Z'), fc.integer({ min: 0, max: 500 }))
    .map(([at, minutes]) => Date.parse(at) + minutes * 60_000)
  fc.assert(
    fc.property(fc.array(window, { minLength: 1, maxLength: 2 }), start, (windows, after) => {
      const until = after + 8 * 60 * 60_000
      let expected: number | null = isInWindow(after, zone, windows) ? after : null
      for (let at = Math.ceil(after / 60_000) * 60_000; expected === null && at < until; at += 60_000)
        if (isInWindow(at, zone, windows)) expected = at
      expect(findNextInWindow(after, until, zone, windows)).toBe(expected)
    }),
    { numRuns: 40 },
  )
})

test('S2 the reminder says when, and no word of what; wording that tells is found whatever its letters', () => {
  const names = ['West Kent Cyberstalking Clinic', 'Look Ahead']
  expect(findTellingWords(writeReminder(new Date(noon), zone), names)).toEqual([])
  const say = (text: string) => findTellingWords({ senderName: 'A', subject: 'B', text }, names)
  for (const text of [
    'Your STALKING case',
    'the Police',
    'look ahead',
    'See http://x',
    'ＣＬＩＮＩＣ',
    'domestic',
  ])
    expect(say(text).length, text).toBeGreaterThan(0)
  const from = (senderAddress: string) =>
    findTellingWords({ ...writeReminder(new Date(noon), zone), senderAddress }, names)
  expect(from('appointments@example.org')).toEqual([])
  expect(from('hello@look-ahead.example.org')).toEqual(['look ahead'])
  expect(from('hello@refuge.example.org')).toEqual(['refuge'])
})

test('S1 another number is another channel, the same number the same channel: writing it down again gets round nothing', () => {
  const answers = (value: string) => ({ ...mail, value, windows: [] })
  const address = fc.constantFrom(
    'one@example.org',
    ' One@Example.org ',
    'two@example.org',
    'three@example.org',
  )
  const act = fc.record({
    name: fc.constantFrom(null, 'c1', 'c2', 'c3'),
    value: address,
    isTakenOut: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 15 }), acts => {
      const names = new Map<string, string>()
      let now: ContactPlan = { ...emptyPlan, wants: 'yes' }
      for (const { name, value, isTakenOut } of acts) {
        if (isTakenOut) {
          const channels = now.channels.map(each =>
            each.channelId === name ? { ...each, isGone: true } : each,
          )
          now = { ...now, channels }
          continue
        }
        const decision = keepChannel(now, name, answers(value), mail.confirmedAt)
        if (decision.allowed) now = decision.plan
      }
      for (const { channelId, value } of now.channels) {
        const plain = value.trim().toLowerCase()
        expect(names.get(plain) ?? channelId).toBe(channelId)
        names.set(plain, channelId)
      }
      expect(new Set(now.channels.map(each => each.channelId)).size).toBe(now.channels.length)
    }),
  )
  const forms = [
    '07700 900123',
    '+44 7700 900123',
    '+44 (0)7700-900123',
    '0044 7700 900123',
    '\u202a07700900123\u202c',
  ]
  for (const one of forms)
    for (const other of forms)
      expect(
        isSameChannel({ kind: 'phone', value: one }, { kind: 'phone', value: other }),
        `${one} ${other}`,
      ).toBe(true)
  const box = (value: string) => ({ kind: 'email', value }) as const
  expect(isSameChannel(box('Lena.May+shop@googlemail.com'), box('lenamay@gmail.com'))).toBe(true)
  expect(isSameChannel(box('lena.may@example.org'), box('lenamay@example.org'))).toBe(false)
  const first = keepChannel(emptyPlan, null, answers('one@example.org'), mail.confirmedAt)
  if (!first.allowed) throw new Error(first.because)
  expect(keepChannel(first.plan, null, answers('ONE@example.org'), mail.confirmedAt)).toEqual({
    allowed: false,
    because: 'in-the-plan',
  })
  expect(keepChannel(first.plan, 'c7', answers('two@example.org'), mail.confirmedAt)).toEqual({
    allowed: false,
    because: 'no-such-channel',
  })
})
