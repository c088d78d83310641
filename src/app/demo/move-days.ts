import { sayMonthName } from '../../foundation/say-date.ts'

/** Moves a wall clock of a story ("2026-03-02T22:14:05", or without seconds) by the story's whole weeks. */
export type MoveDays = (at: string) => string

const day = 24 * 60 * 60 * 1000
const week = 7 * day

/** The day after the last thing that happens in the stories as they are written. */
const written = Date.parse('2026-10-08T00:00:00Z')

/**
 * Moves the stories so that they end in the days before `now`: by whole weeks, so that a Thursday stays one. A demo that
 * is begun later is as fresh as one that is begun today.
 */
export function moveTo(now: Date): MoveDays {
  const weeks = Math.floor((now.getTime() - written) / week)
  return at => new Date(Date.parse(`${at}Z`) + weeks * week).toISOString().slice(0, at.length)
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
/** "Thursday 7 May", as a phone writes it. */
export function sayDayOfStory(at: string): string {
  const date = new Date(`${at.slice(0, 10)}T00:00:00Z`)
  return `${days[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${sayMonthName(date.getUTCMonth() + 1)}`
}
