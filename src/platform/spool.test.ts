import { mkdtemp, readdir, readlink, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpool } from './spool.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-spool-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

test('any range of what was laid aside comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 500 }),
      fc.integer({ min: 1, max: 100 }),
      fc.nat(520),
      fc.nat(520),
      async (bytes, size, from, to) => {
        const spool = await openSpool(folder, inChunks(bytes, size))
        expect(spool.size).toBe(bytes.length)
        expect(await collect(spool.openRange(from, to))).toEqual(Buffer.from(bytes.slice(from, to)))
        expect(await collect(spool.openRange(0, bytes.length))).toEqual(Buffer.from(bytes))
        await spool.close()
      },
    ),
    { numRuns: 40 },
  )
})

test('ranges far into a large file are found', async () => {
  const bytes = Buffer.alloc(3_000_001, 'abcdefg')
  const spool = await openSpool(folder, inChunks(bytes, 70_000))
  for (const [from, to] of [
    [2_999_990, 3_000_001],
    [1_048_570, 2_100_000],
  ] as const) {
    expect((await collect(spool.openRange(from, to))).equals(bytes.subarray(from, to))).toBe(true)
  }
  await spool.close()
})

test('S8 nothing has a name on the disk while the work goes on, and nothing is left of work that failed', async () => {
  const spool = await openSpool(folder, inChunks(Buffer.from('a secret'), 3))
  expect(await readdir(folder)).toEqual([])
  await spool.close()
  const broken = async function* () {
    yield Buffer.from('half')
    throw new Error('the sender went away')
  }
  await expect(openSpool(folder, broken())).rejects.toThrow('the sender went away')
  expect(await readdir(folder)).toEqual([])
})

/** How long the files without a name are that this process holds open in the folder. */
async function lengthsOfUnnamed(): Promise<readonly number[]> {
  const found: number[] = []
  for (const fd of await readdir('/proc/self/fd')) {
    const path = `/proc/self/fd/${fd}`
    const target = await readlink(path).catch(() => '') // a handle of another test may be gone
    if (target.startsWith(folder) && target.includes('spool-')) found.push((await stat(path)).size)
  }
  return found
}

// Only Linux shows what a process holds open.
test.runIf(process.platform === 'linux')(
  'S8 the length of what is laid aside tells only its class',
  async () => {
    for (const [size, length] of [
      [1, 65_536],
      [9000, 65_536],
      [65_536, 65_536],
      [65_537, 131_072],
      [2_500_000, 4_194_304],
    ] as const) {
      const bytes = Buffer.alloc(size, 'ab')
      const spool = await openSpool(folder, inChunks(bytes, 70_000))
      expect([spool.size, await lengthsOfUnnamed()]).toEqual([size, [length]])
      expect((await collect(spool.openRange(0, length))).equals(bytes)).toBe(true)
      await spool.close()
    }
  },
)
