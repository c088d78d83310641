import type { Sha256 } from '../foundation/digest.ts'
import { emptyRoot, hashNode } from './merkle.ts'

/**
 * Every whole subtree of a log, kept so that many proofs cost little each. Level 0 holds the leaf hashes. Of what is no whole
 * subtree, the hashes that were asked for once are kept.
 */
export type MerkleTree = {
  readonly size: number
  readonly levels: readonly (readonly Sha256[])[]
  readonly ragged: Map<number, Sha256>
}

/** Builds the tree over leaf hashes, in the order of the log. Hashes once for each pair. */
export function buildMerkleTree(leaves: readonly Sha256[]): MerkleTree {
  const levels: (readonly Sha256[])[] = [leaves]
  for (let level = leaves; level.length > 1; level = levels.at(-1) ?? []) {
    const above: Sha256[] = []
    for (let index = 0; index + 1 < level.length; index += 2) {
      above.push(hashNode(level[index]!, level[index + 1]!)) // both indexes are below the length
    }
    levels.push(above)
  }
  return { size: leaves.length, levels, ragged: new Map() }
}

/** The root of the first `size` leaves. Throws when the tree has fewer. */
// RFC 9162, section 2.1.1
export function rootOfTree(tree: MerkleTree, size: number = tree.size): Sha256 {
  requireSize(tree, size)
  return size === 0 ? emptyRoot : hashRange(tree, 0, size)
}

/**
 * The hashes that lead from one leaf to the root of the first `size` leaves, the nearest first.
 * Throws when the leaf is not among them.
 */
// RFC 9162, section 2.1.3.1
export function makeInclusionProof(
  tree: MerkleTree,
  index: number,
  size: number = tree.size,
): readonly Sha256[] {
  requireSize(tree, size)
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`merkle: leaf ${index} is not in a tree of ${size}`)
  }
  const proof: Sha256[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitPoint(end - start)
    if (index < middle) {
      proof.push(hashRange(tree, middle, end))
      end = middle
    } else {
      proof.push(hashRange(tree, start, middle))
      start = middle
    }
  }
  return proof.reverse()
}

/**
 * The hashes that show that the first `older` leaves are the beginning of the first `newer` leaves.
 * Throws unless 0 < older <= newer <= the size of the tree.
 */
// RFC 9162, section 2.1.4.1
export function makeConsistencyProof(tree: MerkleTree, older: number, newer: number): readonly Sha256[] {
  requireSize(tree, newer)
  requireSize(tree, older)
  if (older < 1 || older > newer) {
    throw new RangeError(`merkle: no proof leads from ${older} leaves to ${newer}`)
  }
  const proof: Sha256[] = []
  let [start, end] = [0, newer]
  let isWholeOlderTree = true
  while (older !== end) {
    const middle = start + splitPoint(end - start)
    if (older <= middle) {
      proof.push(hashRange(tree, middle, end))
      end = middle
    } else {
      proof.push(hashRange(tree, start, middle))
      start = middle
      isWholeOlderTree = false
    }
  }
  if (!isWholeOlderTree) proof.push(hashRange(tree, start, end))
  return proof.reverse()
}

/** The largest power of two below a count of two or more. */
function splitPoint(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/** The hash over leaves start to end. A start that is a multiple of the subtree's width is kept by the callers. */
function hashRange(tree: MerkleTree, start: number, end: number): Sha256 {
  const width = end - start
  const level = Math.log2(width)
  if (Number.isInteger(level)) return tree.levels[level]![start / width]! // whole subtrees are all stored
  const place = start * (tree.size + 1) + end
  const known = tree.ragged.get(place)
  if (known !== undefined) return known
  const middle = start + splitPoint(width)
  const hash = hashNode(hashRange(tree, start, middle), hashRange(tree, middle, end))
  tree.ragged.set(place, hash)
  return hash
}

function requireSize(tree: MerkleTree, size: number): void {
  if (!Number.isSafeInteger(size) || size < 0 || size > tree.size) {
    throw new RangeError(`merkle: the tree has ${tree.size} leaves, not ${size}`)
  }
}
