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

/** A check that is given a log line by line, from its first, and says at the end what is wrong with it. */
export type CustodyLogCheck = {
  readonly take: (text: string) => void
  /** @param expected the size and root that a signed checkpoint or a receipt states, when there is one */
  readonly end: (expected?: ExpectedHead) => readonly CustodyProblem[]
}

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
  const check = startCustodyLogCheck()
  for (const text of texts) check.take(text)
  return check.end(expected)
}

/** The same for a log that comes a stretch at a time: nothing of it is kept but what the next line is held to. */
export function startCustodyLogCheck(): CustodyLogCheck {
  const problems: CustodyProblem[] = []
  let previous: { readonly digest: Sha256; readonly at: string | null } = { digest: noPreviousLine, at: null }
  let frontier: MerkleFrontier = emptyFrontier
  let place = 0
  const take = (text: string): void => {
    for (const problem of checkLine(text, place, previous)) problems.push({ ...problem, place })
    previous = { digest: digestOfLine(text), at: readLine(text)?.at ?? previous.at }
    frontier = appendLeaf(frontier, hashLeaf(text))
    place += 1
  }
  const end = (expected?: ExpectedHead): readonly CustodyProblem[] => {
    const ofWhole: CustodyProblem[] = []
    if (expected && expected.size !== place)
      ofWhole.push({
        code: 'wrong-size',
        place: null,
        message: `The head counts ${expected.size} lines; the log has ${place}.`,
      })
    if (expected && expected.root !== rootOf(frontier))
      ofWhole.push({
        code: 'wrong-root',
        place: null,
        message: `The head states root ${expected.root}; the lines come to ${rootOf(frontier)}.`,
      })
    return [...problems, ...ofWhole]
  }
  return { take, end }
}

/** What is wrong with a line at its place, behind the line before it. */
function checkLine(
  text: string,
  place: number,
  previous: { readonly digest: Sha256; readonly at: string | null },
): readonly Omit<CustodyProblem, 'place'>[] {
  const line = readLine(text)
  if (!line) return [{ code: 'unreadable-line', message: `Line ${place} is not a custody line.` }]
  const found: Omit<CustodyProblem, 'place'>[] = []
  if (writeCustodyLine(line) !== text)
    found.push({ code: 'not-canonical', message: `Line ${place} is not written in canonical JSON.` })
  if (line.sequence !== place)
    found.push({ code: 'wrong-sequence', message: `Line ${place} says that it is line ${line.sequence}.` })
  if (line.previous !== previous.digest)
    found.push({
      code: 'broken-chain',
      message: `Line ${place} follows a line with digest ${line.previous}, but the line before it has ${previous.digest}.`,
    })
  // Clocks are set back by hand and by law; a person must see it, so it is said.
  if (previous.at !== null && line.at < previous.at)
    found.push({
      code: 'time-runs-back',
      message: `Line ${place} is dated ${line.at}, before the line above it (${previous.at}).`,
    })
  return found
}

function readLine(text: string): CustodyLine | null {
  try {
    return parseCustodyLine(JSON.parse(text))
  } catch {
    return null
  }
}
