import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markLapsed, type SaidVerdict, verdictDays } from './channel-verdict.ts'
import { type ClientWord, decideClientWord, longestWordDays } from './client-word.ts'
import { type ContactPlan, emptyPlan, type SafeChannel } from './contact-plan.ts'
import {
  decideChannelVerdict,
  decideMark,
  type SaidOfChannel,
  saidOfAddress,
  saidOfAddressNow,
} from './decide-channel-verdict.ts'
import { sayVerdictBasis, sayWhatItRestsOn } from './say-verdict.ts'

const noon = Date.parse('2026-03-04T12:00:00Z')
const day = 24 * 60 * 60 * 1000
const verdicts = ['observable', 'unknown', 'not-observable'] as const
type Verdict = (typeof verdicts)[number]

const by = (
  verdict: Verdict,
  fromMap: boolean,
  days: number,
  countsUntil: Date | null = null,
): SaidVerdict => ({
  verdict,
  fromMap,
  at: new Date(noon + days * day),
  countsUntil,
})
const clientWord = (daysLeft: number): ClientWord => ({
  at: new Date(noon - day),
  countsUntil: new Date(noon + daysLeft * day),
  heard: 'face-to-face',
})
const weigh = (said: readonly SaidVerdict[], client: ClientWord | null = null) => {
  const { verdict, basis } = decideChannelVerdict({ said, client }, noon)
  return `${verdict} ${basis}`
}

test('S1 a channel that nobody and nothing has vouched for is not known, and a colleague who knows nothing against it does not vouch for it', () => {
  expect(weigh([])).toBe('unknown nobody')
  expect(weigh([by('not-observable', false, -1)])).toBe('unknown nobody')
  expect(weigh([by('unknown', true, -1), by('not-observable', false, 0)])).toBe('unknown map')
})

test('S1 what the client says lifts what is not known, is shown as what they say, and is over after its last day', () => {
  expect(weigh([], clientWord(1))).toBe('not-observable client')
  expect(weigh([by('unknown', true, -1)], clientWord(1))).toBe('not-observable client')
  expect(weigh([by('unknown', false, -1)], clientWord(1))).toBe('not-observable client')
  expect(weigh([], clientWord(0))).toBe('unknown client')
  expect(decideChannelVerdict({ said: [], client: clientWord(-1) }, noon)).toMatchObject({
    verdict: 'unknown',
    isOld: true,
  })
  // Where the map itself says so, it says so.
  expect(weigh([by('not-observable', true, -1)], clientWord(1))).toBe('not-observable map')
})

test('S1 nothing lifts observable: not what the client says, not the other of the two, not age', () => {
  for (const fromMap of [true, false])
    for (const other of [...verdicts, null])
      for (const client of [clientWord(1), clientWord(-1), null]) {
        const seen = by('observable', fromMap, -200)
        const said = other === null ? [seen] : [seen, by(other, !fromMap, -1)]
        expect(decideChannelVerdict({ said, client }, noon).verdict).toBe('observable')
        expect(decideClientWord(said, '2026-03-10', '2026-03-04')).toEqual({
          allowed: false,
          because: 'observable',
        })
      }
})

test('S1 what the map says of old answers counts as not known, and no word of a colleague makes up for it', () => {
  const fresh = by('not-observable', false, -1)
  expect(weigh([by('not-observable', true, -1, new Date(noon + 1)), fresh])).toBe('not-observable map')
  expect(weigh([by('not-observable', true, -1, new Date(noon)), fresh])).toBe('unknown map')
  expect(weigh([by('not-observable', true, -(verdictDays + 1)), fresh])).toBe('unknown map')
  expect(weigh([by('not-observable', true, -1), by('unknown', false, -9)])).toBe('unknown person')
})

test('what the client says has a last day: from today on, thirty days at most', () => {
  const decide = (lastDay: string) => decideClientWord([], lastDay, '2026-03-04')
  expect(decide('2026-03-03')).toEqual({ allowed: false, because: 'over' })
  expect(decide('2026-03-04')).toEqual({ allowed: true })
  expect(decide('2026-04-03')).toEqual({ allowed: true })
  expect(longestWordDays).toBe(30)
  expect(decide('2026-04-04')).toEqual({ allowed: false, because: 'too-long' })
  expect(decide('9999-12-31')).toEqual({ allowed: false, because: 'too-long' })
})

test('S1 a text to a number is seen by anyone who sees its calls, and one that was taken out is no other number', () => {
  const channel = (
    channelId: string,
    kind: SafeChannel['kind'],
    value: string,
    isGone = false,
  ): SafeChannel => ({
    ...{ channelId, kind, value, isGone, safe: 'yes', confirmedAt: '2026-03-01T10:00:00.000Z' },
    ...{ expiresOn: '2026-06-01', mayRemind: true, windows: [], note: '' },
  })
  const plan: ContactPlan = {
    ...emptyPlan,
    channels: [
      channel('c1', 'phone', '07700 900123', true),
      channel('c2', 'text', '+44 7700 900123'),
      channel('c3', 'text', '07700 900124'),
      channel('c4', 'other', 'WhatsApp on 07700900123'),
    ],
  }
  const all = new Map<string, SaidOfChannel>([['c1', { said: [by('observable', true, -1)], client: null }]])
  const verdictOf = (channelId: string) =>
    decideChannelVerdict(saidOfAddress(plan, channelId, all), noon).verdict
  expect([verdictOf('c2'), verdictOf('c3'), verdictOf('c4')]).toEqual(['observable', 'unknown', 'observable'])
})

