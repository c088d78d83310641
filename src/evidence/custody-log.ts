import type { Sha256 } from '../foundation/digest.ts'
import {
  type CustodyEntry,
  type CustodyLine,
  digestOfLine,
  noPreviousLine,
  parseCustodyLine,
  writeCustodyLine,
} from './custody-line.ts'
import { appendLeaf, emptyFrontier, hashLeaf, type MerkleFrontier, rootOf } from './merkle.ts'

/** All that must be stored of a log to write its next line; the lines themselves are not needed. */
export type CustodyHead = { readonly lastLine: Sha256; readonly frontier: MerkleFrontier }

/** A line as it was written, with what must be stored beside it. */
export type WrittenLine = {
  readonly line: CustodyLine
  /** The canonical text: store this, byte for byte. */
  readonly text: string
  readonly digest: Sha256
  /** The line's hash in the tree: proofs are made from these. */
  readonly leaf: Sha256
  /** The root of the tree with this line in it: what a checkpoint signs. */
  readonly root: Sha256
  readonly head: CustodyHead
}

/** The head of a log that nobody has written to. */
export const newCustodyLog: CustodyHead = { lastLine: noPreviousLine, frontier: emptyFrontier }

/**
 * Writes the next line of a log, in a time that does not grow with its length beyond its binary digits.
 * Throws when the entry could not be read back as a line (its time is not UTC to the millisecond, its act is
 * not a plain verb, its salt is not 128 bits, its detail holds what JSON cannot): a log must never hold a line that no
 * verifier reads.
 */
export function appendCustodyLine(head: CustodyHead, entry: CustodyEntry): WrittenLine {
  const { at, actor, act, item, detail, salt } = entry
  const line: CustodyLine = {
    sequence: head.frontier.size,
    at,
    actor: { person: actor.person, agency: actor.agency },
    act,
    item,
    detail,
    previous: head.lastLine,
    ...(salt === undefined ? {} : { salt }),
  }
  const text = writeCustodyLine(line)
  if (!parseCustodyLine(JSON.parse(text)))
    throw new TypeError(`custody: nobody could read this line back: ${act} at ${at}`)
  const digest = digestOfLine(text)
  const leaf = hashLeaf(text)
  const frontier = appendLeaf(head.frontier, leaf)
  return { line, text, digest, leaf, root: rootOf(frontier), head: { lastLine: digest, frontier } }
}
