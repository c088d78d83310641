import type { Decision } from '../foundation/decision.ts'

/** How many notes and corrections are kept of one client within an hour. */
export const mostNotesInHour = 60

/** An hour, in milliseconds. */
export const noteHour = 60 * 60 * 1000

/**
 * Rule S13: whether one more note is kept. Anyone who is signed in as a client, or made them sign in, may fill neither the
 * disk nor the pages of those who read it; a client who has that much to say goes on a little later.
 *
 * @param written how many were kept in the hour before
 */
export function decideNote(written: number): Decision<object, 'too-many-notes'> {
  return written < mostNotesInHour ? { allowed: true } : { allowed: false, because: 'too-many-notes' }
}
