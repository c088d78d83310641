import { z } from 'zod'
import { actFactsSchema, keepsSchema } from './act-facts.ts'
import { learntSchema, slug, stepWordsSchema, words } from './entry-words.ts'

export const applianceActs = [
  'look',
  'remove-them',
  'change-login',
  'remove-devices',
  'reset-it',
  'stop-sending',
  'unplug',
] as const
export type ApplianceAct = (typeof applianceActs)[number]

const applianceActFacts = actFactsSchema.extend({
  /**
   * Whether only the one who owns it in the app can do it. Where that is the suspected person, it is no step of the client’s. Where no
   * source says, only the owner takes people out of it.
   */
  onlyOwner: z.boolean().optional(),
  /** A dealer or a garage does it, for the keeper by the papers of the thing. */
  byDealer: z.boolean().default(false),
  /** Of a reset: anyone who had a share, a code or the password of the Wi-Fi still has it afterwards. */
  keepsUsers: z.boolean().default(false),
})

/** The facts of a thing with an app: a camera, a car, a lock, a speaker, a router. */
export const applianceFactsSchema = z.strictObject({
  reveals: learntSchema,
  askOwner: words(200),
  askShared: words(200),
  /** Entries of the client's accounts in which it may be. */
  accounts: z.array(slug).min(1),
  steps: z.strictObject({
    'remove-them': stepWordsSchema,
    'reset-it': stepWordsSchema,
    /** Only where the thing itself can be told to send nothing, and works on. */
    'stop-sending': stepWordsSchema.optional(),
    unplug: stepWordsSchema,
  }),
  /** Ways by paper or by hand: the registered keeper, a key. Each has a step that ends it. */
  paths: z
    .array(
      z.strictObject({
        id: slug,
        ask: words(200),
        is: words(120),
        kind: z.enum(['ownership', 'membership', 'place']),
        how: words(200),
        end: stepWordsSchema.extend({
          id: slug,
          see: words(200),
          /** What is ended stands in a list that is evidence, and is gone from it. Not of papers, which stay. */
          destroysList: z.boolean().default(true),
          facts: actFactsSchema.optional(),
        }),
      }),
    )
    .max(3)
    .default([]),
  /** After how many days its log or its recordings go by themselves if nobody set another number, and who can end them sooner. */
  keeps: keepsSchema.optional(),
  acts: z.partialRecord(z.enum(applianceActs), applianceActFacts).default({}),
})
export type ApplianceFacts = z.output<typeof applianceFactsSchema>
