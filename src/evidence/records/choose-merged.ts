import { fillOf, type GenerationSize } from './choose-taken-in.ts'

/** A generation is left as it is while it is larger than so many times all smaller ones together. */
const largerBy = 8

/** With more generations than this a case does not wait to be merged. */
export const mostWaiting = 10

/**
 * Which generations of a case are written together as one: the smaller ones, up to the largest that is not much larger than
 * all below it. What is left is each nine times as large as the next smaller one and more, so that there are few however
 * many records there are.
 */
export function chooseMerged<Generation extends GenerationSize>(
  generations: readonly Generation[],
): readonly Generation[] {
  const rising = [...generations].sort((one, other) => fillOf(one) - fillOf(other))
  let below = 0
  let upTo = 0
  for (const [index, each] of rising.entries()) {
    if (index > 0 && fillOf(each) <= largerBy * below) upTo = index + 1
    below += fillOf(each)
  }
  return rising.slice(0, upTo)
}
