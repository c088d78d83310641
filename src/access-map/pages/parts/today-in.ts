import { readWallClock, writeWallClock } from '../../../foundation/local-date.ts'

/** The day it is where the clinic is. */
export function todayIn(zone: string, now: Date): string {
  return writeWallClock(readWallClock(now.getTime(), zone)).slice(0, 10)
}
