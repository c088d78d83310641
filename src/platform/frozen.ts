/** Makes a document and all that is in it unchangeable, because many visits hold the same one. What is in a set or a map is not reached. */
export function frozen<Kept>(document: Kept): Kept {
  if (typeof document !== 'object' || document === null || Object.isFrozen(document)) return document
  for (const each of Object.values(document)) frozen(each)
  return Object.freeze(document)
}
