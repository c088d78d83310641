import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAhead } from './read-ahead.ts'

const longest = 1024 * 1024

test('every file comes at its turn with its own bytes, and each is read once', async () => {
  const lengths = fc.array(fc.oneof(fc.nat(300), fc.constantFrom(longest, longest + 1)), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(lengths, async sizes => {
      const opened: number[] = []
      const files = sizes.map((bytes, place) => ({
        bytes,
        open: async function* () {
          opened.push(place)
          yield Buffer.alloc(bytes, place)
        },
      }))
      for (const [place, { bytes, open }] of readAhead(files).entries()) {
        const read = await buffer(Readable.from(open()))
        expect(read.equals(Buffer.alloc(bytes, place))).toBe(true)
        // Never many before their turn, so that what is held stays small; and none that is long.
        expect(Math.max(...opened)).toBeLessThanOrEqual(place + 4)
        for (const each of opened) if ((sizes[each] ?? 0) > longest) expect(each).toBeLessThanOrEqual(place)
      }
      expect(opened.toSorted((one, other) => one - other)).toEqual(sizes.map((_, place) => place))
    }),
    { numRuns: 40 },
  )
})

test('a file that cannot be read is told when it is its turn, and not before', async () => {
  const good = {
    bytes: 1,
    open: async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.of(1)
    },
  }
  const bad = {
    bytes: 1,
    open: async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.of(1)
      throw new Error('altered')
    },
  }
  const [first, second, third] = readAhead([good, bad, good])
  if (!first || !second || !third) throw new Error('three went in')
  expect(await buffer(Readable.from(first.open()))).toHaveLength(1)
  await expect(buffer(Readable.from(second.open()))).rejects.toThrow('altered')
  expect(await buffer(Readable.from(third.open()))).toHaveLength(1)
})
