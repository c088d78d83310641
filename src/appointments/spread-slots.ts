import { readWallClock } from '../foundation/local-date.ts'
import { writeDay } from './calendar.ts'
import type { JointSlot } from './joint-slots.ts'

/** Some of the times of one day, and how many there are. */
export type DayOfSlots = {
  readonly day: string
  readonly shown: readonly JointSlot[]
  readonly count: number
}

/**
 * Chooses a few times from each of the first days, spread over the day, the first and the last among them: a whole day
 * of quarters is too long a list to choose from. Nothing is hidden for good: each day can be asked for alone.
 */
export function spreadSlots(
  slots: readonly JointSlot[],
  zone: string,
  limits: { readonly days: number; readonly perDay: number },
): readonly DayOfSlots[] {
  const days = new Map<string, JointSlot[]>()
  for (const slot of slots) {
    const day = writeDay(readWallClock(slot.startsAt.getTime(), zone))
    days.set(day, [...(days.get(day) ?? []), slot])
  }
  return [...days].slice(0, limits.days).map(([day, all]) => {
    const steps = Math.min(limits.perDay, all.length)
    const places = Array.from({ length: steps }, (_, index) =>
      steps === 1 ? 0 : Math.round((index * (all.length - 1)) / (steps - 1)),
    )
    return { day, shown: all.filter((_, index) => places.includes(index)), count: all.length }
  })
}
