import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CaseId, type ClinicId, makeId } from '../foundation/ids.ts'
import { type BlobStore, openBlobStore } from '../platform/blobs.ts'
import { makeCaseKey } from '../platform/keys.ts'
import { sealParts } from '../platform/seal.ts'
import { takeIn } from './intake-stream.ts'
import { paddingLength, paddingOf } from './padding.ts'
import { boundToBlob, openVerified, type SealedFor } from './seal.ts'

const now = new Date('2026-03-02T10:00:00Z')
const makeOwner = (): SealedFor => ({
  clinicId: makeId<ClinicId>(now),
  caseId: makeId<CaseId>(now),
  caseKey: makeCaseKey(),
})
const owner = makeOwner()
const limit = 1024 ** 3

let folder: string
let blobs: BlobStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-intake-'))
  blobs = openBlobStore(folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function* inParts(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

async function* repeated(chunk: Buffer, times: number): AsyncGenerator<Uint8Array> {
  for (let count = 0; count < times; count += 1) yield chunk
}

async function filesLeft(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

async function takeWhole(...parts: readonly Uint8Array[]) {
  const intake = await takeIn(inParts(...parts), { blobs, owner, limit })
  if (!intake.taken) throw new Error(intake.reason)
  await intake.draft.keep()
  return intake
}

async function readAll(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

test('however a file arrives in pieces, its digest is the same and it opens as it came', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 9000 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(pieces, async parts => {
      const whole = Buffer.concat(parts)
      fc.pre(whole.length > 0)
      const intake = await takeWhole(...parts)
      expect(intake.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
      expect(intake.size).toBe(whole.length)
      expect(intake.head).toEqual(whole.subarray(0, 4100))
      expect(await readAll(await openVerified(blobs, owner, intake))).toEqual(whole)
    }),
    { numRuns: 40 },
  )
})

test('a file of several frames, too large to hold, opens as it came', async () => {
  const whole = randomBytes(9 * 1024 * 1024 + 7)
  const intake = await takeWhole(whole.subarray(0, 3_000_001), whole.subarray(3_000_001))
  expect((await readAll(await openVerified(blobs, owner, intake))).equals(whole)).toBe(true)
})

test('S8: files of like size are equally long on the disk, whatever their size to the byte', async () => {
  const lengths = async (sizes: readonly number[]): Promise<readonly number[]> => {
    const kept: number[] = []
    for (const size of sizes) {
      const intake = await takeWhole(Buffer.alloc(size, 1))
      kept.push(await blobs.sizeOf(intake.blobId))
      expect((await readAll(await openVerified(blobs, owner, intake))).length).toBe(size)
    }
    return [...new Set(kept)]
  }
  const mebi = 1024 * 1024
  expect((await lengths([1, 500, 9_000, 65_534, 65_535])).length).toBe(1)
  expect((await lengths([mebi, mebi + 1, 1_300_000, 1_999_999, 2 * mebi - 1])).length).toBe(1)
  expect((await lengths([2 * mebi - 1, 2 * mebi])).length).toBe(2)
})

test('S7: what is put behind a sealed file, or sealed in place of its padding, is found out', async () => {
  const whole = randomBytes(70_000)
  const intake = await takeWhole(whole)
  const [path = ''] = await filesLeft()
  const sealed = await readFile(path)
  await chmod(path, 0o600)
  const isRefused = async (bytes: Uint8Array): Promise<void> => {
    await writeFile(path, bytes)
    await expect(openVerified(blobs, owner, intake)).rejects.toMatchObject({ code: 'original-altered' })
  }
  for (const more of [Buffer.of(0), sealed, Buffer.alloc(100_000)])
    await isRefused(Buffer.concat([sealed, more]))
  // Anyone who holds the key of the case can seal anything: a message behind the file, or one with another end.
  const padding = Buffer.concat([...paddingOf(whole.length)])
  const sealedAs = async (...parts: readonly Uint8Array[]): Promise<Buffer> =>
    readAll(sealParts(owner.caseKey, boundToBlob(owner, intake.blobId), inParts(...parts)))
  await isRefused(await sealedAs(whole))
  await isRefused(await sealedAs(whole, padding.subarray(1)))
  await isRefused(await sealedAs(whole, padding, Buffer.alloc(65_536)))
  await isRefused(await sealedAs(randomBytes(whole.length), padding))
  for (const place of [0, 1, padding.length - 1]) {
    const other = Buffer.from(padding)
    other[place] = (other[place] ?? 0) ^ 4
    await isRefused(await sealedAs(whole, other))
  }
  await writeFile(path, await sealedAs(whole, padding))
  expect((await readAll(await openVerified(blobs, owner, intake))).equals(whole)).toBe(true)
  expect((await stat(path)).size).toBe(sealed.length)
  expect(padding.length).toBe(paddingLength(whole.length))
})

test('S8: what lies on the disk shows nothing of the file', async () => {
  await takeWhole(Buffer.from('I know where you park your car'.repeat(50)))
  for (const path of await filesLeft()) expect((await readFile(path)).includes('park your car')).toBe(false)
})

test('S7: one changed byte anywhere, or a missing end, and no byte of the original is given', async () => {
  const intake = await takeWhole(randomBytes(3000))
  const [path = ''] = await filesLeft()
  const sealed = await readFile(path)
  await chmod(path, 0o600)
  for (let place = 0; place < sealed.length; place += 97) {
    const changed = Buffer.from(sealed)
    changed[place] = (changed[place] ?? 0) ^ 1
    await writeFile(path, changed)
    await expect(openVerified(blobs, owner, intake)).rejects.toMatchObject({ code: 'original-altered' })
  }
  for (const length of [0, 10, sealed.length - 1]) {
    await writeFile(path, sealed.subarray(0, length))
    await expect(openVerified(blobs, owner, intake)).rejects.toMatchObject({ code: 'original-altered' })
  }
})

test('S8: the key of another case opens nothing, nor does this key for another case', async () => {
  const intake = await takeWhole(Buffer.from('hers'))
  for (const other of [
    { ...owner, caseKey: makeCaseKey() },
    { ...owner, caseId: makeOwner().caseId },
    { ...owner, clinicId: makeOwner().clinicId },
  ])
    await expect(openVerified(blobs, other, intake)).rejects.toMatchObject({ code: 'original-altered' })
})

test('a file said to be too large is refused before a byte is read', async () => {
  async function* untouched(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('read')
    throw new Error('must not be read')
  }
  const terms = { blobs, owner, limit: 4 * 1024 ** 3, declaredSize: 5 * 1024 ** 3 }
  expect(await takeIn(untouched(), terms)).toEqual({ taken: false, reason: 'too-large' })
  expect(await filesLeft()).toEqual([])
})

test('a file that turns out too large is refused at the limit, and nothing stays', async () => {
  let read = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      read += 1
      yield Buffer.alloc(1024 * 1024)
    }
  }
  expect(await takeIn(endless(), { blobs, owner, limit: 5 * 1024 * 1024 })).toEqual({
    taken: false,
    reason: 'too-large',
  })
  expect(read).toBe(6)
  expect(await filesLeft()).toEqual([])
})

test('an empty file is refused as empty', async () => {
  expect(await takeIn(inParts(), { blobs, owner, limit })).toEqual({ taken: false, reason: 'empty' })
  expect(await filesLeft()).toEqual([])
})

test('a line that breaks leaves nothing', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(3 * 1024 * 1024)
    throw new Error('connection reset')
  }
  expect(await takeIn(broken(), { blobs, owner, limit })).toEqual({ taken: false, reason: 'broken-off' })
  expect(await filesLeft()).toEqual([])
})

