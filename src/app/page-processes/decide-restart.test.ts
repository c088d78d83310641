import { expect, test } from 'vitest'
import { decideRestart } from './decide-restart.ts'

test('a process that ended is started again soon, later each time, and not for ever', () => {
  const ends: number[] = []
  const answers = Array.from({ length: 11 }, (_, each) => {
    ends.push(each * 1000)
    return decideRestart(ends, each * 1000)
  })
  expect(answers).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000, 5000, 'give-up'])
})

test('ends that lie long ago do not count', () => {
  const ends = Array.from({ length: 50 }, (_, each) => each * 3_600_000)
  expect(decideRestart(ends, 49 * 3_600_000)).toBe(200)
})
