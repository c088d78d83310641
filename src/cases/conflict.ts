import type { CaseId, PersonId } from '../foundation/ids.ts'
import { findNameTokens } from '../identity/name-tokens.ts'

/** A name from another file, or of a member of staff, that may be the same person. */
export type NameCandidate = {
  readonly kind: 'client' | 'suspect' | 'staff'
  readonly caseId: CaseId | null
  readonly personId: PersonId | null
  readonly name: string
}

/**
 * How alike two names are: every word the same; one letter apart, or a word more or less; initials that fit;
 * or a single word that is in the other.
 */
export type Likeness = 'same' | 'close' | 'initials' | 'part'

export type Conflict = NameCandidate & {
  /** Which name of this referral it is like. */
  readonly like: 'client' | 'suspect'
  readonly likeness: Likeness
}

const mostWords = 12
/** The words of a name that are compared, in the order written. */
export const findNameWords = (name: string): readonly string[] => findNameTokens(name).slice(0, mostWords)

/**
 * A word as it is and without one of its letters: two words one letter apart share one of these. None for a word so short
 * that a missing letter says nothing.
 */
export function findShortened(word: string): readonly string[] {
  // A word of four letters is compared with one of three, so three is where a missing letter begins to matter.
  if (word.length < 3) return []
  const letters = [...word].slice(0, 40)
  return [word, ...letters.map((_, index) => letters.filter((__, other) => other !== index).join(''))]
}

/**
 * The keys under which names are brought together: two that share none are not compared further. Its words, its words
 * with a letter missing ("~"), and all in one ("=").
 */
export function findNameKeys(name: string): readonly string[] {
  const words = findNameWords(name)
  if (words.length === 0) return []
  const near = words.flatMap(findShortened)
  return [...new Set([...words, ...near.map(word => `~${word}`), `=${words.join('')}`])]
}

/**
 * A sieve for the many names of a clinic: whether one shares a key with any of these. For most names the words alone
 * decide, without making a key.
 */
export function makeNameSieve(names: readonly string[]): (name: string) => boolean {
  const keys = new Set(names.flatMap(findNameKeys))
  const sought = names.flatMap(findNameWords)
  const together = new Set(names.map(name => findNameWords(name).join('')))
  return name => {
    const words = findNameWords(name)
    const mayBe = words.some(word => sought.some(each => areNear(word, each))) || together.has(words.join(''))
    return mayBe && findNameKeys(name).some(key => keys.has(key))
  }
}

/** Whether two words may share a key: one is the other, or they are the same with a letter taken out of one or each. */
function areNear(one: string, other: string): boolean {
  // Of a very long word only the first letters count, and a letter of a rare script is two units long.
  if (one.length > 40 || other.length > 40 || isRare.test(one) || isRare.test(other)) return true
  if (Math.abs(one.length - other.length) > 1) return false
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && one[start] === other[start]) start += 1
  let end = 0
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  const [a, b] = [one.slice(start, one.length - end), other.slice(start, other.length - end)]
  if (a === '' || b === '') return true
  return a.length === b.length && (a.slice(1) === b.slice(0, -1) || a.slice(0, -1) === b.slice(1))
}

const isRare = /[\ud800-\udfff]/

/** Whether two words are one letter apart: one changed, added, missing, or two neighbours swapped. */
function isOneLetterApart(one: string, other: string): boolean {
  // Most pairs are far apart, which is seen without taking them to pieces.
  if (!areNear(one, other)) return false
  const [a, b] = one.length >= other.length ? [[...one], [...other]] : [[...other], [...one]]
  if (a.length - b.length > 1 || b.length < 3) return false
  const first = b.findIndex((letter, index) => letter !== a[index])
  if (first === -1) return a.length - b.length === 1
  const rest = (letters: readonly string[], from: number): string => letters.slice(from).join('')
  if (a.length > b.length) return rest(a, first + 1) === rest(b, first)
  if (rest(a, first + 1) === rest(b, first + 1)) return true
  return a[first] === b[first + 1] && a[first + 1] === b[first] && rest(a, first + 2) === rest(b, first + 2)
}

/** Whether a word is one letter; a letter of a rare script is two units long. */
const isLetter = (word: string): boolean => word.length === 1 || (word.length === 2 && isRare.test(word))

const isInitial = (one: string, other: string): boolean =>
  isLetter(one) ? other.startsWith(one) : isLetter(other) && one.startsWith(other)

/** Compares two names whatever their order, accents, case and hidden characters; null when they are not alike. */
export function compareNames(one: string, other: string): Likeness | null {
  return compareNameWords(findNameWords(one), findNameWords(other))
}

/** The same of two names whose words are known. */
export function compareNameWords(one: readonly string[], other: readonly string[]): Likeness | null {
  const [few, many] = [one, other].sort((a, b) => a.length - b.length)
  if (!few || !many || few.length === 0) return null
  const left = [...many]
  let likeness: Likeness = few.length === many.length ? 'same' : 'close'
  const waiting: string[] = []
  const take = (fits: (candidate: string) => boolean): boolean => {
    const index = left.findIndex(candidate => fits(candidate))
    if (index === -1) return false
    left.splice(index, 1)
    return true
  }
  for (const word of few) if (!take(candidate => candidate === word)) waiting.push(word)
  for (const word of waiting) {
    if (take(candidate => word.length >= 4 && isOneLetterApart(word, candidate))) {
      if (likeness === 'same') likeness = 'close'
    } else if (take(candidate => isInitial(word, candidate))) {
      likeness = 'initials'
    } else {
      return few.join('') === many.join('') ? 'close' : null
    }
  }
  if (few.length > 1 || many.length === 1) return likeness
  // One word against a whole name: worth listing where it is the same word, and not otherwise.
  return waiting.length === 0 ? 'part' : null
}

/**
 * Finds who the two names of a referral may also be: a client, a suspected person or a member of staff. Every likeness
 * is listed, the closest first; a person decides what each means.
 */
export function findConflicts(
  names: { readonly client: string; readonly suspect: string },
  candidates: readonly NameCandidate[],
): readonly Conflict[] {
  const order: readonly Likeness[] = ['same', 'close', 'initials', 'part']
  const found = new Map<string, Conflict>()
  for (const like of ['suspect', 'client'] as const) {
    for (const candidate of candidates) {
      const likeness = compareNames(names[like], candidate.name)
      // The same file may hold a name twice, on its referral and on its case: once is enough to know.
      const key = `${like} ${candidate.kind} ${candidate.caseId ?? candidate.personId} ${likeness}`
      if (likeness && !found.has(key)) found.set(key, { ...candidate, like, likeness })
    }
  }
  return [...found.values()].sort((a, b) => order.indexOf(a.likeness) - order.indexOf(b.likeness))
}

/**
 * Finds the members of staff who must not see this file until a coordinator has decided: the suspected person's
 * whole name is like theirs. A single shared word is shown to the coordinator and bars nobody.
 */
export function findProvisionalBars(conflicts: readonly Conflict[]): readonly PersonId[] {
  const barred = conflicts.flatMap(conflict =>
    conflict.like === 'suspect' &&
    conflict.kind === 'staff' &&
    conflict.likeness !== 'part' &&
    conflict.personId
      ? [conflict.personId]
      : [],
  )
  return [...new Set(barred)]
}
