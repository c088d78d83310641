import { FairTurns, type TurnLimits } from './fair-turns.ts'

/** Waits for a turn that another process gives, does the work in it, and says when it is over. */
export type TakeTurn = <Answer>(
  queue: string,
  limits: TurnLimits,
  lane: string,
  work: () => Promise<Answer>,
) => Promise<Answer>

export type Turns = { readonly run: <Answer>(lane: string, work: () => Promise<Answer>) => Promise<Answer> }

const kept = new Map<string, FairTurns>()
let takeElsewhere: TakeTurn | null = null

/** The turns of a queue as this process gives them: to its own work, and to processes it started. */
export function keepTurns(queue: string, limits: TurnLimits): FairTurns {
  const known = kept.get(queue)
  if (known) return known
  const turns = new FairTurns(limits)
  kept.set(queue, turns)
  return turns
}

/** Called once, at the start of a process that is one of several: the one that started them gives the turns to all. */
export function takeTurnsFrom(other: TakeTurn): void {
  takeElsewhere = other
}

/**
 * Turns at something of which the whole program does only so much at a time, in however many processes it answers. Throws
 * TooBusy where too many wait.
 */
export function openTurns(queue: string, limits: TurnLimits): Turns {
  return {
    run: (lane, work) =>
      takeElsewhere ? takeElsewhere(queue, limits, lane, work) : keepTurns(queue, limits).run(lane, work),
  }
}
