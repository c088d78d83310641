import { z } from 'zod'

const count = z.number().int().min(0)

/**
 * Which generations the records of a case lie in. `revision` goes up with every change, and stands in the count of what
 * the case holds too: a root that somebody put back is found out by it.
 */
export const storedRootContent = z.object({
  revision: count,
  generations: z.array(z.object({ id: z.uuid(), records: count, characters: count })),
  /**
   * The generations that hold what was counted and which records tell another again, the oldest first: what a newer one says
   * takes the place of what is under the same key in an older one.
   */
  overviews: z.array(z.object({ id: z.uuid(), entries: count })),
  /** How many records tell again what another told. */
  duplicates: count,
})
export type StoredRoot = z.output<typeof storedRootContent>

export const noRoot: StoredRoot = { revision: 0, generations: [], overviews: [], duplicates: 0 }

/** The field a root is sealed as, and how long it is at least. */
export const rootPart = { field: 'record-root', least: 2048 } as const

/** The field a block is sealed as: it opens in no other place and in no other generation. */
export const blockField = (generation: string, number: number): string =>
  `record-block ${generation} ${number}`

/** The generations that a root names, those of the overview among them. */
export const generationsOf = ({ generations, overviews }: StoredRoot): readonly string[] =>
  [...generations, ...overviews].map(each => each.id)
