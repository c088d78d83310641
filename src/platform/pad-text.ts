/** The least that anything sealed with padding takes, in bytes: a name in any script is shorter. */
const least = 128

/**
 * A text as bytes, filled up with zero bytes to a power of two and to no less than 128, so that what is sealed tells its
 * length in doublings only. No text of ours ends in a zero byte: forms take them out.
 */
export function padText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([bytes], findPaddedLength(bytes.length))
}

/** The text again, padded or not. */
export function unpadText(bytes: Buffer): string {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return bytes.toString('utf8', 0, end)
}

/** How many bytes a text of so many takes when it is padded. */
export function findPaddedLength(length: number): number {
  let padded = least
  while (padded < length) padded *= 2
  return padded
}
