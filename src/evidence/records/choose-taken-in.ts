import { mostInGeneration } from './build-generation.ts'

/** How much a generation holds. */
export type GenerationSize = { readonly records: number; readonly characters: number }

/** How full a generation is, from 0 to 1, by its records or by its characters. */
export const fillOf = ({ records, characters }: GenerationSize): number =>
  Math.max(records / mostInGeneration.records, characters / mostInGeneration.characters)

/** What is so full stays as it is. */
export const fullFrom = 0.9

/** What is no fuller than this is always taken in: 4 000 records. */
const smallUpTo = 0.02

/**
 * Which generations are written again into a new one: those of the item itself, and those not much larger than what is
 * written. So each that is not full is more than twice as large as the next smaller one: there are seven of them at most,
 * beside the full ones, and a record is written again a few times before it lies in a full one.
 *
 * @param added how much is written before anything is taken in
 */
export function chooseTakenIn<Generation extends GenerationSize & { readonly id: string }>(
  generations: readonly Generation[],
  ofItem: ReadonlySet<string>,
  added: GenerationSize,
): readonly Generation[] {
  const taken = generations.filter(({ id }) => ofItem.has(id))
  let size = taken.reduce((sum, each) => sum + fillOf(each), fillOf(added))
  const others = generations
    .filter(each => !ofItem.has(each.id) && fillOf(each) < fullFrom)
    .sort((one, other) => fillOf(one) - fillOf(other))
  for (const each of others) {
    if (fillOf(each) > Math.max(2 * size, smallUpTo)) break
    taken.push(each)
    size += fillOf(each)
  }
  return taken
}

/** So many entries of overviews are always written again into a new one. */
const smallOverview = 4000

/** Which overviews are written again into a new one: the newest of them, as long as they are not much larger than it. */
export function chooseOverviews<Overview extends { readonly entries: number }>(
  overviews: readonly Overview[],
  added: number,
): readonly Overview[] {
  let size = added
  let from = overviews.length
  for (; from > 0; from -= 1) {
    const entries = overviews[from - 1]?.entries ?? 0
    if (entries > Math.max(2 * size, smallOverview)) break
    size += entries
  }
  return overviews.slice(from)
}
