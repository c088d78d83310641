import type { Sha256 } from '../foundation/digest.ts'
import { emptyRoot, hashNode } from './merkle.ts'

/** What an inclusion proof claims: this leaf stands at this place of a tree with this size and root. */
export type InclusionClaim = {
  readonly leaf: Sha256
  readonly index: number
  readonly size: number
  readonly root: Sha256
}

/** What a consistency proof claims: the older tree is the beginning of the newer one. */
export type ConsistencyClaim = {
  readonly older: { readonly size: number; readonly root: Sha256 }
  readonly newer: { readonly size: number; readonly root: Sha256 }
}

/** How two hashes are made one. */
export type NodeHash = (left: Sha256, right: Sha256) => Sha256

/** So many are remembered before all are forgotten. */
const mostRemembered = 100_000

/** Hashes two subtrees as `hashNode` does, each two of them once: the proofs of one log lead through the same nodes. */
export function rememberNodes(): NodeHash {
  const known = new Map<string, Sha256>()
  return (left, right) => {
    const both = left + right
    const before = known.get(both)
    if (before !== undefined) return before
    const hash = hashNode(left, right)
    if (known.size >= mostRemembered) known.clear()
    known.set(both, hash)
    return hash
  }
}

/** True when the proof leads from the leaf to the root and uses every hash it brings. */
// RFC 9162, section 2.1.3.2
export function isIncluded(
  claim: InclusionClaim,
  proof: readonly Sha256[],
  hashOf: NodeHash = hashNode,
): boolean {
  const { index, size } = claim
  if (!isCount(index) || !isCount(size) || index >= size) return false
  let [place, last] = [index, size - 1]
  let hash = claim.leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      hash = hashOf(sibling, hash)
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)]
    } else {
      hash = hashOf(hash, sibling)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && hash === claim.root
}

/** True when the proof shows that nothing in the older tree was changed or taken out to make the newer one. */
// RFC 9162, section 2.1.4.2
export function isConsistent(
  claim: ConsistencyClaim,
  proof: readonly Sha256[],
  hashOf: NodeHash = hashNode,
): boolean {
  const { older, newer } = claim
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && older.root === newer.root
  // An empty tree is the beginning of every tree: there is nothing to show and no proof to bring.
  if (older.size === 0) return proof.length === 0 && older.root === emptyRoot
  const path = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof
  const first = path[0]
  if (first === undefined || proof.length === 0) return false
  let [place, last] = [older.size - 1, newer.size - 1]
  while (place % 2 === 1) [place, last] = [half(place), half(last)]
  let [olderHash, newerHash] = [first, first]
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      olderHash = hashOf(sibling, olderHash)
      newerHash = hashOf(sibling, newerHash)
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)]
    } else {
      newerHash = hashOf(newerHash, sibling)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && olderHash === older.root && newerHash === newer.root
}

const half = (value: number) => Math.floor(value / 2)
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0
const isPowerOfTwo = (value: number) => 2 ** Math.floor(Math.log2(value)) === value
