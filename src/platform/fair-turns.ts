/** Thrown when more wait than the machine should work for. */
export class TooBusy extends Error {}

/** How many are at work at once, how many wait in one lane, and in how many lanes. */
export type TurnLimits = { readonly most: number; readonly mostInLane: number; readonly mostLanes: number }

type Waiting = { readonly start: () => void; readonly drop: () => void }

/**
 * Work that goes a few at a time. Those who wait are in lanes, which are served one after the other. In a lane the
 * newest goes first, and when the lane is full the oldest is told to try again. So anyone who fills one lane holds up
 * no other, and somebody who shares a lane with a machine that never stops is served by their own try, not after a
 * thousand of its.
 */
export class FairTurns {
  readonly #most: number
  readonly #mostInLane: number
  readonly #mostLanes: number
  readonly #lanes = new Map<string, Waiting[]>()
  #running = 0

  constructor(limits: TurnLimits) {
    this.#most = limits.most
    this.#mostInLane = limits.mostInLane
    this.#mostLanes = limits.mostLanes
  }

  async run<Answer>(lane: string, work: () => Promise<Answer>): Promise<Answer> {
    if (this.#running >= this.#most) await this.#wait(lane)
    else this.#running += 1
    try {
      return await work()
    } finally {
      const next = this.#next()
      if (next) next.start()
      else this.#running -= 1
    }
  }

  #wait(lane: string): Promise<void> {
    const waiting = this.#lanes.get(lane) ?? []
    if (waiting.length === 0 && this.#lanes.size >= this.#mostLanes) return Promise.reject(new TooBusy())
    this.#lanes.set(lane, waiting)
    return new Promise((start, reject) => {
      waiting.push({ start, drop: () => reject(new TooBusy()) })
      if (waiting.length > this.#mostInLane) waiting.shift()?.drop()
    })
  }

  #next(): Waiting | undefined {
    const [first] = this.#lanes
    if (!first) return undefined
    const [lane, waiting] = first
    const next = waiting.pop()
    // behind the others
    this.#lanes.delete(lane)
    if (waiting.length > 0) this.#lanes.set(lane, waiting)
    return next
  }
}
