import { expect, test } from 'vitest'
import { grantingGrounds } from '../../test/support/granting-grounds.ts'
import { makeId, type PersonId } from '../foundation/ids.ts'
import { decideExceptionAsk, decideExceptionDecision, decideExceptionEnd } from './exception.ts'
import { legalBasisTable } from './legal-basis.ts'

const now = new Date('2026-03-02T10:00:00Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000)
const [one, other] = [makeId<PersonId>(now), makeId<PersonId>(now)]
const legalBasis = 'crime-prevention'
const grounds = grantingGrounds(legalBasis)
const asked = { state: 'asked', askedBy: one, until: days(3), legalBasis, grounds } as const

test('a sharing without consent ends within thirty days', () => {
  expect(decideExceptionEnd(days(30), now)).toEqual({ allowed: true })
  expect(decideExceptionEnd(new Date(days(30).getTime() + 1), now)).toEqual({
    allowed: false,
    because: 'too-long',
  })
  expect(decideExceptionEnd(now, now)).toEqual({ allowed: false, because: 'end-is-past' })
})

test('S12 the person who asked decides nothing, and another person decides once', () => {
  for (const verdict of ['approved', 'refused'] as const) {
    expect(decideExceptionDecision(asked, one, verdict, false, now)).toEqual({
      allowed: false,
      because: 'same-person',
    })
    expect(decideExceptionDecision(asked, other, verdict, false, now)).toEqual({ allowed: true })
    expect(decideExceptionDecision({ ...asked, state: 'refused' }, other, verdict, false, now)).toEqual({
      allowed: false,
      because: 'already-decided',
    })
  }
})

test('what is over before it was approved is refused and no longer approved', () => {
  expect(decideExceptionDecision(asked, other, 'approved', false, days(3))).toEqual({
    allowed: false,
    because: 'end-is-past',
  })
  expect(decideExceptionDecision(asked, other, 'refused', false, days(3))).toEqual({ allowed: true })
})

test('S12 nothing is asked for or approved while a question is unanswered', () => {
  for (const { basis } of legalBasisTable) {
    const whole = { until: days(3), legalBasis: basis, grounds: grantingGrounds(basis) }
    expect(decideExceptionAsk(whole, false, now)).toEqual({ allowed: true })
    for (const id of Object.keys(whole.grounds.limbs)) {
      const limbs = { ...whole.grounds.limbs, [id]: '' }
      const without = { ...whole, grounds: { ...whole.grounds, limbs } }
      const refused = { allowed: false, because: 'no-grounds' }
      expect(decideExceptionAsk(without, false, now)).toEqual(refused)
      expect(decideExceptionDecision({ ...asked, ...without }, other, 'approved', false, now)).toEqual(
        refused,
      )
      expect(decideExceptionDecision({ ...asked, ...without }, other, 'refused', false, now).allowed).toBe(
        true,
      )
    }
  }
})

test('what was asked for before the limbs were, or on a basis of an earlier list, can be refused and not approved', () => {
  for (const old of [
    { ...asked, grounds: null },
    { ...asked, legalBasis: 'court-order' as const },
    { ...asked, legalBasis: 'safeguarding-vulnerable-individual' as const },
  ]) {
    expect(decideExceptionDecision(old, other, 'approved', true, now).allowed).toBe(false)
    expect(decideExceptionDecision(old, other, 'refused', true, now).allowed).toBe(true)
  }
})
