/**
 * What stands for a word that another version of the program recorded and this one does not know: a verb, a task or a part.
 * Each table of words has a line for it that says just that. The act is shown, and nothing is made up about it.
 */
export const ofAnotherVersion = 'of-another-version'
export type OfAnotherVersion = typeof ofAnotherVersion

/** A word as it was recorded, where it is one of those that are known. */
export function readWord<Word extends string>(
  known: readonly Word[],
  recorded: string,
): Word | OfAnotherVersion {
  return known.find(word => word === recorded) ?? ofAnotherVersion
}
