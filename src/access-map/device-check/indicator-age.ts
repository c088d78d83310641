import type { IndicatorFile } from './indicator-file.ts'

/** An indicator file with its date. */
export type DatedIndicators = IndicatorFile & {
  /** The date in its name, or else the day the file was last changed on this machine. */
  readonly date: string
  readonly dateFrom: 'name' | 'file'
}

/** New apps of this sort appear every month. A file older than this is shown as old, and still used. */
const freshDays = 90

/** The date of a file: the one in its name ("ioc-2026-11-20.yaml"), or else the day it was changed. */
export function dateIndicator(name: string, changed: Date): Pick<DatedIndicators, 'date' | 'dateFrom'> {
  const named = /(?<!\d)(20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)/.exec(name)?.[1]
  if (named !== undefined && new Date(`${named}T00:00:00Z`).toISOString().startsWith(named))
    return { date: named, dateFrom: 'name' }
  return { date: changed.toISOString().slice(0, 10), dateFrom: 'file' }
}

/** Whether a file of that day is old today. */
export function isOldIndicator(date: string, today: string): boolean {
  return (Date.parse(today) - Date.parse(date)) / 86_400_000 > freshDays
}
