import type { Sha256 } from '../foundation/digest.ts'
import {
  type CustodyLine,
  digestOfLine,
  noPreviousLine,
  parseCustodyLine,
  writeCustodyLine,
} from './custody-line.ts'
import { appendLeaf, emptyFrontier, hashLeaf, type MerkleFrontier, rootOf } from './merkle.ts'

/** One thing wrong with a log, and where: the place counts lines from 0 as they were given. */
export type CustodyProblem = {
  readonly code:
    | 'unreadable-line'
    | 'not-canonical'
    | 'wrong-sequence'
    | 'broken-chain'
    | 'time-runs-back'
    | 'wrong-size'
    | 'wrong-root'
  /** The index of the line, or null for a problem of the log as a whole. */
  readonly place: number | null
  readonly message: string
}

/** The head somebody else holds: what the log must come to. */
export type ExpectedHead = { readonly size: number; readonly root: Sha256 }

/**
 * Checks a whole log, from its first line, and lists every problem with its place; it never stops at one.
 * A chain alone cannot show that its end was torn off, so give it a head that was kept elsewhere.
 *
 * @param texts the lines as they are stored, in order
 * @param expected the size and root that a signed checkpoint or a receipt states, when there is one
 */
export function verifyCustodyLog(
  texts: readonly string[],
  expected?: ExpectedHead,
): readonly CustodyProblem[] {
  const problems: CustodyProblem[] = []
  let previous: { readonly digest: Sha256; readonly at: string | null } = { digest: noPreviousLine, at: null }
  let frontier: MerkleFrontier = emptyFrontier
  texts.forEach((text, place) => {
    const line = readLine(text)
    const say = (code: CustodyProblem['code'], message: string) => problems.push({ code, place, message })
    if (!line) say('unreadable-line', `Line ${place} is not a custody line.`)
    else {
      if (writeCustodyLine(line) !== text)
        say('not-canonical', `Line ${place} is not written in canonical JSON.`)
      if (line.sequence !== place)
        say('wrong-sequence', `Line ${place} says that it is line ${line.sequence}.`)
      if (line.previous !== previous.digest) {
        say(
          'broken-chain',
          `Line ${place} follows a line with digest ${line.previous}, but the line before it has ${previous.digest}.`,
        )
      }
      // Clocks are set back by hand and by law; a person must see it, so it is said.
      if (previous.at !== null && line.at < previous.at) {
        say('time-runs-back', `Line ${place} is dated ${line.at}, before the line above it (${previous.at}).`)
      }
    }
    previous = { digest: digestOfLine(text), at: line?.at ?? previous.at }
    frontier = appendLeaf(frontier, hashLeaf(text))
  })
  if (expected && expected.size !== texts.length) {
    problems.push({
      code: 'wrong-size',
      place: null,
      message: `The head counts ${expected.size} lines; the log has ${texts.length}.`,
    })
  }
  if (expected && expected.root !== rootOf(frontier)) {
    problems.push({
      code: 'wrong-root',
      place: null,
      message: `The head states root ${expected.root}; the lines come to ${rootOf(frontier)}.`,
    })
  }
  return problems
}

function readLine(text: string): CustodyLine | null {
  try {
    return parseCustodyLine(JSON.parse(text))
  } catch {
    return null
  }
}
