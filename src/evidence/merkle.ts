import type { Sha256 } from '../foundation/digest.ts'
import { sha256 } from '../foundation/digest.ts'

/**
 * The right edge of a growing tree: one hash for each whole subtree, the largest first. With the number of
 * leaves it is all that must be stored to append to a log of any length; there are at most 53 of them.
 */
export type MerkleFrontier = { readonly size: number; readonly peaks: readonly Sha256[] }

/** The hash of a tree without leaves. */
// RFC 9162, section 2.1.1: the hash of an empty list is the hash of an empty string
export const emptyRoot: Sha256 = sha256('')

export const emptyFrontier: MerkleFrontier = { size: 0, peaks: [] }

/** The hash of one leaf: SHA-256 over a zero byte and the leaf, the text as UTF-8. */
// RFC 9162, section 2.1.1: the prefix keeps a leaf from passing for a node
export function hashLeaf(leaf: string): Sha256 {
  return sha256(withPrefix(0, Buffer.from(leaf, 'utf8')))
}

/** The hash of two subtrees: SHA-256 over a one byte, the left hash and the right hash. */
// RFC 9162, section 2.1.1
export function hashNode(left: Sha256, right: Sha256): Sha256 {
  node.write(left, 1, 'hex')
  node.write(right, 33, 'hex')
  return sha256(node)
}

/** What is hashed of two subtrees: filled again for each two, as a log of thousands has as many. */
const node = Buffer.alloc(65, 1)

/** Adds one leaf hash. Takes as many steps as the log has binary digits; the frontier given is not changed. */
export function appendLeaf(frontier: MerkleFrontier, leaf: Sha256): MerkleFrontier {
  const peaks = [...frontier.peaks]
  if (peaks.length !== countPeaks(frontier.size)) {
    throw new RangeError('merkle: the frontier has another number of peaks than its size needs')
  }
  let hash = leaf
  for (let size = frontier.size; size % 2 === 1; size = (size - 1) / 2) {
    hash = hashNode(peaks.pop()!, hash) // a peak for each one bit was counted above
  }
  return { size: frontier.size + 1, peaks: [...peaks, hash] }
}

/** The root of the tree that the frontier is the edge of. */
// RFC 9162, section 2.1.1: the right subtree is the smaller one, so the peaks fold from the right
export function rootOf(frontier: MerkleFrontier): Sha256 {
  const last = frontier.peaks.at(-1)
  return last === undefined
    ? emptyRoot
    : frontier.peaks.slice(0, -1).reduceRight((right, left) => hashNode(left, right), last)
}

/** How many peaks a tree of this size has: the one bits of the size. */
export function countPeaks(size: number): number {
  return size.toString(2).replaceAll('0', '').length
}

function withPrefix(prefix: 0 | 1, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([prefix]), content])
}
