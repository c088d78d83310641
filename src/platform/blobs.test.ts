import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeBlobId, openBlobStore } from './blobs.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-blobs-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

async function read(source: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts).toString()
}

test('S7: a blob is written once; a second writing is refused and the first stays', async () => {
  const blobs = openBlobStore(folder)
  const blobId = makeBlobId()
  expect(await blobs.has(blobId)).toBe(false)
  expect(await blobs.put(blobId, bytes('first'))).toEqual({ size: 5 })
  await expect(blobs.put(blobId, bytes('second'))).rejects.toMatchObject({ code: 'blob-exists' })
  expect(await blobs.has(blobId)).toBe(true)
  expect(await read(blobs.open(blobId))).toBe('first')
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})

test('a sweep clears old parts of interrupted writes, and neither fresh ones nor blobs', async () => {
  const blobs = openBlobStore(folder)
  const blobId = makeBlobId()
  await blobs.put(blobId, bytes('kept'))
  await writeFile(join(folder, 'incoming', 'old.part'), 'half')
  await utimes(join(folder, 'incoming', 'old.part'), 1000, 1000)
  await writeFile(join(folder, 'incoming', 'fresh.part'), 'half')
  expect(await blobs.sweep(new Date(2_000_000))).toBe(1)
  expect(await readdir(join(folder, 'incoming'))).toEqual(['fresh.part'])
  expect(await read(blobs.open(blobId))).toBe('kept')
})

test('a name that is not one of ours reaches no file', async () => {
  const blobs = openBlobStore(folder)
  for (const name of ['../../etc/passwd', '', 'A'.repeat(32), `${makeBlobId()}/x`]) {
    expect(() => blobs.open(name)).toThrow('not one this program gives')
    await expect(blobs.put(name, bytes('x'))).rejects.toMatchObject({ code: 'blob-id-malformed' })
  }
})

test('a directory that is not one is said to be unusable', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(openBlobStore(file).put(makeBlobId(), bytes('x'))).rejects.toMatchObject({
    code: 'blobs-not-writable',
  })
  await mkdir(join(folder, 'other'))
  expect(await openBlobStore(join(folder, 'other')).sweep(new Date())).toBe(0)
})
