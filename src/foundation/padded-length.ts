/** From here on lengths go up in steps of this size, and no longer double: 256 MiB. */
const largestDoubling = 256 * 1024 * 1024

/**
 * The length something is padded to before it is sealed, so that its own cannot be told: the next power of two from
 * `least` on, and above 256 MiB the next multiple of that.
 *
 * @param least a power of two of at most 256 MiB: what is shorter is padded to it
 */
export function paddedLength(length: number, least: number): number {
  if (length > largestDoubling) return Math.ceil(length / largestDoubling) * largestDoubling
  let padded = least
  while (padded < length) padded *= 2
  return padded
}
