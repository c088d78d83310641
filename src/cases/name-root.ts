import { z } from 'zod'

const count = z.number().int().min(0)

/** Which generations the names of a clinic lie in, and of how many files each holds them; the revision goes up with every change. */
export const nameRootContent = z.object({
  revision: count,
  /** Another whenever everything was forgotten, and so went from the blocks back to what is compared by itself. */
  begun: z.string(),
  generations: z.array(z.object({ id: z.uuid(), files: count })),
})
export type NameRoot = z.output<typeof nameRootContent>

export const noNames: NameRoot = { revision: 0, begun: '', generations: [] }

/** So many files are compared one by one before it is worth keeping their names in a generation. */
export const mostChanges = 64

/**
 * Which generations are written again into a new one: all of them where a name in one was changed or taken away, so that it
 * is gone from all, and otherwise those that are not much larger than what is written. So each is more than three times
 * as large as the next smaller one: seven at most for half a million files.
 *
 * @param added how many files are written before anything is taken in
 */
export function chooseNameGenerations(
  { generations }: NameRoot,
  added: number,
  isRemoving: boolean,
): NameRoot['generations'] {
  if (isRemoving) return generations
  const taken: NameRoot['generations'] = []
  let files = Math.max(added, mostChanges)
  for (const each of [...generations].sort((one, other) => one.files - other.files)) {
    if (each.files > 3 * files) break
    taken.push(each)
    files += each.files
  }
  return taken
}
