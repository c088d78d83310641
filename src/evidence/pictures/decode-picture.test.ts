import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { decodePicture, type Pixels, readPixels } from './decode-picture.ts'
import { encodePixels } from './encode-pixels.ts'
import type { CopyForm } from './safe-copy.ts'

/** Red at the left, blue at the right, twice as wide as it is high. */
const drawn = (channels: 3 | 4 = 3) => {
  const data = Buffer.alloc(80 * 40 * channels, 255)
  for (let at = 0; at < 80 * 40; at += 1)
    data.set(at % 80 < 40 ? [220, 10, 10] : [10, 10, 220], at * channels)
  return sharp(data, { raw: { width: 80, height: 40, channels } })
}

// The process that decodes is the built one, in dist/.
const pixelsOf = async (bytes: Uint8Array, form: CopyForm): Promise<Pixels> => {
  const found = await decodePicture(bytes, form)
  if (typeof found === 'string') throw new Error(found)
  return found
}

test('S10 every form that browsers show is decoded, turned as it was held, its colours as they are shown', async () => {
  const two = await drawn().toColourspace('b-w').png().toBuffer()
  const frame = await drawn().raw().toBuffer()
  const later = await drawn().negate().raw().toBuffer()
  const moving = sharp(Buffer.concat([frame, later, frame]), {
    raw: { width: 80, height: 120, channels: 3, pageHeight: 40 },
  })
  const made: Readonly<Record<string, readonly [CopyForm, Buffer]>> = {
    jpeg: ['jpeg', await drawn().jpeg().toBuffer()],
    cmyk: ['jpeg', await drawn().toColourspace('cmyk').jpeg().toBuffer()],
    png: ['png', await drawn(4).png().toBuffer()],
    'png of 16 bits': ['png', await drawn().toColourspace('rgb16').png().toBuffer()],
    webp: ['webp', await drawn().webp().toBuffer()],
    avif: ['avif', await drawn().avif().toBuffer()],
    gif: ['gif', await moving.gif().toBuffer()],
  }
  for (const [name, [form, bytes]] of Object.entries(made)) {
    const { width, height, data, channels, frames, isDamaged } = await pixelsOf(bytes, form)
    expect([width, height, isDamaged, frames], name).toEqual([80, 40, false, form === 'gif' ? 3 : 1])
    const left = data.subarray((20 * 80 + 10) * channels)
    expect([(left[0] ?? 0) > 150, (left[2] ?? 255) < 110], name).toEqual([true, true])
  }
  expect((await pixelsOf(two, 'png')).channels).toBe(3)
  const held = await drawn().withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const { width, height, isTurned, data } = await pixelsOf(held, 'jpeg')
  expect([width, height, isTurned]).toEqual([40, 80, true])
  expect(data[0]).toBeGreaterThan(150)
}, 60_000)

test('S10 S6 nothing of what was written beside the pixels is carried over, and what comes out is small and whole', async () => {
  const original = await drawn()
    .withExif({
      IFD0: { ImageDescription: 'SECRET STREET 4' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 0/1 0/1' },
    })
    .jpeg()
    .toBuffer()
  const behind = Buffer.concat([original, Buffer.from('<script>SECRET</script>')])
  expect(behind.includes('SECRET')).toBe(true)
  const encoded = await encodePixels(await pixelsOf(behind, 'jpeg'), 'jpeg')
  for (const file of [encoded?.bytes, encoded?.small]) {
    expect(Buffer.from(file ?? []).includes('SECRET')).toBe(false)
    const { exif, xmp, iptc, icc, width } = await sharp(Buffer.from(file ?? [])).metadata()
    expect([exif, xmp, iptc, icc, width]).toEqual([undefined, undefined, undefined, undefined, 80])
  }
})

test('S10 what is no picture, or none of the form it was taken for, gives no pixels; a cut picture says that it is damaged', async () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  )
  const jpeg = await drawn().jpeg().toBuffer()
  expect(await decodePicture(svg, 'png')).toBe('cannot-be-decoded')
  // The process may run the one decoder it was started for.
  expect(await decodePicture(jpeg, 'png')).toBe('cannot-be-decoded')
  expect(await decodePicture(Buffer.alloc(0), 'jpeg')).toBe('cannot-be-decoded')
  const noise = Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, index) => (index * index * 31) % 251))
  const whole = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
    .jpeg()
    .toBuffer()
  const cut = await pixelsOf(whole.subarray(0, whole.length / 2), 'jpeg')
  expect([cut.isDamaged, cut.width]).toEqual([true, 300])
})

test('S10 a process that uses up its time or its memory is ended, and that is said', async () => {
  const large = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#345' } })
    .png({ compressionLevel: 1 })
    .toBuffer()
  expect(await decodePicture(large, 'png', { time: 40, memory: 900 })).toBe('too-long')
  expect(await decodePicture(large, 'png', { time: 60_000, memory: 30 })).toBe('too-much-memory')
}, 60_000)

test('S10 whatever the process answers, a picture is taken to its last byte or not at all', () => {
  const said = {
    width: 2,
    height: 1,
    shownWidth: 2,
    shownHeight: 1,
    channels: 3,
    frames: 1,
    isTurned: false,
    isDamaged: false,
  }
  const answer = (line: object, bytes: number) =>
    Buffer.concat([Buffer.from(`${JSON.stringify(line)}\n`), Buffer.alloc(bytes)])
  expect(readPixels(answer(said, 6))).toMatchObject(said)
  for (const wrong of [
    answer(said, 5),
    answer(said, 7),
    answer({ ...said, more: 'words' }, 6),
    answer({ ...said, channels: 2 }, 4),
    answer({ ...said, shownWidth: 0 }, 0),
    answer({ ...said, shownWidth: 1e9, shownHeight: 1e9 }, 0),
    answer({ ...said, isTurned: '<script>' }, 6),
    Buffer.alloc(5000),
  ])
    expect(readPixels(wrong)).toBe('cannot-be-decoded')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, hasLine) => {
      const given = hasLine
        ? Buffer.concat([Buffer.from(`${JSON.stringify(said)}\n`), bytes])
        : Buffer.from(bytes)
      const read = readPixels(given)
      if (read !== 'cannot-be-decoded') expect(read.data.length).toBe(6)
    }),
  )
})

test('S10 pictures with bytes changed at random end within their bound, in pixels or in words', async () => {
  const forms = ['jpeg', 'png', 'webp', 'gif', 'avif'] as const
  const made = await Promise.all(forms.map(form => drawn()[form]().toBuffer()))
  let chance = 7
  const next = (below: number): number => {
    chance = (chance * 48_271) % 2_147_483_647
    return chance % below
  }
  await Promise.all(
    forms.map(async (form, index) => {
      const bytes = Buffer.from(made[index] ?? [])
      for (let change = 0; change < 4; change += 1) bytes[12 + next(bytes.length - 12)] = next(256)
      const found = await decodePicture(bytes, form, { time: 20_000, memory: 900 })
      if (typeof found !== 'string') expect(found.data.length).toBeGreaterThan(0)
    }),
  )
}, 60_000)
