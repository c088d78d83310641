import { z } from 'zod'

/** The basis of an answer: it was seen on the device, the client said so, or it was worked out from something else. */
export const bases = ['seen', 'told', 'inferred'] as const
export type Basis = (typeof bases)[number]

/** An answer to a question of belief. Unknown is an answer of its own, and counts as possible. */
export const beliefAnswers = ['yes', 'probably', 'no', 'unknown'] as const
export type BeliefAnswer = (typeof beliefAnswers)[number]

const thingId = z.string().regex(/^t[0-9]{1,4}$/)
const slug = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/)
const statement = z.strictObject({
  /** For a question of belief. For a question of things, "unknown" when there may be more than those named. */
  belief: z.enum(beliefAnswers),
  things: z.array(thingId).max(100).default([]),
})
const thing = z.strictObject({
  thingId,
  entry: slug,
  label: z.string().max(200),
  note: z.string().max(5_000).default(''),
  /** What was said to each question, one statement for each basis. They may contradict each other, and all stay. */
  answers: z.record(slug, z.partialRecord(z.enum(bases), statement)).default({}),
  /** The channels that go through it, by their name in the contact plan. */
  channels: z
    .array(z.string().regex(/^c[0-9]{1,3}$/))
    .max(20)
    .default([]),
  /** The revision in which it was last changed. */
  changedIn: z.int().min(1),
  /**
   * The revision in which somebody last went through its answers. If none is named, the one in which it last changed.
   */
  askedIn: z.int().min(1).optional(),
  /** The revision in which it was put on the map. Left out, nobody knows: it counts as the first. */
  addedIn: z.int().min(1).optional(),
  /** What it is called where somebody else may read it, if the client chose a word; never what it is. */
  onPaper: z.string().max(30).optional(),
  /** The client no longer has it. It stays in the file and leaves the picture. */
  isGone: z.boolean().default(false),
})

/**
 * What a client has and who can get at it, from what was ticked and said: the whole of one revision. Picture, plan
 * and leaks are calculated from it and never kept in its place.
 */
export const inventorySchema = z.strictObject({
  version: z.literal(1),
  /** What troubles the client, in their own words, first. */
  words: z.string().max(20_000).default(''),
  things: z.array(thing).max(400).default([]),
})

export type Inventory = z.output<typeof inventorySchema>
export type Thing = Inventory['things'][number]
export type ThingId = string
export type InventoryStatement = z.output<typeof statement>

export const emptyInventory: Inventory = { version: 1, words: '', things: [] }

/** The next free name for a thing. A name is never used twice, so that old revisions stay readable. */
export function findNextThingId(inventory: Inventory): ThingId {
  const numbers = inventory.things.map(each => Number(each.thingId.slice(1)))
  return `t${Math.max(0, ...numbers) + 1}`
}

const caution: readonly BeliefAnswer[] = ['yes', 'probably', 'unknown', 'no']

/**
 * The answer the map uses when statements contradict each other: the one that gives the suspected person most. A
 * question without an answer is unknown.
 */
export function chooseStatement(thing: Thing, question: string): InventoryStatement {
  const said = Object.values(thing.answers[question] ?? {})
  const belief = caution.find(each => said.some(one => one.belief === each)) ?? 'unknown'
  return { belief, things: [...new Set(said.flatMap(one => one.things))] }
}

/** Whether statements on different bases disagree about a question. Both are shown and kept. */
export function isContradicted(thing: Thing, question: string): boolean {
  const said = Object.values(thing.answers[question] ?? {}).filter(one => one.belief !== 'unknown')
  return said.some(one => one.belief !== said[0]?.belief)
}
