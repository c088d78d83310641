import { paddedLength } from '../foundation/padded-length.ts'

/** The shortest a file is made before it is sealed: 64 KiB. */
const least = 64 * 1024
const zeros = new Uint8Array(1024 * 1024)

/** How many bytes stand behind a file of so many, so that its sealed form is as long as that of many others. */
export function paddingLength(size: number): number {
  return paddedLength(size + 1, least) - size
}

/** What stands behind a file of so many bytes, before it is sealed: a one bit, and zeros. */
// ISO/IEC 7816-4, section "Padding": a byte of 0x80, then zeros
export function* paddingOf(size: number): Generator<Uint8Array> {
  yield Uint8Array.of(0x80)
  for (let left = paddingLength(size) - 1; left > 0; left -= zeros.length)
    yield left < zeros.length ? zeros.subarray(0, left) : zeros
}

/**
 * Looks at what stands behind a file: `see` each piece in order, then `isWhole` says whether it is padding of so many
 * bytes and no more.
 */
export function watchPadding(expected: number): {
  readonly see: (part: Uint8Array) => void
  readonly isWhole: () => boolean
} {
  let seen = 0
  let isRight = true
  return {
    see: part => {
      if (part.length === 0) return
      const rest = seen === 0 ? part.subarray(1) : part
      if (seen === 0 && part[0] !== 0x80) isRight = false
      // A piece may be longer than any that was written: a stream gives what lies waiting as one.
      for (let at = 0; at < rest.length; at += zeros.length) {
        const piece = rest.subarray(at, at + zeros.length)
        if (Buffer.compare(piece, zeros.subarray(0, piece.length)) !== 0) isRight = false
      }
      seen += part.length
    },
    isWhole: () => isRight && seen === expected,
  }
}
