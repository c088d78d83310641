/** Wrong guesses in one lane: how many in its time, and when the last was. */
export type WrongGuesses = { readonly count: number; readonly lastAt: Date | null }

/** The three lanes a guess travels in. */
export type GuessLanes = {
  /** This name from this address. */
  readonly pair: WrongGuesses
  /** This name from anywhere. */
  readonly name: WrongGuesses
  /** Any name from this address. */
  readonly address: WrongGuesses
}

/** How far back wrong guesses are remembered. */
export const rememberedHours = 24

/** The longest anybody ever waits: nobody is locked out. */
export const longestWaitSeconds = 300

/** The longest somebody waits who has made no mistake here, whatever others did at the same address. */
export const longestWaitForOthersSeconds = 5

function growingWait(count: number, free: number, longest: number): number {
  return count < free ? 0 : Math.min(longest, 2 ** Math.min(20, count - free))
}

function remaining(lane: WrongGuesses, wait: number, now: Date): number {
  if (!lane.lastAt) return 0
  return Math.max(0, Math.ceil(wait - (now.getTime() - lane.lastAt.getTime()) / 1000))
}

/**
 * How many seconds somebody must wait before the next try; 0 lets them try now. The answer is given at once.
 *
 * A name guessed at from one address waits longer with each guess, up to five minutes. A name guessed at from many
 * addresses adds a minute at most, and only where it was already guessed at: its owner, elsewhere, is never held up by
 * strangers. An address many people share adds five seconds at most. No wait outlives its time: there is no lock.
 */
// OWASP Authentication Cheat Sheet, "Login Throttling"; design rule: never lock a shared office out
export function decideWait(lanes: GuessLanes, now: Date): number {
  const ownWait = growingWait(lanes.pair.count, 3, longestWaitSeconds)
  const nameWait = lanes.pair.count > 0 ? growingWait(lanes.name.count, 20, 60) : 0
  const addressWait = growingWait(lanes.address.count, 30, longestWaitForOthersSeconds)
  return Math.max(
    remaining(lanes.pair, ownWait, now),
    remaining(lanes.name, nameWait, now),
    remaining(lanes.address, addressWait, now),
  )
}

/** After so many wrong tries to show that it is you, the session in which they were made ends. */
export const mostWrongProofs = 20

/** So many tries that were refused during a wait are one line in the acts. */
export const unheardAtOnce = 50

/**
 * How many seconds no code is taken for a name, from devices that are not known or on one that is, after so many wrong
 * ones with the right password. Somebody who has the password can try codes from as many addresses as they like, and
 * gets fewer than three hundred in a day, of a million.
 */
// RFC 6238, section 5.2, and RFC 4226, section 7.3: a validator has to throttle
export function decideCodeWait(wrong: WrongGuesses, now: Date): number {
  return remaining(wrong, growingWait(wrong.count, 5, longestWaitSeconds), now)
}