/** The rule in other words: a table over what each of the three last said. */
function oracle(
  map: Verdict | 'old' | null,
  person: Verdict | null,
  client: 'counts' | 'over' | null,
): Verdict {
  if (map === 'observable' || person === 'observable') return 'observable'
  if (client === 'counts') return 'not-observable'
  return map === 'not-observable' && person !== 'unknown' ? 'not-observable' : 'unknown'
}

test('S1 whatever is said by whom and in whatever order, a channel is safe by the map or by what the client says, and by nothing else', () => {
  const word = fc.record({
    verdict: fc.constantFrom(...verdicts),
    who: fc.constantFrom('map', 'old-map', 'person', 'client', 'client-over'),
  })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), words => {
      const newest = new Map<boolean, SaidVerdict>()
      let client: ClientWord | null = null
      for (const [index, { verdict, who }] of words.entries()) {
        const fromMap = who === 'map' || who === 'old-map'
        const said = [...newest.values()]
        if (who === 'client' || who === 'client-over') {
          const decision = decideClientWord(said, '2026-03-10', '2026-03-04')
          expect(decision.allowed).toBe(said.every(each => each.verdict !== 'observable'))
          if (decision.allowed) client = clientWord(who === 'client' ? 3 : -3)
        } else {
          const decision = decideMark(said, { verdict, fromMap })
          const isSeen = newest.get(true)?.verdict === 'observable'
          expect(decision.allowed).toBe(fromMap || verdict !== 'not-observable' || !isSeen)
          if (decision.allowed)
            newest.set(
              fromMap,
              by(verdict, fromMap, -1 + index / 100, new Date(noon + (who === 'map' ? day : 0))),
            )
        }
        const map = newest.get(true)
        const isOld = map?.verdict === 'not-observable' && map.countsUntil?.getTime() === noon
        const expected = oracle(
          isOld ? 'old' : (map?.verdict ?? null),
          newest.get(false)?.verdict ?? null,
          client && (client.countsUntil.getTime() > noon ? 'counts' : 'over'),
        )
        const weighed = decideChannelVerdict({ said: [...newest.values()], client }, noon)
        expect(weighed.verdict).toBe(expected)
        if (weighed.verdict === 'not-observable') expect(['map', 'client']).toContain(weighed.basis)
      }
    }),
    { numRuns: 500 },
  )
})

test('S1 a word of the map by other rules than those of the program counts no longer, and says when it was calculated', () => {
  const safe = (byRules: string | null) => ({ ...by('not-observable', true, -1), byRules })
  const now = (byRules: string | null, client: ClientWord | null = null) =>
    decideChannelVerdict({ said: markLapsed([safe(byRules)], 'email', 'these'), client }, noon)
  expect(now('these')).toMatchObject({ verdict: 'not-observable', basis: 'map', isOld: false })
  for (const rules of ['others', '', null]) {
    const weighed = now(rules)
    expect(weighed).toMatchObject({ verdict: 'unknown', basis: 'map', isOld: true, lapse: 'other-rules' })
    expect(sayVerdictBasis(weighed)).toBe('Not known')
    expect(sayWhatItRestsOn({ verdict: weighed, because: null, client: null }, 'Europe/London')).toContain(
      'The map last said on 3 March 2026',
    )
    expect(now(rules, clientWord(1))).toMatchObject({ verdict: 'not-observable', basis: 'client' })
  }
  // What can be observed stays so, by whatever rules.
  const seen = { ...by('observable', true, -1), byRules: 'others' }
  expect(weigh(markLapsed([seen], 'email', 'these'), clientWord(1))).toBe('observable map')
})

test('S1 a letter is safe by no map of a device alone, and a call by none of a home alone', () => {
  const plan: ContactPlan = {
    ...emptyPlan,
    channels: (['post', 'phone', 'text', 'email', 'other'] as const).map((kind, index) => ({
      channelId: `c${index + 1}`,
      kind,
      value: `somewhere ${index}`,
      safe: 'yes',
      confirmedAt: '2026-03-04T10:00:00.000Z',
      expiresOn: '2026-06-01',
      mayRemind: false,
      windows: [],
      note: '',
      isGone: false,
    })),
  }
  const kindsSafeOn = (carriedBy: NonNullable<SaidVerdict['carriedBy']> | null) =>
    plan.channels
      .filter(({ channelId }) => {
        const said = { said: [{ ...by('not-observable', true, -1), byRules: 'r', carriedBy }], client: null }
        const of = saidOfAddressNow(plan, channelId, new Map([[channelId, said]]), 'r')
        return decideChannelVerdict(of, noon).verdict === 'not-observable'
      })
      .map(({ kind }) => kind)
  expect(kindsSafeOn('device')).toEqual(['phone', 'text', 'email', 'other'])
  expect(kindsSafeOn('place')).toEqual(['post', 'other'])
  expect(kindsSafeOn('both')).toEqual(['post', 'phone', 'text', 'email', 'other'])
  expect(kindsSafeOn(null)).not.toContain('post')
})
