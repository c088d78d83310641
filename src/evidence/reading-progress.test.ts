import fc from 'fast-check'
import { expect, test } from 'vitest'
import { followReading, sayProgress } from './reading-progress.ts'

test('a reading says how many bytes of how many, and how many records', () => {
  expect(sayProgress({ records: 0, bytes: 12_000_000, of: 200_000_000 })).toBe(
    'It is looked over before anything is read: 12 MB of 200 MB so far.',
  )
  expect(sayProgress({ records: 41_200, bytes: 55_000_000, of: 200_000_000 })).toBe(
    '55 MB of 200 MB read so far: 41,200 records.',
  )
  expect(sayProgress({ records: 1, bytes: null, of: 200_000_000 })).toBe('1 record read so far.')
  expect(sayProgress({ records: 0, bytes: null, of: 9 })).toBe(
    'It was opened, and nothing has been read yet.',
  )
})

test('the place of looking over is not said as the place of reading', () => {
  const following = followReading(1000, false)
  for (const byte of [400, 800, 1000]) following.reach(byte)
  expect(following.progress()).toEqual({ records: 0, bytes: 1000, of: 1000 })
  following.reach(300)
  following.count()
  expect(following.progress()).toEqual({ records: 1, bytes: 300, of: 1000 })
})

test('no more is ever said to be read than was gone through, nor more than there is', () => {
  const steps = fc.array(fc.oneof(fc.nat(1200), fc.constant('record' as const)), { maxLength: 40 })
  fc.assert(
    fc.property(steps, fc.boolean(), (all, isArchive) => {
      const following = followReading(1000, isArchive)
      let records = 0
      let most = 0
      for (const step of all) {
        if (step === 'record') {
          following.count()
          records += 1
        } else {
          following.reach(step)
          most = Math.max(most, step)
        }
        const { bytes, ...rest } = following.progress()
        expect(rest).toEqual({ records, of: 1000 })
        if (isArchive) expect(bytes).toBeNull()
        else expect(bytes).toBeLessThanOrEqual(Math.min(most, 1000))
      }
    }),
  )
})
