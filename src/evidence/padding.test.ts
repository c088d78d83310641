import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paddingLength, paddingOf, watchPadding } from './padding.ts'

const sizes = [1, 65_535, 65_536, 1_500_000, 5_000_000]

/** Cut into pieces of any length, also far longer ones than were written. */
function* pieces(bytes: Buffer, lengths: readonly number[]): Generator<Buffer> {
  let at = 0
  for (const length of lengths) {
    yield bytes.subarray(at, at + length)
    at += length
  }
  yield bytes.subarray(at)
}

const isSeenWhole = (bytes: Buffer, lengths: readonly number[], expected: number): boolean => {
  const watch = watchPadding(expected)
  for (const piece of pieces(bytes, lengths)) watch.see(piece)
  return watch.isWhole()
}

const cuts = fc.array(fc.oneof(fc.nat(3), fc.nat(4_000_000)), { maxLength: 6 })

test('padding is known as it was written, in whatever pieces it comes', () => {
  fc.assert(
    fc.property(fc.constantFrom(...sizes), cuts, (size, lengths) => {
      const bytes = Buffer.concat([...paddingOf(size)])
      expect(bytes.length).toBe(paddingLength(size))
      return isSeenWhole(bytes, lengths, bytes.length)
    }),
    { numRuns: 40 },
  )
})

test('S7 one bit of it changed, a byte more or a byte less, and it is not padding', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sizes),
      cuts,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(7),
      (size, lengths, where, bit) => {
        const bytes = Buffer.concat([...paddingOf(size)])
        const changed = Buffer.from(bytes)
        const place = Math.min(bytes.length - 1, Math.floor(where * bytes.length))
        changed[place] = (changed[place] ?? 0) ^ (1 << bit)
        const others = [
          changed,
          bytes.subarray(0, -1),
          Buffer.concat([bytes, Buffer.of(0)]),
          bytes.subarray(1),
        ]
        return others.every(other => !isSeenWhole(other, lengths, bytes.length))
      },
    ),
    { numRuns: 25 },
  )
})
