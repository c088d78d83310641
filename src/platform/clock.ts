/** The time, as something that can be given: the real clock in the program, a held one in tests. */
export type Clock = { readonly now: () => Date }

export const realClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved. */
export function heldClock(start: string): Clock & { readonly moveTo: (instant: string) => void } {
  let instant = new Date(start)
  return {
    now: () => new Date(instant),
    moveTo: next => {
      instant = new Date(next)
    },
  }
}
