import type { AccessMap } from '../../access-engine/reach/map.ts'
import { type CalendarDay, daysBetween } from '../../foundation/calendar-day.ts'
import { type ActNeeds, findActNeeds } from '../mechanism/act-needs.ts'
import { findDoneByDay, type LockOut } from './lock-out.ts'
import type { SittingFacts } from './sitting-problem.ts'

/**
 * The whole days of a wait that a source gives in hours. What is over within two hours is waited for on the same day; undefined
 * where no source gives one.
 */
function daysOfWait(hours: number | undefined): number | undefined {
  return hours === undefined ? undefined : hours <= 2 ? 0 : Math.ceil(hours / 24)
}

/**
 * What is known of the steps of a plan beside the current map.
 *
 * @param whole the map before any step, in which steps that are done still have their words
 * @param cameFrom the thing of each step and node
 * @param order the steps that are left
 * @param lockOut the plan that was chosen, if one was
 * @param target minutes of an appointment of the clinic
 */
export function findSittingFacts(
  {
    whole,
    cameFrom,
    lockOut,
  }: {
    readonly whole: AccessMap
    readonly cameFrom: ReadonlyMap<string, string>
    readonly lockOut: LockOut | null
  },
  order: readonly string[],
  { today, target }: { readonly today: CalendarDay; readonly target: number },
): SittingFacts {
  const steps = new Map(whole.steps.map(step => [step.id, step]))
  const doneOn = new Map((lockOut ? findDoneByDay(whole, lockOut) : []).map(({ step, on }) => [step, on]))
  const left = new Set(order)
  const preserving = new Set(whole.evidence.flatMap(each => each.preservedBy))
  const needsOf = (step: string): ActNeeds => findActNeeds(step, steps.get(step)?.cost.effort ?? 0)
  const findWait = (step: string): ReturnType<SittingFacts['waitOf']> => {
    const days = daysOfWait(steps.get(step)?.waits) ?? needsOf(step).days ?? 0
    if (days === 0) return null
    const before = steps.get(step)?.after ?? []
    const acts = before.filter(act => left.has(act))
    if (acts.length > 0) return { acts, days }
    const rest = before.flatMap(act => {
      const on = doneOn.get(act)
      return on === undefined ? [] : [days - daysBetween(on as CalendarDay, today)]
    })
    const most = Math.max(0, ...rest)
    return most === 0 ? null : { acts: [], days: most }
  }
  const findErrand = (step: string): string | null => {
    const { isElsewhere, helper } = needsOf(step)
    return isElsewhere === true && helper !== undefined ? `${helper} ${cameFrom.get(step) ?? step}` : null
  }
  return {
    minutesOf: step => steps.get(step)?.minutes ?? needsOf(step).minutes,
    waitOf: keepByStep(findWait),
    isAfterHour: step => {
      const isLoud = steps.get(step)?.alerts ?? false
      return lockOut?.mode === 'clean-break' ? isLoud || !preserving.has(step) : isLoud
    },
    errandOf: keepByStep(findErrand),
    thingOf: id => cameFrom.get(id) ?? id,
    target,
  }
}

/** What is asked of one step again and again, found once. */
function keepByStep<Found>(find: (step: string) => Found): (step: string) => Found {
  const kept = new Map<string, Found>()
  return step => {
    const before = kept.get(step)
    if (before !== undefined) return before
    const found = find(step)
    kept.set(step, found)
    return found
  }
}
