import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { readZip } from './zip-reader.ts'

/** Long ones are read in several pieces; what is packed goes through another stream. */
const files = [
  { name: 'empty', bytes: Buffer.alloc(0), compress: false },
  { name: 'short', bytes: randomBytes(100_000), compress: false },
  { name: 'short, packed', bytes: Buffer.from('packed '.repeat(10_000)), compress: true },
  { name: 'long', bytes: randomBytes(3 * 1024 * 1024), compress: false },
  { name: 'long, packed', bytes: Buffer.from('packed '.repeat(500_000)), compress: true },
]
let folder: string
let path: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-zip-'))
  path = join(folder, 'bag.zip')
  const zip = new ZipFile()
  for (const { name, bytes, compress } of files) zip.addBuffer(bytes, `bag/${name}`, { compress })
  zip.end()
  await writeFile(path, await buffer(zip.outputStream))
})
afterAll(() => rm(folder, { recursive: true }))

test('every file of a zip comes out as it went in, long or short, packed or not, and all at once', async () => {
  const { open, close } = await readZip(path)
  const read = await Promise.all(files.map(({ name }) => buffer(open(name))))
  for (const [place, { name, bytes }] of files.entries()) expect(read[place]?.equals(bytes), name).toBe(true)
  close()
})

test('a byte that was changed in a file, long or short, is found by the checksum that the zip keeps of it', async () => {
  for (const { name, bytes, compress } of files) {
    if (compress || bytes.length === 0) continue
    const changed = await readFile(path)
    const at = changed.indexOf(bytes.subarray(0, 64))
    changed[at] = (changed[at] ?? 0) ^ 1
    const elsewhere = join(folder, 'changed.zip')
    await writeFile(elsewhere, changed)
    const { open, close } = await readZip(elsewhere)
    await expect(buffer(open(name)), name).rejects.toThrow('cannot be unpacked')
    close()
  }
})

test('files that lie in another order than they are asked for come out as they went in, and one that is cut short is told', async () => {
  const many = Array.from({ length: 60 }, (_, place) => ({
    name: `file ${place}`,
    bytes: randomBytes(40_000),
  }))
  const zip = new ZipFile()
  for (const { name, bytes } of many) zip.addBuffer(bytes, `bag/${name}`, { compress: false })
  zip.end()
  const elsewhere = join(folder, 'many.zip')
  await writeFile(elsewhere, await buffer(zip.outputStream))
  const orders = [many, many.toReversed(), many.toSorted((one, other) => one.bytes.compare(other.bytes))]
  const { open, close } = await readZip(elsewhere)
  for (const order of orders) {
    for (const { name, bytes } of order) expect((await buffer(open(name))).equals(bytes), name).toBe(true)
    const read = await Promise.all(order.map(({ name }) => buffer(open(name))))
    for (const [place, { name, bytes }] of order.entries())
      expect(read[place]?.equals(bytes), name).toBe(true)
  }
  close()
  const cut = await readZip(elsewhere)
  await truncate(elsewhere, 1_000_000)
  await expect(buffer(cut.open('file 30'))).rejects.toThrow('cannot be unpacked')
  cut.close()
})
