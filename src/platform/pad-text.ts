import { paddedLength } from '../foundation/padded-length.ts'

/** The least that anything sealed with padding takes, in bytes: a name in any script is shorter. */
const least = 128

/**
 * A text as bytes, filled up with zero bytes to no less than 128 (or `atLeast`) and from there as files are, so that its
 * length tells little once it is sealed. No text of ours ends in a zero byte: forms take them out.
 */
export function padText(text: string, atLeast = least): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([bytes], paddedLength(bytes.length, atLeast))
}

/** The text again. */
export function unpadText(bytes: Buffer): string {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return bytes.toString('utf8', 0, end)
}
