import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redFlags, urgencies } from './red-flags.ts'
import { decideUrgency, findMissingReason } from './triage.ts'

test('judgement may raise how soon somebody must act, and never lower it', () => {
  expect(decideUrgency(['strangled'], 'no', 'routine')).toMatchObject({
    urgency: 'today',
    reasons: ['strangled'],
  })
  expect(decideUrgency([], 'no', 'two-days')).toMatchObject({ urgency: 'two-days', reasons: ['judgement'] })
  fc.assert(
    fc.property(
      fc.subarray([...redFlags]),
      fc.constantFrom(...urgencies),
      fc.constantFrom('yes', 'no', 'unknown'),
      (flags, judgement, danger) => {
        const { urgency, fromFlags } = decideUrgency(flags, danger, judgement)
        expect(urgencies.indexOf(urgency)).toBe(
          Math.min(urgencies.indexOf(fromFlags), urgencies.indexOf(judgement)),
        )
      },
    ),
  )
})

test('one more red flag never makes it less urgent', () => {
  fc.assert(
    fc.property(fc.subarray([...redFlags]), fc.constantFrom(...redFlags), (flags, more) => {
      const before = urgencies.indexOf(decideUrgency(flags, 'no', 'routine').urgency)
      expect(urgencies.indexOf(decideUrgency([...flags, more], 'no', 'routine').urgency)).toBeLessThanOrEqual(
        before,
      )
    }),
  )
})

test('danger now is today, with no other sign', () => {
  expect(decideUrgency([], 'yes', 'routine')).toMatchObject({ urgency: 'today', reasons: ['danger-now'] })
})

test('a type is a working assumption with a reason that points to it', () => {
  expect(findMissingReason('known-control', ['gifts'])).toBe('known-control')
  expect(findMissingReason('stranger-online', ['gifts'])).toBe(null)
  expect(findMissingReason('both', ['gifts'])).toBe('one-of-each')
  expect(findMissingReason('both', ['gifts', 'lived-together'])).toBe(null)
  expect(findMissingReason('not-clear-yet', [])).toBe(null)
})
