import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { EvidenceRecord } from '../importer.ts'
import { readEvidence } from '../read-evidence.ts'
import { measureImage } from './measure-image.ts'

async function readOne(bytes: Uint8Array, name = 'upload'): Promise<EvidenceRecord | undefined> {
  const records: EvidenceRecord[] = []
  const source = {
    name,
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
  for await (const step of readEvidence(source)) if (step.step === 'records') records.push(...step.records)
  expect(records.length).toBe(1)
  return records[0]
}

const picture = () => sharp({ create: { width: 321, height: 123, channels: 3, background: '#345' } })

test('a picture is known by its content, whatever it is called, and measured without unpacking it', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
    const record = await readOne(await picture().toFormat(format).toBuffer(), 'notes.txt')
    expect(record?.kind).toBe('image')
    expect([record?.image?.type, record?.image?.width, record?.image?.height]).toEqual([format, 321, 123])
  }
  const lossless = measureImage(await picture().webp({ lossless: true }).toBuffer())
  expect([lossless?.width, lossless?.height]).toEqual([321, 123])
})

test('the camera and GPS are two clocks, both kept, and the position is only said to be there', async () => {
  const bytes = await picture()
    .withExif({
      IFD0: { Make: 'Maker', Model: 'Model 1' },
      IFD2: { DateTimeOriginal: '2024:02:13 07:58:00', OffsetTimeOriginal: '+00:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 30/1 0/1',
        GPSDateStamp: '2024:02:11',
        GPSTimeStamp: '7/1 58/1 3/1',
      },
    })
    .jpeg()
    .toBuffer()
  const record = await readOne(bytes)
  expect(record?.image).toMatchObject({
    type: 'jpeg',
    width: 321,
    height: 123,
    cameraClock: '2024-02-13T07:58:00',
    cameraOffset: '+00:00',
    gpsTime: '2024-02-11T07:58:03Z',
    position: 'written',
    positionNotKnown: [],
    make: 'Maker',
    model: 'Model 1',
    software: null,
  })
  expect(JSON.stringify(record)).not.toMatch(/51|GPSLat/)
})

test('a picture that claims to be enormous costs nothing', async () => {
  const bytes = await picture().png().toBuffer()
  bytes.writeUInt32BE(2 ** 31 - 1, 16)
  bytes.writeUInt32BE(2 ** 31 - 1, 20)
  expect((await readOne(bytes))?.image?.width).toBe(2 ** 31 - 1)
})

test('a drawing or a page that can run scripts is never a picture', async () => {
  const drawing = await readOne(
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    'a.png',
  )
  expect([drawing?.kind, drawing?.reason]).toEqual([
    'unknown',
    'By its content this is a drawing that can run scripts (SVG), not read yet, although it is named .png.',
  ])
  expect((await readOne(Buffer.from('<!doctype html><img src=x>'), 'a.jpg'))?.kind).toBe('unknown')
})

test('no damage makes the reader throw', async () => {
  const whole = await picture()
    .withExif({ IFD0: { Make: 'Maker' } })
    .jpeg()
    .toBuffer()
  const change = fc.tuple(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), async (changes, length) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of changes) bytes[at] = value
      await readOne(bytes.subarray(0, Math.max(1, length)))
    }),
    { numRuns: 100 },
  )
})
