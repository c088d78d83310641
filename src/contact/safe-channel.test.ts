import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ContactPlan, emptyPlan, type SafeChannel } from './contact-plan.ts'
import { keepWay } from './keep-way.ts'
import { findTellingWords, writeReminder } from './neutral-wording.ts'
import { type ChannelVerdict, decideSending, verdictDays } from './safe-channel.ts'
import { findNextInWindow, isInWindow } from './safe-window.ts'
import { decideMark, type SaidVerdict, weighVerdicts } from './weigh-verdicts.ts'

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
const unseen: ChannelVerdict = { verdict: 'not-observable', at: new Date(noon - day) }
const facts = { moment: noon, zone, isCaseOpen: true }
const sending = { channelId: 'c1', aboutAt: noon + day }

test('S1 a message leaves only where every question of the door has a yes', () => {
  expect(decideSending(plan, unseen, sending, facts)).toEqual({ allowed: true, channel: mail })
  const check = (
    because: string,
    change: {
      plan?: ContactPlan | null
      channel?: Partial<SafeChannel>
      verdict?: ChannelVerdict | null
      sending?: Partial<typeof sending>
      facts?: Partial<typeof facts>
    },
  ) => {
    const changed = change.channel ? { ...plan, channels: [{ ...mail, ...change.channel }] } : plan
    const decision = decideSending(
      change.plan === undefined ? changed : change.plan,
      change.verdict === undefined ? unseen : change.verdict,
      { ...sending, ...change.sending },
      { ...facts, ...change.facts },
    )
    expect(decision).toEqual({ allowed: false, because })
  }
  check('case-closed', { facts: { isCaseOpen: false } })
  check('no-plan', { plan: null })
  check('contact-not-wanted', { plan: { ...plan, wants: 'no' } })
  check('client-calls-us', { plan: { ...plan, wants: 'she-calls' } })
  check('no-such-channel', { sending: { channelId: 'c2' } })
  check('no-such-channel', { channel: { isGone: true } })
  check('not-marked-safe', { channel: { safe: 'no' } })
  check('not-marked-safe', { channel: { safe: 'unknown' } })
  check('no-longer-confirmed', { channel: { expiresOn: '2026-03-04' } })
  check('reminders-not-wanted', { channel: { mayRemind: false } })
  check('observable', { verdict: { verdict: 'observable', at: new Date(noon) } })
  check('not-known-whether-observable', { verdict: { verdict: 'unknown', at: new Date(noon) } })
  check('not-known-whether-observable', { verdict: null })
  check('not-known-whether-observable', {
    verdict: { ...unseen, at: new Date(noon - (verdictDays + 1) * day) },
  })
  check('a-person-must', { channel: { kind: 'text' } })
  check('too-late', { sending: { aboutAt: noon } })
  check('no-safe-hours', { channel: { windows: [] } })
  check('outside-safe-hours', { channel: { windows: [{ ...always, from: '13:00', until: '14:00' }] } })
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

test('the next safe minute is inside her hours, and none is looked for past the appointment', () => {
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

const said = (
  verdict: ChannelVerdict['verdict'],
  fromMap: boolean,
  days: number,
  countsUntil: Date | null = null,
) => ({ verdict, fromMap, at: new Date(noon + days * day), countsUntil })

test('S1 of what a person and the map say of a channel the stricter counts, and of two that agree the newer', () => {
  const check = (one: SaidVerdict, other: SaidVerdict, expected: SaidVerdict) => {
    expect(weighVerdicts([one, other], noon)).toBe(expected)
    expect(weighVerdicts([other, one], noon)).toBe(expected)
  }
  const seen = said('observable', true, 0)
  const unsure = said('unknown', false, 1)
  const safe = said('not-observable', true, 2)
  const newer = said('not-observable', false, 3)
  expect(weighVerdicts([], noon)).toBe(null)
  check(seen, unsure, seen)
  check(seen, newer, seen)
  check(unsure, safe, unsure)
  check(safe, newer, newer)
})

test('S1 what the map says of old answers counts as not known, and no word of a person makes up for it', () => {
  const fresh = said('not-observable', false, -1)
  const check = (byMap: SaidVerdict, expected: ChannelVerdict['verdict']) =>
    expect(weighVerdicts([byMap, fresh], noon)?.verdict).toBe(expected)
  check(said('not-observable', true, -1, new Date(noon + 1)), 'not-observable')
  check(said('not-observable', true, -1, new Date(noon)), 'unknown')
  check(said('not-observable', true, -(verdictDays + 1)), 'unknown')
  check(said('observable', true, -(verdictDays + 1)), 'observable')
  const old = said('not-observable', false, -(verdictDays + 1))
  expect(decideSending(plan, weighVerdicts([old], noon), sending, facts).allowed).toBe(false)
  expect(
    decideSending(plan, weighVerdicts([old, said('not-observable', true, -1)], noon), sending, facts).allowed,
  ).toBe(true)
})

test('S1 whatever is said by whom and in whatever order, nothing passes while the map says observable, and only the map takes it back', () => {
  const word = fc.record({
    verdict: fc.constantFrom('observable' as const, 'unknown' as const, 'not-observable' as const),
    fromMap: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), words => {
      const newest = new Map<boolean, SaidVerdict>()
      for (const [index, { verdict, fromMap }] of words.entries()) {
        const byMap = newest.get(true)?.verdict
        const decision = decideMark([...newest.values()], { verdict, fromMap })
        expect(decision.allowed).toBe(fromMap || verdict !== 'not-observable' || byMap !== 'observable')
        if (decision.allowed)
          newest.set(fromMap, said(verdict, fromMap, -1 + index / 100, new Date(noon + day)))
        const isOpen = decideSending(plan, weighVerdicts([...newest.values()], noon), sending, facts).allowed
        const all = [...newest.values()].map(each => each.verdict)
        expect(isOpen).toBe(all.length > 0 && all.every(each => each === 'not-observable'))
      }
    }),
  )
})

test('S1 another number is another way, the same number the same way: nothing is got round by writing it down again', () => {
  const told = (value: string) => ({ ...mail, value, windows: [] })
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
        const decision = keepWay(now, name, told(value), mail.confirmedAt)
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
  const first = keepWay(emptyPlan, null, told('one@example.org'), mail.confirmedAt)
  if (!first.allowed) throw new Error(first.because)
  expect(keepWay(first.plan, null, told('ONE@example.org'), mail.confirmedAt)).toEqual({
    allowed: false,
    because: 'in-the-plan',
  })
  expect(keepWay(first.plan, 'c7', told('two@example.org'), mail.confirmedAt)).toEqual({
    allowed: false,
    because: 'no-such-way',
  })
})