test('the memory of taking in 512 MB is that of taking in 64 MB', async () => {
  const chunk = randomBytes(1024 * 1024)
  const peakOf = async (megabytes: number): Promise<number> => {
    let peak = 0
    async function* watched(): AsyncGenerator<Uint8Array> {
      for await (const part of repeated(chunk, megabytes)) {
        const { heapUsed, external } = process.memoryUsage()
        peak = Math.max(peak, heapUsed + external)
        yield part
      }
    }
    const intake = await takeIn(watched(), { blobs, owner, limit })
    if (!intake.taken) throw new Error(intake.reason)
    await intake.draft.discard()
    return peak
  }
  const small = await peakOf(64)
  const large = await peakOf(512)
  expect(large - small).toBeLessThan(128 * 1024 * 1024)
}, 180_000)

test('S7: what is discarded leaves nothing, and what is kept cannot be discarded', async () => {
  const known = await takeIn(inParts(Buffer.from('the same bytes')), { blobs, owner, limit })
  if (!known.taken) throw new Error(known.reason)
  expect(await blobs.has(known.blobId)).toBe(false)
  await known.draft.discard()
  expect(await filesLeft()).toEqual([])
  await expect(known.draft.keep()).rejects.toMatchObject({ code: 'blob-not-written' })
  const kept = await takeWhole(Buffer.from('the same bytes'))
  await kept.draft.discard()
  expect((await readAll(await openVerified(blobs, owner, kept))).toString()).toBe('the same bytes')
})
