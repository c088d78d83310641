/** Chance that repeats: the same seed gives the same demo on every machine. */
export type Chance = {
  /** From 0 up to, and not including, 1. */
  readonly next: () => number
  readonly whole: (from: number, to: number) => number
  readonly pick: <One>(list: readonly [One, ...One[]] | readonly One[]) => One
}

// Mulberry32, in the public domain: small, and good enough for invented small talk
export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    pick: list => list[whole(0, list.length - 1)] as (typeof list)[number],
  }
}
