import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findCameraClocks, sayClocks } from './camera-clocks.ts'

test('every clock is said with its zone or without one, and by how much camera and satellites differ', () => {
  const tags = {
    DateTimeOriginal: '2026:03:02 22:14:03',
    OffsetTimeOriginal: '+01:00',
    CreateDate: '2026:03:02 22:14:04',
    ModifyDate: '2026:03:09 08:00:00',
    OffsetTime: '+00:00',
    GPSDateStamp: '2026:03:03',
    GPSTimeStamp: [23, 15, 0],
  }
  expect(sayClocks(findCameraClocks(tags))).toEqual([
    'Clock of the camera when the picture was taken: 2026-03-02 22:14:03 (+01:00).',
    'Clock of the camera when the picture was made digital: 2026-03-02 22:14:04. It does not say in which zone.',
    'Clock of the device or program that last wrote the file: 2026-03-09 08:00:00 (+00:00).',
    'Clock of the satellites: 2026-03-03 23:15:00 (UTC).',
    'The clock of the camera was 1 day 2 hours 1 minute behind that of the satellites.',
  ])
  expect(
    sayClocks(findCameraClocks({ ...tags, GPSDateStamp: '2026:03:02', GPSTimeStamp: '21:14:50' })),
  ).toHaveLength(4)
  expect(sayClocks(findCameraClocks({ ...tags, OffsetTimeOriginal: '' }))).toHaveLength(4)
  expect(findCameraClocks({})).toEqual([])
})

test('what is no time is said as it stands, and nothing that a file says breaks a sentence', () => {
  expect(sayClocks(findCameraClocks({ DateTimeOriginal: '    :  :     :  :  ' }))[0]).toContain(
    'which is no time',
  )
  expect(
    sayClocks(findCameraClocks({ DateTimeOriginal: '2026:13:45 99:99:99', OffsetTimeOriginal: '+01:00' }))[0],
  ).toContain('2026-13-45')
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.array(fc.double(), { maxLength: 4 }),
    fc.constant({ a: 1 }),
  )
  const name = fc.constantFrom(
    'DateTimeOriginal',
    'OffsetTimeOriginal',
    'CreateDate',
    'ModifyDate',
    'OffsetTime',
    'GPSDateStamp',
    'GPSTimeStamp',
  )
  fc.assert(
    fc.property(fc.dictionary(name, value), tags => {
      const clocks = findCameraClocks(tags)
      expect(clocks.length).toBeLessThanOrEqual(4)
      for (const line of sayClocks(clocks)) {
        expect(line.length).toBeLessThan(250)
        expect(line).toMatch(/\.$/)
        expect(line).not.toMatch(/[\n\u0000\u202e]/)
      }
    }),
  )
})
