import { z } from 'zod'
import { carryOut } from '../../access-engine/reach/carry-out.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import type { CardId } from '../../foundation/ids.ts'
import { counts } from './clocks.ts'

/**
 * How the client wants it done: first every step that nobody notices, and from an hour on those that will be noticed;
 * or everything in one sitting at that hour, with nothing before it but keeping evidence.
 */
export const lockOutModes = ['quiet', 'clean-break'] as const
export type LockOutMode = (typeof lockOutModes)[number]

/** What became of evidence that a step would destroy. */
export const keptHows = ['kept', 'nothing-to-keep'] as const
export type KeptHow = (typeof keptHows)[number]

const moment = z.iso.datetime()
const name = z.string().max(200)
const told = z.string().max(2_000)
const stepId = z.string().min(1).max(200)
const by = { at: moment, byName: name }

const cardSchema = z.strictObject({
  cardId: z.uuid().transform(text => text as CardId),
  step: stepId,
  /** What was to be done, in the words used when the card was made: a thing may leave the map. */
  label: z.string().max(600),
  state: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('to-do') }),
    z.strictObject({ is: z.literal('go'), ...by }),
    z.strictObject({
      is: z.literal('done'),
      on: z.iso.date(),
      ...by,
      /** The latest moment at which it can have been done; left out, when it was written down. */
      latest: moment.optional(),
    }),
    z.strictObject({ is: z.literal('could-not'), why: told, ...by }),
  ]),
  /** What the suspected person did in answer to this step, as it was reported. */
  reactions: z.array(z.strictObject({ what: told, undid: z.boolean(), ...by })).max(100),
  /** The revision in which it was last changed. */
  changedIn: z.int().min(1),
})

/** One revision of the plan that a client chose, as it lies sealed. */
export const lockOutSchema = z.strictObject({
  version: z.literal(1),
  mode: z.enum(lockOutModes),
  /** When the first step that will be noticed may be taken; null until the client chooses. */
  hour: moment.nullable(),
  /** Steps the client will not take. */
  never: z.array(stepId).max(500),
  /** Every card there ever was, including those of steps that left the plan. */
  cards: z.array(cardSchema).max(1_000),
  /** The steps of the plan: those done in the order in which they were done, then those left in the order planned. */
  order: z.array(stepId).max(500),
  /** Evidence that somebody answered for. */
  kept: z.array(
    z.strictObject({ evidence: stepId, how: z.enum(keptHows), where: z.string().max(300), ...by }),
  ),
  /** The last time the plan was made again, and what that changed. */
  replanned: z
    .strictObject({
      because: z.enum(['could-not', 'reacted', 'chosen']),
      added: z.array(z.string()),
      left: z.array(z.string()),
      /** False when no plan was found in time. Then the rest of the old one still counts. */
      isFound: z.boolean(),
      at: moment,
    })
    .nullable(),
})

export type LockOut = z.output<typeof lockOutSchema>
export type Card = LockOut['cards'][number]
export type CardState = Card['state']['is']

/** The steps that are done, in the order in which they were done. */
export function findDone(lockOut: LockOut): readonly string[] {
  return lockOut.order.filter(step => findCard(lockOut, step)?.state.is === 'done')
}

/**
 * The steps that are done and count on the map, each with the day from which what it closes is closed. A look before its clock had
 * run closes nothing, on no day.
 *
 * @param map before any step
 */
export function findDoneByDay(
  map: AccessMap,
  lockOut: LockOut,
): readonly { readonly step: string; readonly on: string }[] {
  return lockOut.order.flatMap(step => {
    const state = findCard(lockOut, step)?.state
    return state?.is === 'done' && counts(map, lockOut, step) ? [{ step, on: state.on }] : []
  })
}

/** The steps of the plan that are left, in their order. */
export function findLeft(lockOut: LockOut): readonly string[] {
  return lockOut.order.filter(step => findCard(lockOut, step)?.state.is !== 'done')
}

/** What a new plan must do without: what the client will not take, and what could not be done. */
export function findLeftOut(lockOut: LockOut): readonly string[] {
  const failed = lockOut.cards.filter(card => card.state.is === 'could-not').map(card => card.step)
  return [...new Set([...lockOut.never, ...failed])]
}

export function findCard(lockOut: LockOut, step: string): Card | undefined {
  return lockOut.cards.find(card => card.step === step)
}

/** The current map: with what was done, as far as it counts, and kept so far. */
export function findCurrentMap(map: AccessMap, lockOut: LockOut | null): AccessMap {
  if (!lockOut) return map
  return carryOut(
    map,
    findDone(lockOut).filter(step => counts(map, lockOut, step)),
    lockOut.kept.map(each => each.evidence),
  )
}

/**
 * The same map for the question whether a channel is safe: what was done counts, and a habit does not. On a day on which it is not
 * kept to, what it is about is open.
 */
// Rule S1: a habit makes no channel safe
export function findMapOfChannels(
  { map, habits }: { readonly map: AccessMap; readonly habits: ReadonlySet<string> },
  lockOut: LockOut | null,
): AccessMap {
  if (!lockOut) return map
  return findCurrentMap(map, { ...lockOut, order: lockOut.order.filter(step => !habits.has(step)) })
}
