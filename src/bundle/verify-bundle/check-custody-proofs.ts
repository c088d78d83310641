import type { Checkpoint } from '../../evidence/checkpoint.ts'
import { hashLeaf } from '../../evidence/merkle.ts'
import { isConsistent, isIncluded, rememberNodes } from '../../evidence/merkle-proof.ts'
import type { CustodyExcerpt } from '../custody-excerpt.ts'
import { type BundleCheck, judge, leaveOut } from './check.ts'

/**
 * Each line is proved to be at its place in the log of the signed head, and each earlier head is proved to be one
 * that this log had.
 */
// RFC 9162, sections 2.1.3.2 and 2.1.4.2
export function checkCustodyProofs(excerpt: CustodyExcerpt | null, head: Checkpoint | null): BundleCheck {
  if (!excerpt || !head) {
    return leaveOut(
      'custody-proofs',
      `The ${excerpt ? 'head of the log' : 'custody excerpt'} cannot be read.`,
    )
  }
  const hashOf = rememberNodes()
  const wrong = excerpt.lines
    .filter(
      ({ index, text, proof }) =>
        !isIncluded({ leaf: hashLeaf(text), index, size: head.size, root: head.root }, proof, hashOf),
    )
    .map(({ index }) => `Custody line ${index} is not proved to be in the log of ${head.size} lines.`)
  for (const older of excerpt.earlierHeads) {
    if (!isConsistent({ older, newer: head }, older.proof, hashOf))
      wrong.push(`The earlier head of ${older.size} lines is not one that this log had.`)
  }
  if (excerpt.size !== head.size)
    wrong.push(`The excerpt is of ${excerpt.size} lines; the head is of ${head.size}.`)
  return judge(
    'custody-proofs',
    wrong.map(each => `data/custody/excerpt.json: ${each}`),
    `Every line is in the log of ${head.size} lines.`,
  )
}
