import { findYear, type Month } from './months.ts'
import { decideSuppression, type ShownCount, type ShownRow, type SmallNumbers } from './small-numbers.ts'
import type { DaysWaited, Wait } from './waits.ts'
import { findTypicalWait } from './waits.ts'

/** What the clinic counts, by month, before anything is held back. */
export type Counts = {
  readonly referrals: readonly { readonly month: Month; readonly kind: string; readonly count: number }[]
  readonly closings: readonly { readonly month: Month; readonly kind: string; readonly count: number }[]
  readonly waits: readonly { readonly month: Month; readonly days: number; readonly cases: number }[]
  /** From the referral to a first appointment that took place. */
  readonly firstWaits: readonly { readonly month: Month; readonly days: number; readonly cases: number }[]
}

export type YearFigures = {
  readonly months: readonly Month[]
  readonly referrals: ShownRow
  /** What became of the year's referrals: a case, or not (sent elsewhere, or still waiting). */
  readonly became: ShownRow
  /** How contact was in the cases that closed. */
  readonly closings: ShownRow
  readonly wait: Wait
  readonly firstWait: Wait
}

export type Figures = {
  readonly thisYear: YearFigures
  readonly yearBefore: YearFigures
  /** From the rounded totals, in hundredths, or null where one of them is not shown. */
  readonly change: number | null
}

export const becameKinds = ['opened', 'other'] as const
export const closingKinds = [
  'contact-stopped',
  'contact-less',
  'contact-same',
  'contact-more',
  'not-known',
] as const

/**
 * Makes the figures of the last twelve whole months and of the twelve before, with everything small held back.
 *
 * @param today the day in the clinic's zone, as "2026-03-17"
 */
export function findFigures(counts: Counts, today: string, rule: SmallNumbers): Figures {
  const yearOf = (yearsAgo: number): YearFigures => {
    const months = findYear(today, yearsAgo)
    const sum = (list: Counts['referrals'], wanted: (each: Counts['referrals'][number]) => boolean): number =>
      list
        .filter(each => months.includes(each.month) && wanted(each))
        .reduce((all, each) => all + each.count, 0)
    const inYear = (waits: Counts['waits']): DaysWaited => waits.filter(each => months.includes(each.month))
    return {
      months,
      referrals: decideSuppression(
        months.map(month => sum(counts.referrals, each => each.month === month)),
        rule,
      ),
      became: decideSuppression(
        becameKinds.map(kind =>
          sum(counts.referrals, each => (each.kind === 'opened') === (kind === 'opened')),
        ),
        rule,
      ),
      closings: decideSuppression(
        closingKinds.map(kind => sum(counts.closings, each => each.kind === kind)),
        rule,
      ),
      wait: findTypicalWait(inYear(counts.waits), rule.least),
      firstWait: findTypicalWait(inYear(counts.firstWaits), rule.least),
    }
  }
  const thisYear = yearOf(0)
  const yearBefore = yearOf(1)
  return { thisYear, yearBefore, change: findChange(thisYear.referrals.total, yearBefore.referrals.total) }
}

function findChange(now: ShownCount, before: ShownCount): number | null {
  if (now.kind !== 'count' || before.kind !== 'count' || before.about === 0) return null
  return Math.round((100 * (now.about - before.about)) / before.about)
}
