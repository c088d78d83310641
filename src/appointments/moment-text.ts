/** A moment as a form carries it: UTC, so that an hour that comes twice is two texts. */
export function writeMomentText(moment: Date): string {
  return moment.toISOString().replace('.000Z', 'Z')
}

/** Reads a moment from a form, whole seconds in UTC; null for anything else. */
export function parseMoment(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)) return null
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) || writeMomentText(moment) !== text ? null : moment
}
