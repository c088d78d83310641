import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paddedLength } from './padded-length.ts'

const mebi = 1024 * 1024

test('nothing is cut, nothing short costs more than double, and a long file at most 256 MiB more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5 * 1024 * mebi }), length => {
      const padded = paddedLength(length, 65_536)
      expect(padded).toBeGreaterThanOrEqual(length)
      expect(padded).toBeLessThanOrEqual(Math.max(65_536, length + Math.min(length, 256 * mebi)))
    }),
  )
})

test('a longer file is never padded to less, and there are few lengths', () => {
  fc.assert(
    fc.property(fc.nat(600 * mebi), fc.nat(600 * mebi), (one, other) => {
      const [short, long] = one < other ? [one, other] : [other, one]
      expect(paddedLength(short, 512)).toBeLessThanOrEqual(paddedLength(long, 512))
    }),
  )
  const lengths = new Set<number>()
  for (let length = 1; length < 4096 * mebi; length = Math.ceil(length * 1.01))
    lengths.add(paddedLength(length, 65_536))
  expect(lengths.size).toBe(13 + 15)
})

test('the edges are where they are said to be', () => {
  const edges: readonly (readonly [number, number])[] = [
    [0, 512],
    [512, 512],
    [513, 1024],
    [256 * mebi, 256 * mebi],
    [256 * mebi + 1, 512 * mebi],
    [512 * mebi + 1, 768 * mebi],
  ]
  for (const [length, padded] of edges) expect(paddedLength(length, 512)).toBe(padded)
})
