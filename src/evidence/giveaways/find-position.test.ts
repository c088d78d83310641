import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { findPosition, readPosition, sayPosition } from './find-position.ts'

const photo = (form: 'jpeg' | 'png' | 'webp', exif: Parameters<ReturnType<typeof sharp>['withExif']>[0]) =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: '#345' } })
    .withExif(exif)
    [form]()
    .toBuffer()
const somewhere = {
  GPSLatitudeRef: 'S',
  GPSLatitude: '33/1 51/1 30/1',
  GPSLongitudeRef: 'E',
  GPSLongitude: '151/1 12/1 36/1',
}

test('the position of a picture is read in every form that can hold one, and none is made up', async () => {
  for (const form of ['jpeg', 'png', 'webp'] as const) {
    const found = await findPosition(form, await photo(form, { IFD3: somewhere }))
    expect(found && sayPosition(found), form).toBe('33.85833° south, 151.21000° east')
    expect(await findPosition(form, await photo(form, { IFD0: { Make: 'Invented' } })), form).toBeNull()
  }
  expect(await findPosition('jpeg', Buffer.from('no picture at all'))).toBeNull()
})

test('what is no position on the earth is none, whatever a file says', () => {
  const value = fc.oneof(fc.double(), fc.string(), fc.constant(null), fc.constant(Number.NaN))
  fc.assert(
    fc.property(value, value, value, value, (latitude, longitude, GPSAltitude, GPSHPositioningError) => {
      const found = readPosition({ latitude, longitude, GPSAltitude, GPSHPositioningError })
      if (!found) return
      expect(Math.abs(found.latitude)).toBeLessThanOrEqual(90)
      expect(Math.abs(found.longitude)).toBeLessThanOrEqual(180)
      expect(sayPosition(found)).not.toMatch(/NaN|Infinity|null/)
    }),
  )
  for (const wrong of [null, 5, {}, { latitude: 91, longitude: 0 }, { latitude: '51', longitude: 1 }])
    expect(readPosition(wrong)).toBeNull()
})
