import { expect, test } from 'vitest'
import { jobs } from '../app/jobs.ts'
import { sayIfCancelled, sayStop, sayWork } from './say-stopped-work.ts'

test('every kind of work has words for the administrator, and for what becomes of it when it is cancelled', () => {
  for (const { name } of jobs) {
    expect(sayWork(name)).toMatch(/^[A-Z][a-z]+ [a-z ]+$/)
    expect(sayIfCancelled(name)).not.toContain('anyone who waits for it is not told')
  }
})

test('work and faults that this version does not know are said to be that, with their code for the operator', () => {
  expect(sayWork('boil-kettle')).toBe('Work of another version of the program (boil-kettle)')
  expect(sayStop('disk-full')).toBe('There was no room left on the disk (disk-full)')
  expect(sayStop('ECONNRESET')).toBe('It met a fault (ECONNRESET)')
})
