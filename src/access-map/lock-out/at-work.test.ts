import { expect, test } from 'vitest'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { findThingsAtWork, isStepWith } from './at-work.ts'

test('what lies at the client’s work is known by its kind or by what they call it', () => {
  const named = (kind: string, number: number, label: string) => ({ ...thingOf(kind, number), label })
  const inventory = inventoryOf([
    named('work-account', 1, 'The rota'),
    named('phone', 2, 'Work phone'),
    named('computer', 3, 'Computer in the office'),
    named('number', 4, 'Number at WORK'),
    named('people', 5, 'A colleague who tells'),
    named('phone', 6, 'Lena’s phone'),
    named('router', 7, 'Home network'),
    named('strava', 8, 'Workouts'),
  ])
  expect(findThingsAtWork(inventory).map(({ thingId }) => thingId)).toEqual(['t1', 't2', 't3', 't4', 't5'])
})

test('a step is at the work when it is about what lies there, or is taken on it', () => {
  const things = new Set(['t2'])
  expect(isStepWith('change-passcode:t2', 't2', things)).toBe(true)
  expect(isStepWith('close-on:t1.t2', 't1', things)).toBe(true)
  expect(isStepWith('change-passcode:t22', 't22', things)).toBe(false)
  expect(isStepWith('anything', 't2', things)).toBe(true)
  expect(isStepWith('anything', undefined, things)).toBe(false)
})
