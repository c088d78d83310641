import { type Need, needs } from '../../../directory/profile.ts'

/** The address of the page for these needs: a letter for each, so that a history says nothing (S2). */
export function helpAddress(asked: readonly Need[]): string {
  const letters = needs.flatMap((need, index) => (asked.includes(need) ? [(index + 10).toString(36)] : []))
  return letters.length > 0 ? `/refer/other-help?for=${letters.join('')}` : '/refer/other-help'
}

/** Reads the letters back; any that mean nothing are left out. */
export function readHelpAddress(letters: string): readonly Need[] {
  return needs.filter((_, index) => letters.includes((index + 10).toString(36)))
}
