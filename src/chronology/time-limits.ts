import { addDays, addMonths, type CalendarDay, dayAt, daysBetween } from '../foundation/calendar-day.ts'
import type { IncidentId } from '../foundation/ids.ts'
import type { Conduct } from './conduct.ts'
import type { IncidentInShort } from './incident.ts'
import { type LimitationRule, type LimitId, limitationRules } from './limitation-rules.ts'
import { spanOfWhen } from './when-span.ts'

/** Why a limit cannot be told. */
export type LimitLack =
  | 'nobody-chose'
  | 'one-is-no-course'
  | 'no-dated-incident'
  | 'no-assault-named'
  | 'assault-without-time'
  | 'no-statement'
  | 'evidence-day-not-known'

/** One limit with its own start. Information for a person, never a decision, and never "too late". */
export type TimeLimit =
  | { readonly id: LimitId; readonly kind: 'none' }
  | { readonly id: LimitId; readonly kind: 'cannot-be-known'; readonly lacks: LimitLack }
  | {
      readonly id: LimitId
      readonly kind: 'running'
      /** The day it counts from. */
      readonly from: CalendarDay
      /** The incident it counts from, by number; null where it counts from something else. */
      readonly number: number | null
      /** The last day on which proceedings can begin; `daysLeft` is negative once it has passed. */
      readonly lastDay: CalendarDay
      readonly daysLeft: number
      /** How many of the incidents that were chosen have no known time, so that the true day may be later. */
      readonly withoutTime: number
    }

/**
 * Every limit that may apply, each from its own start. The incidents count that a person chose as the course of conduct:
 * an act by somebody else, or one that nobody chose, moves no date. Where a time is not exact the earliest counts, so
 * that no date shown is too late.
 */
export function findTimeLimits(
  incidents: readonly IncidentInShort[],
  choice: Conduct | null,
  zone: string,
  now: Date,
): readonly TimeLimit[] {
  const today = dayAt(now, zone)
  const within = (ids: readonly IncidentId[]): readonly IncidentInShort[] => {
    const named = new Set(ids)
    return incidents.filter(each => named.has(each.incidentId))
  }
  return limitationRules.flatMap((rule): readonly TimeLimit[] => {
    if (rule.begins === 'none') return [{ id: rule.id, kind: 'none' }]
    if (rule.begins === 'last-of-conduct')
      return [
        choice === null ? lack(rule, 'nobody-chose') : fromLast(rule, within(choice.incidents), zone, today),
      ]
    if (rule.begins === 'each-assault-and-statement')
      return fromAssaults(rule, within(choice?.assaults ?? []), choice?.statementOn ?? null, { zone, today })
    const on = choice?.evidenceOn ?? null
    if (on === null) return [lack(rule, 'evidence-day-not-known')]
    return [running(rule, { from: on, number: null, lastDay: lastDayOf(rule, on) }, today)]
  })
}

function lack({ id }: LimitationRule, lacks: LimitLack): TimeLimit {
  return { id, kind: 'cannot-be-known', lacks }
}

type Counted = { readonly from: CalendarDay; readonly number: number | null; readonly lastDay: CalendarDay }

function running({ id }: LimitationRule, counted: Counted, today: CalendarDay, withoutTime = 0): TimeLimit {
  return { id, kind: 'running', ...counted, daysLeft: daysBetween(today, counted.lastDay), withoutTime }
}

/** "Within six months from" ends on the same day of the month; a period "beginning with" a day ends the day before. */
function lastDayOf({ months, isFirstDayIn }: LimitationRule, from: CalendarDay): CalendarDay {
  return addDays(addMonths(from, months ?? 0), isFirstDayIn ? -1 : 0)
}

function fromLast(
  rule: LimitationRule,
  chosen: readonly IncidentInShort[],
  zone: string,
  today: CalendarDay,
): TimeLimit {
  if (chosen.length === 0) return lack(rule, 'nobody-chose')
  // Protection from Harassment Act 1997, s.7(3)(a): a course of conduct towards one person is on at least two occasions
  if (chosen.length === 1) return lack(rule, 'one-is-no-course')
  const dated = chosen.flatMap(({ number, newest }) => {
    const span = spanOfWhen(newest.when)
    return span === null ? [] : [{ number, at: span.from }]
  })
  const [last] = [...dated].sort((one, other) => other.at - one.at)
  if (!last) return lack(rule, 'no-dated-incident')
  const from = dayAt(new Date(last.at), zone)
  const counted = { from, number: last.number, lastDay: lastDayOf(rule, from) }
  return running(rule, counted, today, chosen.length - dated.length)
}

/** One line for each assault: two years from it, or six months from the statement, whichever ends first. */
// Criminal Justice Act 1988, s.39A(4)
function fromAssaults(
  rule: LimitationRule,
  assaults: readonly IncidentInShort[],
  statementOn: CalendarDay | null,
  { zone, today }: { readonly zone: string; readonly today: CalendarDay },
): readonly TimeLimit[] {
  if (assaults.length === 0) return [lack(rule, 'no-assault-named')]
  return assaults.map(({ number, newest }): TimeLimit => {
    const span = spanOfWhen(newest.when)
    if (span === null) return lack(rule, 'assault-without-time')
    if (statementOn === null) return lack(rule, 'no-statement')
    const from = dayAt(new Date(span.from), zone)
    const byOffence = addMonths(from, 24)
    const byStatement = lastDayOf(rule, statementOn)
    return running(
      rule,
      byOffence < byStatement
        ? { from, number, lastDay: byOffence }
        : { from: statementOn, number, lastDay: byStatement },
      today,
    )
  })
}

/** How many days the nearest limit that still runs has left; null when none can be told. */
export function findNearestLimit(limits: readonly TimeLimit[]): number | null {
  const left = limits.flatMap(each => (each.kind === 'running' && each.daysLeft >= 0 ? [each.daysLeft] : []))
  return left.length === 0 ? null : Math.min(...left)
}
