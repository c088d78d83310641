import { expect, test } from 'vitest'
import { makeId, type PersonId } from '../foundation/ids.ts'
import { decideBar, sayBarReason } from './bar.ts'

const now = new Date('2026-03-02T10:00:00Z')
const coordinator = makeId<PersonId>(now)
const adviser = makeId<PersonId>(now)

test('nobody bars themselves', () => {
  expect(decideBar(coordinator, coordinator, [])).toEqual({ allowed: false, because: 'own-bar' })
})

test('somebody is barred once at a time, and again after the bar was lifted', () => {
  expect(decideBar(coordinator, adviser, [])).toEqual({ allowed: true })
  expect(decideBar(coordinator, adviser, [{ personId: adviser, liftedAt: null }])).toEqual({
    allowed: false,
    because: 'already-barred',
  })
  expect(decideBar(coordinator, adviser, [{ personId: adviser, liftedAt: now }])).toEqual({ allowed: true })
})

test('what the program found is said in words, and a coordinator’s words stand as they are', () => {
  expect(sayBarReason('name-like-the-suspected-person')).toBe('Their name is like the suspected person’s')
  expect(sayBarReason('Plays football with him')).toBe('Plays football with him')
})
