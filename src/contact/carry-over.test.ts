import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findSealedFields, type ReferralAnswers, readChannel } from '../cases/referral.ts'
import { agreeTo, carryOver, isOnlyCarriedOver, type ReferralContact, sayCarriedOver } from './carry-over.ts'
import { contactPlanSchema } from './contact-plan.ts'
import { type ChannelAnswers, keepChannel } from './keep-channel.ts'
import { decideSending } from './safe-channel.ts'

const answer = fc.constantFrom('yes', 'no', 'unknown')
const words = fc.string({ maxLength: 60 })
const answers: fc.Arbitrary<ReferralContact> = fc.record({
  at: fc
    .date({ min: new Date('2025-01-01'), max: new Date('2026-03-01'), noInvalidDate: true })
    .map(date => date.toISOString()),
  by: fc.constantFrom('client', 'someone-else'),
  wants: answer,
  times: words,
  voicemail: words,
  codeWords: words,
  contactChannels: fc.array(
    fc.record({
      kind: fc.constantFrom('phone', 'email', 'other'),
      value: fc.string({ minLength: 1, maxLength: 60 }),
      safe: answer,
    }),
    { maxLength: 3 },
  ),
})

test('S1 whatever was said at the referral, nothing that was carried over lets anything leave', () => {
  fc.assert(
    fc.property(answers, said => {
      const plan = carryOver(said)
      if (!plan) return
      expect(contactPlanSchema.parse(plan)).toEqual(plan)
      expect(isOnlyCarriedOver(plan)).toBe(true)
      for (const [index, named] of said.contactChannels.entries()) {
        const channel = plan.channels[index]
        expect(channel).toMatchObject({ kind: named.kind, value: named.value, mayRemind: false, windows: [] })
        expect(channel?.safe).toBe(named.safe === 'no' ? 'no' : 'unknown')
      }
      expect(
        JSON.stringify({ ...plan, carriedOver: null, channels: plan.channels.map(each => each.safe) }),
      ).not.toContain('yes')
      // Not even where everything else is made as good as it can be by somebody who trusts what was said then.
      const moment = Date.parse('2026-03-04T12:00:00Z')
      const always = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '00:00' }
      const mapSays = {
        verdict: 'not-observable',
        at: new Date(moment),
        fromMap: true,
        countsUntil: null,
      } as const
      const verdict = { said: [mapSays], client: null }
      const sending = { channelId: 'c1', aboutAt: moment + 86_400_000 }
      const facts = { moment, zone: 'Europe/London', isCaseOpen: true, isSecondPhraseOpen: false }
      const channels = plan.channels.map(each => ({
        ...each,
        safe: 'yes' as const,
        mayRemind: true,
        windows: [always],
        expiresOn: '2027-01-01',
      }))
      const trusting = { ...plan, wants: 'yes' as const, channels }
      expect(decideSending(trusting, verdict, sending, facts)).toMatchObject({ because: 'no-plan' })
      // Written down by a person, each channel still waits for the client's own word on it.
      const agreed = agreeTo(plan, { wants: 'yes' })
      expect(isOnlyCarriedOver(agreed)).toBe(false)
      if (plan.channels.length > 0)
        expect(decideSending(agreed, verdict, sending, facts)).toMatchObject({ because: 'not-marked-safe' })
    }),
  )
})

test('nothing that was said is lost, and where nothing was said there is nothing to carry', () => {
  fc.assert(
    fc.property(answers, said => {
      const plan = carryOver(said)
      const { contactChannels: channels, ...rest } = said
      if (!plan) {
        expect([channels, rest.times, rest.voicemail, rest.codeWords, rest.wants]).toEqual([
          [],
          '',
          '',
          '',
          'unknown',
        ])
        return
      }
      expect(plan.carriedOver).toEqual({ ...rest, isAgreed: false })
      expect(sayCarriedOver(plan).map(each => each.said)).toEqual(
        [rest.codeWords, rest.voicemail].filter(each => each !== ''),
      )
      expect([plan.weSay, plan.theySay, plan.voicemailWords]).toEqual(['', '', ''])
      const agreed = agreeTo(plan, { weSay: 'other' })
      expect(sayCarriedOver(agreed)).toEqual([])
      expect(agreed.carriedOver).toEqual({ ...rest, isAgreed: true })
    }),
  )
})

test('a channel is read back as it was sealed, and what says nothing of its safety is not known to be safe', () => {
  const empty = { value: '', safe: 'unknown' } as const
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), answer, (value, safe) => {
      const channels = { phone: { value, safe }, email: empty, other: empty }
      const [field] = findSealedFields({
        postcode: '',
        safeTimes: '',
        voicemail: '',
        codeWords: '',
        contactChannels: channels,
      } as ReferralAnswers)
      expect(readChannel(field?.text ?? '')).toEqual({ value, safe })
      expect(readChannel('07700 900123').safe).toBe('unknown')
    }),
  )
})

test('a channel that is written down again stays known as the one that was named at the referral', () => {
  const plan = carryOver({
    at: '2026-02-01T10:00:00.000Z',
    by: 'client',
    wants: 'yes',
    times: '',
    voicemail: '',
    codeWords: '',
    contactChannels: [{ kind: 'phone', value: '07700 900123', safe: 'no' }],
  })
  const answers: ChannelAnswers = {
    kind: 'phone',
    value: '07700900123',
    safe: 'unknown',
    mayRemind: false,
    windows: [],
    note: '',
    expiresOn: '2026-04-01',
  }
  const kept = plan && keepChannel(plan, null, answers, '2026-03-01T10:00:00.000Z')
  // The same number is there already: nobody gets round what was said of it by adding it once more.
  expect(kept).toEqual({ allowed: false, because: 'in-the-plan' })
  const changed = plan && keepChannel(plan, 'c1', answers, '2026-03-01T10:00:00.000Z')
  expect(changed?.allowed && changed.plan.channels[0]?.namedAt).toBe('2026-02-01T10:00:00.000Z')
})
