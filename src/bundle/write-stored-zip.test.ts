import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import yazl from 'yazl'
import { readZip } from './read-bag/zip-reader.ts'
import { writeStoredZip, type ZippedFile } from './write-stored-zip.ts'

const fileOf = (name: string, ...parts: readonly Uint8Array[]): ZippedFile => ({
  name,
  open: async function* () {
    yield* parts
  },
})

/** The same files by a library that others use, with the same settings. */
async function byLibrary(files: readonly ZippedFile[]): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true }
  for (const { name, open: openFile } of files) zip.addReadStream(Readable.from(openFile()), name, options)
  zip.end()
  return buffer(zip.outputStream)
}

test('a zip is byte for byte what the library makes of the same files', async () => {
  const name = fc.stringMatching(/^[a-zé写]{1,12}\.txt$/u)
  const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, parts), { maxLength: 6 }), async made => {
      const files = made.map(([each, bytes]) => fileOf(each, ...bytes))
      const ours = await buffer(Readable.from(writeStoredZip(files)))
      expect(ours.equals(await byLibrary(files))).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('a file beyond four gigabytes, and what stands behind it, is found again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-long-zip-'))
  const path = join(folder, 'long.zip')
  const piece = Buffer.alloc(256 * 1024 * 1024)
  const long = Array.from({ length: 17 }, () => piece)
  const file = await open(path, 'w')
  // Only what is not zero is written: the rest of the file has no place on the disk.
  let at = 0
  for await (const part of writeStoredZip([
    fileOf('bagit.txt', Buffer.from('a')),
    fileOf('long', ...long),
    fileOf('behind', Buffer.from('b')),
  ])) {
    if (part.length < piece.length) await file.write(part, 0, part.length, at)
    at += part.length
  }
  await file.close()
  const zip = await readZip(path)
  try {
    const listed = new Map((await zip.list()).map(entry => [entry.path, entry.size]))
    expect(listed.get('long')).toBe(17 * piece.length)
    expect((await buffer(Readable.from(zip.open('behind')))).toString()).toBe('b')
  } finally {
    zip.close()
    await rm(folder, { recursive: true })
  }
})
