import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  copyObstacles,
  findCopyForm,
  findShownSize,
  pictureBounds,
  sayObstacle,
  sayShown,
} from './safe-copy.ts'

const png = (width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(33)
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1')
  bytes.write('IHDR', 12, 'latin1')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

test('S10 a picture that says it has 30,000 by 30,000 pixels is refused before anything decodes it', () => {
  expect(findCopyForm(png(30_000, 30_000), 33)).toEqual({ because: 'too-many-pixels' })
  expect(findCopyForm(png(10_000, 12_000), 33)).toEqual({ form: 'png' })
  expect(findCopyForm(png(10, 10), pictureBounds.bytes + 1)).toEqual({ because: 'too-large' })
  expect(sayObstacle('too-many-pixels')).toContain('more than 120 million pixels')
})

test('S10 markup, scripts and programs are no pictures, whatever they are called', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const text of [
    svg,
    `<?xml version="1.0"?>${svg}`,
    '<html>',
    '#!/bin/sh\n',
    'GIF8',
    '%PDF-1.7',
    'MZ',
    '',
  ])
    expect(findCopyForm(Buffer.from(text), text.length), text).toEqual({ because: 'other-form' })
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heic', 'latin1')
  expect(findCopyForm(heic, heic.length)).toEqual({ because: 'heic' })
})

test('whatever the bytes are, a form is found or it is said why not', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(
        '',
        '\x89PNG\r\n\x1a\n',
        '\xff\xd8\xff',
        'GIF89a',
        'RIFF\0\0\0\0WEBP',
        '\0\0\0\x1cftypavif',
      ),
      (tail, head) => {
        const bytes = Buffer.concat([Buffer.from(head, 'latin1'), tail])
        const found = findCopyForm(bytes, bytes.length)
        if ('because' in found) expect(sayObstacle(found.because)).toMatch(/\.$/)
        else expect(['jpeg', 'png', 'gif', 'webp', 'avif']).toContain(found.form)
      },
    ),
  )
})

test('a picture is shown in its own size, or as large as the bounds allow and in its own shape', () => {
  const side = fc.integer({ min: 1, max: 200_000 })
  fc.assert(
    fc.property(side, side, (width, height) => {
      const { shownWidth, shownHeight } = findShownSize(width, height)
      expect(shownWidth * shownHeight).toBeLessThanOrEqual(pictureBounds.shownPixels)
      expect(Math.max(shownWidth, shownHeight)).toBeLessThanOrEqual(pictureBounds.shownSide)
      expect(Math.min(shownWidth, shownHeight)).toBeGreaterThan(0)
      if (width * height <= pictureBounds.shownPixels && Math.max(width, height) <= pictureBounds.shownSide)
        expect([shownWidth, shownHeight]).toEqual([width, height])
      else expect(Math.abs(shownWidth - (shownHeight * width) / height)).toBeLessThan(1 + width / height)
    }),
  )
})

test('what must be known of a picture is said: damage first, then that it moves, is smaller or turned', () => {
  const plain = {
    width: 10,
    height: 20,
    shownWidth: 10,
    shownHeight: 20,
    frames: 1,
    isTurned: false,
    isDamaged: false,
  }
  expect(sayShown(plain)).toEqual(['It has 10 by 20 pixels, all of which are shown.'])
  const worst = sayShown({ ...plain, shownHeight: 19, frames: 12, isTurned: true, isDamaged: true })
  expect(worst).toHaveLength(4)
  expect(worst[0]).toContain('damaged or cut short')
  expect(worst[1]).toContain('12 frames, and only the first')
  expect(worst[2]).toContain('small letters may be lost')
  expect(new Set(copyObstacles.map(sayObstacle)).size).toBe(copyObstacles.length)
})
