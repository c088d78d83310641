/** How slow the other end may be. */
export type Pace = {
  /** Milliseconds they may take whatever comes. */
  readonly grace: number
  /** What each further second has to bring. */
  readonly bytesPerSecond: number
}

/**
 * The most milliseconds that so many bytes may take. It grows with the bytes, so a large file from a slow line is fine,
 * and it is a bound on the whole: one byte now and then does not start it again.
 */
export function mostMilliseconds(bytes: number, { grace, bytesPerSecond }: Pace): number {
  return grace + (Math.max(0, bytes) / bytesPerSecond) * 1000
}
