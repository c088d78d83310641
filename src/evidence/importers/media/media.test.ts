import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { box, makeMedia, oggPage } from '../../../../test/support/made-media.ts'
import { makeZip } from '../../../../test/support/made-zip.ts'
import { readBytes } from '../../../../test/support/read-bytes.ts'
import { findMediaKind } from './media-kind.ts'

let made: Readonly<Record<string, Buffer>>
beforeAll(async () => {
  made = await makeMedia()
})

const codesOf = async (bytes: Uint8Array, name = 'x'): Promise<readonly string[]> =>
  (await readBytes(bytes, name)).account.problems.map(problem => problem.code)

test('a picture, a film, a recording and a document that are whole are said to be so, whatever they are called', async () => {
  for (const [kind, bytes] of Object.entries(made)) {
    const { account, records } = await readBytes(bytes, 'notes')
    expect(account.problems, kind).toEqual([])
    expect(
      records.map(record => record.kind),
      kind,
    ).toEqual([kind === 'pdf' ? 'unknown' : /jpeg|png|gif|webp|avif|heic/.test(kind) ? 'image' : 'file'])
  }
})

test('cut anywhere, not one of them passes for whole', async () => {
  const kinds = Object.keys(made).filter(kind => kind !== 'mp3' && kind !== 'amr')
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 9999 }), async (kind, share) => {
      const whole = made[kind] ?? Buffer.alloc(0)
      // A document that ends in a line break is whole without it.
      const last = kind === 'pdf' ? whole.length - 2 : whole.length - 1
      const cut = whole.subarray(0, Math.max(1, Math.min(last, Math.floor((share * whole.length) / 10_000))))
      const { account } = await readBytes(cut, 'x')
      expect(account.problemCount + account.unknown, `${kind} cut at ${cut.length}`).toBeGreaterThan(0)
      if (findMediaKind(cut) !== null)
        expect(account.problemCount, `${kind} cut at ${cut.length}`).toBeGreaterThan(0)
    }),
    { numRuns: 400 },
  )
})

test('a recording in frames that is cut inside a frame says so', async () => {
  for (const kind of ['mp3', 'amr']) {
    const whole = made[kind] ?? Buffer.alloc(0)
    expect(await codesOf(whole.subarray(0, whole.length - 9)), kind).toEqual(['cut-short'])
  }
})

test('what stands behind the end is said, for every kind, and an archive there is named', async () => {
  const zip = makeZip([{ name: 'hidden.txt', data: 'a letter' }])
  for (const [kind, bytes] of Object.entries(made)) {
    const codes = await codesOf(
      Buffer.concat([bytes, randomBytes(300).map(byte => byte | 0x80), Buffer.from('end')]),
    )
    expect(codes.length, kind).toBeGreaterThan(0)
  }
  const both = await readBytes(Buffer.concat([made['jpeg'] ?? zip, zip]), 'holiday.jpg')
  expect(both.account.problems.map(problem => problem.code)).toEqual(['bytes-behind'])
  expect(both.account.problems[0]?.message).toContain('begin like a zip archive')
  expect(both.records[0]?.marks).toEqual(['bytes-behind'])
})

test('one changed byte in a picture or a recording that carries checksums is found', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('png', 'opus'),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (kind, at, by) => {
        const bytes = Buffer.from(made[kind] ?? '')
        const place = at % bytes.length
        bytes[place] = ((bytes[place] ?? 0) + by) % 256
        const { account } = await readBytes(bytes, 'x')
        expect(account.problemCount + account.unknown, `${kind} at ${place}`).toBeGreaterThan(0)
      },
    ),
    { numRuns: 300 },
  )
})

test('no change makes the reader throw or lose a byte', async () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(made)),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.uint8Array({ maxLength: 40 }),
      async (kind, changes, more) => {
        const bytes = Buffer.concat([made[kind] ?? Buffer.alloc(0), more])
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        const { account, records } = await readBytes(bytes, 'x')
        expect(account.records + account.unknown + account.quarantined).toBe(records.length)
        const loose = records.filter(record => record.place.entry === null)
        expect(loose.reduce((sum, { place }) => sum + place.to - place.from, 0)).toBe(bytes.length)
      },
    ),
    { numRuns: 400 },
  )
})

test('a second picture and a short film behind a photo are looked through too, as phones write them', async () => {
  const jpeg = made['jpeg'] ?? Buffer.alloc(0)
  const mp4 = made['mp4'] ?? Buffer.alloc(0)
  const motion = await readBytes(Buffer.concat([jpeg, jpeg, mp4]), 'MVIMG.jpg')
  expect(motion.account.problems).toEqual([])
  expect(motion.account.notes.filter(note => note.includes('It was looked through')).length).toBe(2)
  const cut = await readBytes(Buffer.concat([jpeg, mp4.subarray(0, mp4.length - 50)]), 'MVIMG.jpg')
  expect(cut.account.problems[0]?.message).toMatch(/^Behind the first picture: It is damaged and ends early/)
})

test('a size that no picture of so few bytes can have is said', async () => {
  const png = Buffer.from(made['png'] ?? '')
  png.writeUInt32BE(30_000, 16)
  png.writeUInt32BE(30_000, 20)
  expect(await codesOf(png)).toContain('impossible-size')
  const gif = Buffer.from(made['gif'] ?? '')
  gif.writeUInt16LE(0, 6)
  expect(await codesOf(gif)).toContain('impossible-size')
})

test('a recording that was stopped hard, and a voice note cut between two pages, say that the end is missing', async () => {
  const noIndex = Buffer.concat([
    (made['mp4'] ?? Buffer.alloc(0)).subarray(0, 24),
    box('mdat', Buffer.alloc(90)),
  ])
  expect(await codesOf(noIndex)).toEqual(['cut-short'])
  const note = oggPage(0, Buffer.from('OpusHead and more'), 2)
  expect(await codesOf(Buffer.concat([note, oggPage(1, Buffer.alloc(50), 0)]))).toEqual(['end-not-marked'])
  expect((await readBytes('OggS', 'PTT.opus')).account.notRead[0]?.reason).toBe(
    'It is the beginning of an audio recording (Ogg) that ends after 4 bytes.',
  )
})

test('a name that says something else than the content is a note', async () => {
  const note = await readBytes(made['3gp'] ?? '', 'voice.m4a')
  expect(note.account.notes).toContain(
    'It is named .m4a, but by its content it is a film or recording (3GPP).',
  )
  const program = await readBytes(Buffer.from('MZ\x90\0 not a picture'.padEnd(400, '\0')), 'IMG_1.jpg')
  expect(program.account.notRead[0]?.reason).toContain('although it is named .jpg')
})

test('a film of a hundred thousand empty parts ends, and says that it was not looked through or is damaged', async () => {
  const parts = Buffer.concat([
    (made['mp4'] ?? Buffer.alloc(0)).subarray(0, 24),
    ...Array.from({ length: 100_000 }, () => box('free', Buffer.alloc(0))),
  ])
  expect((await codesOf(parts)).length).toBe(1)
})
