import type { When } from './incident.ts'

/** The first and the last instant at which something can have happened. */
export type WhenSpan = { readonly from: number; readonly until: number }

// "About four o'clock" is somebody's memory; half a day to either side is allowed for it.
const aboutLength = 12 * 3_600_000

/** Between which instants it was; null when nobody knows. */
export function spanOfWhen(when: When): WhenSpan | null {
  switch (when.precision) {
    case 'exact':
      return { from: when.startsAt.getTime(), until: when.startsAt.getTime() }
    case 'about':
      return { from: when.startsAt.getTime() - aboutLength, until: when.startsAt.getTime() + aboutLength }
    case 'between':
      return { from: when.startsAt.getTime(), until: when.endsAt.getTime() }
    case 'unknown':
      return null
  }
}
