import { z } from 'zod'
import { infoKinds } from './info-kind.ts'

/** A text of an entry, in characters. */
export const words = (most: number) => z.string().trim().min(1).max(most)

/** The id of an entry, a question or a kind. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,40}$/, { error: 'must be lower-case letters, digits and hyphens' })

/** What anyone who reaches something learns: for certain, or possibly. */
export const learntSchema = z.strictObject({
  certain: z.array(z.enum(infoKinds)),
  possible: z.array(z.enum(infoKinds)).default([]),
})

const whole = z.int().min(0).max(100)
export const costSchema = z.strictObject({ effort: whole, money: whole, disruption: whole, risk: whole })

/** What is said of a step that each kind of thing calls by words of its own. */
export const stepWordsSchema = z.strictObject({
  do: words(200),
  cost: costSchema,
  notices: words(300),
  lost: words(300),
  ready: words(300),
  undo: words(300),
})
