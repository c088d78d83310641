import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Area } from '../directory/profile.ts'
import { decideEligibility, type EligibilityAnswers } from './eligibility.ts'

const area: Area = {
  name: 'Somewhere',
  districts: [{ name: 'North', code: 'E07000001' }],
  outward: { inside: ['AB1'], outside: [], straddling: ['AB2'] },
  postcodes: { inside: [], outside: [] },
}
const ours: EligibilityAnswers = {
  adult: 'yes',
  postcode: 'AB1 1AA',
  council: { kind: 'unknown' },
  cyberstalked: 'yes',
  dangerNow: 'no',
}
const decide = (change: Partial<EligibilityAnswers> = {}) =>
  decideEligibility({ ...ours, ...change }, { area })

test('an adult in the area who is or may be cyberstalked is ours', () => {
  expect(decide().outcome).toBe('ours')
  expect(decide({ cyberstalked: 'maybe' }).outcome).toBe('ours')
})

test('what is not known is asked, all of it at once, and never refused', () => {
  expect(decide({ adult: 'unknown', postcode: 'AB2 1AA', cyberstalked: 'unknown' })).toMatchObject({
    outcome: 'ask',
    ask: ['adult', 'area', 'cyberstalked'],
  })
})

test('all reasons against are given together, each with where to go instead', () => {
  expect(decide({ adult: 'no', postcode: 'ZE1 0AA', cyberstalked: 'fraud' })).toMatchObject({
    outcome: 'not-ours',
    because: ['under-age', 'other-area', 'not-cyberstalking'],
    needs: ['under-age', 'other-area', 'fraud'],
  })
})

test('danger now puts the emergency words first and stops nothing', () => {
  expect(decide({ dangerNow: 'yes' })).toMatchObject({ outcome: 'ours', emergencyFirst: true })
  expect(decide({ dangerNow: 'yes', adult: 'no' })).toMatchObject({
    outcome: 'not-ours',
    needs: ['danger-now', 'under-age'],
  })
})

test('only a clear no ever sends anybody away, and then there is always somewhere to go', () => {
  const yesNo = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const)
  fc.assert(
    fc.property(
      fc.record({
        adult: yesNo,
        dangerNow: yesNo,
        postcode: fc.oneof(
          fc.constantFrom('', 'AB1', 'AB2 1AA', 'ZE1 0AA', '10115', 'here'),
          fc.string({ maxLength: 12 }),
        ),
        council: fc.constantFrom(
          { kind: 'unknown' as const },
          { kind: 'other' as const },
          { kind: 'district' as const, code: 'E07000001' },
        ),
        cyberstalked: fc.constantFrom(
          'yes' as const,
          'maybe' as const,
          'fraud' as const,
          'other' as const,
          'unknown' as const,
        ),
      }),
      answers => {
        const decision = decideEligibility(answers, { area })
        const saysNo =
          answers.adult === 'no' ||
          decision.area.where === 'outside' ||
          ['fraud', 'other'].includes(answers.cyberstalked)
        expect(decision.outcome === 'not-ours').toBe(saysNo)
        if (decision.outcome === 'not-ours') {
          expect(decision.because.length).toBeGreaterThan(0)
          expect(decision.needs.length).toBeGreaterThanOrEqual(decision.because.length)
        }
        if (decision.outcome === 'ask') expect(decision.ask.length).toBeGreaterThan(0)
      },
    ),
  )
})
