import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAhead } from './read-ahead.ts'

const see = async (bytes: Uint8Array) => bytes.length

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
      for (const [place, { bytes, open, take }] of readAhead(files, see).entries()) {
        const earlier = await take()
        expect(earlier === null).toBe(bytes > longest)
        const read = earlier?.bytes ?? (await open().next()).value
        expect(Buffer.alloc(bytes, place).equals(read ?? Buffer.of())).toBe(true)
        if (earlier) expect(earlier.seen).toBe(bytes)
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
  const [first, second, third] = readAhead([good, bad, good], see)
  if (!first || !second || !third) throw new Error('three went in')
  expect((await first.take())?.bytes).toHaveLength(1)
  await expect(second.take()).rejects.toThrow('altered')
  expect((await third.take())?.bytes).toHaveLength(1)
})
