/** A count as it may be shown: rounded, none at all, or too small to tell. */
export type ShownCount =
  | { readonly kind: 'count'; readonly about: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'too-small' }

export type SmallNumbers = {
  /** A count below this is not shown. */
  readonly least: number
  /** What is shown is rounded to a multiple of this. */
  readonly roundTo: number
}

export type ShownRow = { readonly cells: readonly ShownCount[]; readonly total: ShownCount }

/**
 * Decides what of a row of counts and its total may be shown. A count below the least is not, and neither is a nought
 * beside it: somebody who knows that a month had nobody knows something of the others. What is shown must leave each
 * hidden count open from nought to just below the least. Where it would not, the smallest of the others is hidden too,
 * and at the last the total. A row that is nought throughout says so: it is about nobody.
 */
// The clinic's own rule, in its profile: below five, rounded to five, and a second count hidden where the first could
// be calculated. Published practice differs: ten in the ONS longitudinal study; rounding to five in sub-national NHS
// figures before 2019/20 (stored pages read on 29 November 2026). A profile may ask for more, never for less than five
export function decideSuppression(counts: readonly number[], rule: SmallNumbers): ShownRow {
  const sum = counts.reduce((one, other) => one + other, 0)
  if (sum === 0) return { cells: counts.map(() => ({ kind: 'none' })), total: { kind: 'none' } }
  const total = sum < rule.least ? null : round(sum, rule)
  const hidden = new Set(counts.flatMap((count, index) => (count < rule.least ? [index] : [])))
  const bySize = counts
    .map((count, index) => ({ count, index }))
    .sort((one, other) => one.count - other.count || one.index - other.index)
  for (const { index } of bySize) {
    if (total === null || isOpen(counts, hidden, total, rule)) break
    hidden.add(index)
  }
  const isTotalShown = total !== null && isOpen(counts, hidden, total, rule)
  return {
    cells: counts.map((count, index) =>
      hidden.has(index) ? { kind: 'too-small' } : { kind: 'count', about: round(count, rule) },
    ),
    total: isTotalShown ? { kind: 'count', about: total } : { kind: 'too-small' },
  }
}

const round = (count: number, { roundTo }: SmallNumbers): number => Math.round(count / roundTo) * roundTo

/** Whether each hidden count could be anything from nought to just below the least, by all that is shown. */
function isOpen(
  counts: readonly number[],
  hidden: ReadonlySet<number>,
  total: number,
  rule: SmallNumbers,
): boolean {
  if (hidden.size === 0) return true
  if (hidden.size === 1) return false
  // What is rounded to a number lies within half a step of it, and is no less than the least.
  const half = Math.floor(rule.roundTo / 2)
  const leastOfShown = counts.reduce(
    (all, count, index) => (hidden.has(index) ? all : all + Math.max(rule.least, round(count, rule) - half)),
    0,
  )
  return total + half - leastOfShown >= rule.least - 1
}

/** A count in words: "35", "none", "fewer than 5 or held back". */
export function sayGuardedCount(shown: ShownCount): string {
  switch (shown.kind) {
    case 'count':
      return String(shown.about)
    case 'none':
      return 'None'
    case 'too-small':
      return 'Too small to show'
  }
}
