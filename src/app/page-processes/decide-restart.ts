/** So many ends within this many milliseconds are no accident: starting again would go on for ever. */
const mostEnds = 10
const within = 60_000

/** The pause before a process is started again, in milliseconds; it doubles with each end up to the longest. */
const shortest = 200
const longest = 5_000

/**
 * Whether a process that ended by itself is started again, and after which pause. `ends` are the moments at which any
 * process ended, this one among them, in milliseconds.
 */
export function decideRestart(ends: readonly number[], now: number): number | 'give-up' {
  const recent = ends.filter(end => now - end < within).length
  if (recent > mostEnds) return 'give-up'
  return Math.min(longest, shortest * 2 ** Math.max(0, recent - 1))
}
