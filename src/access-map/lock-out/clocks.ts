import type { AccessMap, MapStep } from '../../access-engine/reach/map.ts'
import { type CalendarDay, dayAt, firstMomentOf, overAt } from '../../foundation/calendar-day.ts'

/** Of a card what its clock hangs on. */
type TimedCard = {
  readonly step: string
  readonly state:
    | { readonly is: 'done'; readonly at: string; readonly latest?: string | undefined }
    | { readonly is: 'to-do' | 'go' | 'could-not' }
}
type TimedPlan = { readonly cards: readonly TimedCard[] }

const hour = 60 * 60 * 1000

/** The latest moment at which something that was done on a day and written down at a moment can have been done. */
export function findLatestMoment(on: CalendarDay, writtenDown: Date, zone: string): Date {
  return new Date(Math.min(writtenDown.getTime(), overAt(on, zone).getTime()))
}

/** The same, the other end: what was done on an earlier day may have been done as soon as that day began. */
export function findEarliestMoment(on: CalendarDay, writtenDown: Date, zone: string): Date {
  return dayAt(writtenDown, zone) === on ? writtenDown : firstMomentOf(on, zone)
}

/**
 * When a look shows something at the earliest: its hours have passed since every act that it looks at. Null while such an act is
 * not done, and for a step that waits for nothing.
 *
 * @param step of the whole map, before any step: what was carried out no longer names its acts
 */
export function findClock(step: MapStep, cards: TimedPlan['cards']): Date | null {
  if (step.waits === undefined) return null
  let latest = 0
  for (const any of step.requires) {
    const done = any.flatMap(act => findLatest(cards.find(card => card.step === act)) ?? [])
    if (done.length === 0) return null
    latest = Math.max(latest, ...done)
  }
  return latest === 0 ? null : new Date(latest + step.waits * hour)
}

function findLatest(card: TimedCard | undefined): number | null {
  return card?.state.is === 'done' ? Date.parse(card.state.latest ?? card.state.at) : null
}

/** When each step that waits may be taken at the earliest, for those of which every act is done. */
export function findClocks({ steps }: AccessMap, { cards }: TimedPlan): ReadonlyMap<string, Date> {
  return new Map(
    steps.flatMap(step => {
      const from = findClock(step, cards)
      return from ? [[step.id, from] as const] : []
    }),
  )
}

/**
 * Whether a step that is done counts on the map: a look only once the acts it looks at are done and their clock had run. What
 * they did in answer may have taken an act back since.
 */
// Rule S9: what takes time is open on every picture until its time is over and somebody has seen it closed
export function counts({ steps }: AccessMap, { cards }: TimedPlan, id: string): boolean {
  const step = steps.find(each => each.id === id)
  const state = cards.find(card => card.step === id)?.state
  if (step?.waits === undefined || state?.is !== 'done') return true
  const from = findClock(step, cards)
  return from !== null && Date.parse(state.at) >= from.getTime()
}

/** The steps that say nothing any more once an act is to be done again: those that require it and have no other. */
export function findDependents(
  { steps }: AccessMap,
  act: string,
  isDone: (step: string) => boolean,
): readonly string[] {
  return steps
    .filter(each =>
      each.requires.some(any => any.includes(act) && !any.some(other => other !== act && isDone(other))),
    )
    .map(each => each.id)
}
