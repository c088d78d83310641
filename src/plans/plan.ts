import { z } from 'zod'
import type { ActionId, AgencyId, CardId, PersonId } from '../foundation/ids.ts'
import { actionStates, gateKinds, type PlanAction } from './action.ts'
import { triggers } from './trigger.ts'

export const outcomes = ['contact-stopped', 'reduced', 'same', 'increased', 'unknown'] as const
export type PlanOutcome = (typeof outcomes)[number]

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const idOf = <Id extends string>() => z.uuid().transform(text => text as Id)
const felt = z.number().int().min(1).max(5).nullable()

const actionSchema = z.object({
  actionId: idOf<ActionId>(),
  words: z.string(),
  plainWords: z.string(),
  mayShowWords: z.boolean().default(false),
  owner: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('client') }),
    z.object({ kind: z.literal('agency'), agencyId: idOf<AgencyId>() }),
  ]),
  dueOn: day.nullable(),
  gates: z.array(z.object({ kind: z.enum(gateKinds), isMet: z.boolean() })).readonly(),
  readyWith: z.string(),
  state: z.enum(actionStates),
  cardId: idOf<CardId>().nullable().default(null),
  changedIn: z.number(),
}) satisfies z.ZodType<PlanAction>

/** One revision of a plan, as it is kept sealed. */
export const planSchema = z.object({
  startsOn: day,
  endsOn: day,
  safetyAtStart: felt,
  /** In the order in which they are to be taken. */
  actions: z.array(actionSchema).readonly(),
  reviews: z
    .array(
      z.object({
        on: day,
        at: z.string(),
        by: idOf<PersonId>(),
        note: z.string(),
        extendedTo: day.nullable(),
      }),
    )
    .readonly(),
  /** What happened that asks for a review, as somebody reported it. */
  changes: z.array(z.object({ kind: z.enum(triggers), at: z.string(), note: z.string() })).readonly(),
  closing: z.object({ on: day, outcome: z.enum(outcomes), safetyAtEnd: felt, note: z.string() }).nullable(),
  /** The revision in which the plan as a whole was last changed. */
  changedIn: z.number(),
})

/** The safety plan of a case: its days, its actions, its reviews, how it ended. */
export type Plan = z.output<typeof planSchema>

/** The outcome as it is on screen. */
export function sayPlanOutcome(outcome: PlanOutcome): string {
  switch (outcome) {
    case 'contact-stopped':
      return 'Contact stopped'
    case 'reduced':
      return 'Less contact than before'
    case 'same':
      return 'As much contact as before'
    case 'increased':
      return 'More contact than before'
    case 'unknown':
      return 'Not known'
  }
}
