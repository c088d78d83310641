import { z } from 'zod'
import type { ThingId } from '../inventory/inventory.ts'
import { situations } from '../inventory/situation.ts'

/** What the suspected person knew on a day, or did not know. */
export const knowledgeKinds = ['location', 'plan', 'message', 'voice', 'picture', 'met', 'bought'] as const
export type KnowledgeKind = (typeof knowledgeKinds)[number]

/** Whether they could have known in another way: guessed it, seen it, been told. */
export const guesses = ['hardly', 'perhaps', 'easily'] as const
export type Guess = (typeof guesses)[number]

/** A place where a message was written or read, by the names of things. */
export const readingPlacePattern = /^t[0-9]{1,4}(@t[0-9]{1,4})?$/

const thingId = z.string().regex(/^t[0-9]{1,4}$/)
const words = z.strictObject({
  /** False for an uneventful day: there was something to know, and they did not. */
  knew: z.boolean(),
  kind: z.enum(knowledgeKinds),
  what: z.string().max(300),
  on: z.iso.date(),
  roughly: z.string().max(60),
  /** Empty when nobody knows any more. Then everything counts as having been near. */
  situations: z.array(z.enum(situations)).max(situations.length),
  guess: z.enum(guesses),
  /**
   * For a message or a call: the things it went through, such as t3, or t3@t1 where the device it was written or read on is
   * known too. Empty when nobody knows.
   */
  readAt: z.array(z.string().regex(readingPlacePattern)).max(100).default([]),
})
const day = words.extend({
  dayId: z.string().regex(/^d[0-9]{1,4}$/),
  /** The things that carried it then. */
  carriers: z.array(thingId).max(400),
  /** The things that were on the map when that was last recorded. */
  asked: z.array(thingId).max(400),
  /** Proposed by the map, or looked at by a person. */
  carriersBy: z.enum(['map', 'person']),
  /** A person changed the carriers after a ranking of this day had been shown. */
  isLate: z.boolean(),
  /** The incident of the chronology it was taken from. */
  incident: z.uuid().nullable(),
  /** The revisions in which it was entered and last changed. */
  enteredIn: z.int().min(1),
  changedIn: z.int().min(1),
  /** Taken away: it stays in the log and leaves the ranking. */
  isGone: z.boolean(),
})

/** What somebody decided about a method of finding out, or what a check of a thing showed. */
export const rulings = ['agreed', 'ruled-out', 'showed', 'showed-nothing'] as const
export type Ruling = (typeof rulings)[number]

/**
 * The days on which the suspected person knew something, and those on which they did not: the whole of one revision.
 * The ranking is calculated from it and never kept in its place.
 */
export const leakLogSchema = z.strictObject({
  version: z.literal(1),
  days: z.array(day).max(400),
  /** The revision whose ranking was last asked for. */
  shownIn: z.int().min(0),
  rulings: z.record(z.string().max(60), z.enum(rulings)),
})

export type LeakLog = z.output<typeof leakLogSchema>
export type LeakDay = LeakLog['days'][number]
export type LeakDayWords = z.output<typeof words>
export type LeakDayId = string

export const emptyLeakLog: LeakLog = { version: 1, days: [], shownIn: 0, rulings: {} }

/** The days that count. */
export function daysThatCount(log: LeakLog): readonly LeakDay[] {
  return log.days.filter(each => !each.isGone)
}

/** A person has looked at what carried it, when every thing now on the map was there to be looked at. */
export function isChecked(each: LeakDay, things: readonly ThingId[]): boolean {
  return each.carriersBy === 'person' && things.every(id => each.asked.includes(id))
}
