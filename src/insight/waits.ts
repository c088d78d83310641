/** How long people waited: half of them no longer than this. */
export type Wait =
  | { readonly kind: 'days'; readonly median: number; readonly ninth: number }
  | { readonly kind: 'too-small' }
  | { readonly kind: 'none' }

/** Days waited, each with how many waited so long. */
export type DaysWaited = readonly { readonly days: number; readonly cases: number }[]

/**
 * Finds the median wait and the one nine in ten are within, in whole days. Fewer people than `least` are not shown: a
 * median of four is somebody's own wait.
 */
export function findTypicalWait(waited: DaysWaited, least: number): Wait {
  const sorted = [...waited].sort((one, other) => one.days - other.days)
  const all = sorted.reduce((sum, each) => sum + each.cases, 0)
  if (all === 0) return { kind: 'none' }
  if (all < least) return { kind: 'too-small' }
  const at = (share: number): number => {
    let seen = 0
    for (const { days, cases } of sorted) {
      seen += cases
      if (seen >= all * share) return days
    }
    return sorted.at(-1)?.days ?? 0
  }
  return { kind: 'days', median: at(0.5), ninth: at(0.9) }
}
