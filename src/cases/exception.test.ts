import { expect, test } from 'vitest'
import { makeId, type PersonId } from '../foundation/ids.ts'
import { decideExceptionDecision, decideExceptionEnd, legalBases, sayLegalBasis } from './exception.ts'

const now = new Date('2026-03-02T10:00:00Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000)
const [one, other] = [makeId<PersonId>(now), makeId<PersonId>(now)]
const asked = { state: 'asked', askedBy: one, until: days(3) } as const

test('a sharing without consent ends within thirty days', () => {
  expect(decideExceptionEnd(days(30), now)).toEqual({ allowed: true })
  expect(decideExceptionEnd(new Date(days(30).getTime() + 1), now)).toEqual({
    allowed: false,
    because: 'too-long',
  })
  expect(decideExceptionEnd(now, now)).toEqual({ allowed: false, because: 'end-is-past' })
})

test('S12 whoever asked decides nothing, and another person decides once', () => {
  for (const verdict of ['approved', 'refused'] as const) {
    expect(decideExceptionDecision(asked, one, verdict, now)).toEqual({
      allowed: false,
      because: 'same-person',
    })
    expect(decideExceptionDecision(asked, other, verdict, now)).toEqual({ allowed: true })
    expect(decideExceptionDecision({ ...asked, state: 'refused' }, other, verdict, now)).toEqual({
      allowed: false,
      because: 'already-decided',
    })
  }
})

test('what is over before it was approved is refused and no longer approved', () => {
  expect(decideExceptionDecision(asked, other, 'approved', days(3))).toEqual({
    allowed: false,
    because: 'end-is-past',
  })
  expect(decideExceptionDecision(asked, other, 'refused', days(3))).toEqual({ allowed: true })
})

test('every legal basis has words of its own', () => {
  expect(new Set(legalBases.map(sayLegalBasis)).size).toBe(legalBases.length)
})
