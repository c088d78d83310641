import { z } from 'zod'
import { durationSchema, findWholeHours } from './act-facts.ts'
import { costSchema, learntSchema, slug, words } from './entry-words.ts'
import type { Parts, StepPart } from './part.ts'

/** A name on the map, as an entry writes it. */
const node = z.string().regex(/^(\{\}|\{other\}|place|person|info)[a-z0-9.:-]*$/, {
  error: 'must begin with {}, {other}, place, person or info',
})
const step = z.string().regex(/^[a-z][a-z-]{2,40}:(\{\}|\{other\})$/, {
  error: 'must be a verb and {}, such as change-password:{}',
})
const question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('belief'), id: slug, ask: words(200), hint: words(300).optional() }),
  z.strictObject({
    kind: z.literal('things'),
    id: slug,
    ask: words(200),
    hint: words(300).optional(),
    of: z.array(slug).min(1),
  }),
])
const condition = { when: slug.optional(), each: slug.optional() }
const rule = z.strictObject({
  to: node,
  from: z.array(node).min(1),
  how: words(200),
  who: z.enum(['suspect', 'client', 'anyone']).default('anyone'),
  unless: z.array(step).default([]),
  if: z.array(step).default([]),
  unlessUnknown: z.array(step).default([]),
  /** No surer than this: that it could be so is not that it is. */
  atMost: z.enum(['suspected', 'possible']).optional(),
  ...condition,
})
const writtenStep = z.strictObject({
  id: step,
  do: words(200),
  cost: costSchema,
  /** Who sees that it was taken; left out, nobody has read it in a source. */
  tells: z.array(z.strictObject({ node, each: slug.optional(), says: words(200) })).optional(),
  needs: z.array(node).default([]),
  exposes: z.array(node).default([]),
  after: z.array(step).default([]),
  requires: z.array(z.union([step, z.array(step).min(1)])).default([]),
  excludes: z.array(step).default([]),
  destroys: z.array(node).default([]),
  notices: words(300),
  lost: words(300),
  ready: words(300),
  undo: words(300),
  each: slug.optional(),
  /** Something to go on doing, every day. */
  isHabit: z.boolean().optional(),
})

/**
 * The parts of a kind of thing that is like no other: a person who tells, what anybody can look up, a home, a tracker.
 * They are written out in the entry.
 */
export const writtenFactsSchema = z.strictObject({
  /** At most ten, the decisive ones first. */
  questions: z.array(question).min(1).max(10),
  nodes: z.array(z.strictObject({ id: node, kind: slug, label: words(120) })).min(1),
  holds: z.array(z.strictObject({ who: z.enum(['suspect', 'client']), node, ...condition })).default([]),
  rules: z.array(rule).default([]),
  reveals: z.array(learntSchema.extend({ from: node.default('{}') })).default([]),
  steps: z.array(writtenStep).min(1),
  evidence: z
    .array(
      z.strictObject({
        id: node,
        weight: z.int().min(0).max(100),
        preservedBy: z.array(step).min(1),
        words: words(200),
        /** After how long it goes by itself. */
        lasts: durationSchema.optional(),
      }),
    )
    .default([]),
  channel: z.strictObject({ content: node, fact: node.optional() }).optional(),
  keep: z.array(node).default([]),
})
export type WrittenFacts = z.output<typeof writtenFactsSchema>

export function writeOut({ steps, evidence, ...facts }: WrittenFacts): Parts {
  return {
    ...facts,
    staysOpen: [],
    evidence: evidence.map(({ lasts, ...each }) => ({
      ...each,
      ...(lasts ? { goes: findWholeHours(lasts) } : {}),
    })),
    steps: steps.map(({ tells, ...each }): StepPart => ({ ...each, tells: tells ?? 'unchecked' })),
  }
}
