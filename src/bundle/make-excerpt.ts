import { parseCustodyLine } from '../evidence/custody-line.ts'
import { hashLeaf } from '../evidence/merkle.ts'
import {
  buildMerkleTree,
  makeConsistencyProof,
  makeInclusionProof,
  rootOfTree,
} from '../evidence/merkle-tree.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { CustodyExcerpt } from './custody-excerpt.ts'

/**
 * Takes from a log the lines about the items given, with their proofs, and for each of these lines the head the
 * log had right after it: that is the head on the receipt of an arrival.
 *
 * @param texts the whole log as it is stored
 * @param receiptSizes other sizes at which receipts were given, so that their holders can check them too
 */
export function makeExcerpt(
  texts: readonly string[],
  items: ReadonlySet<Sha256>,
  receiptSizes: readonly number[] = [],
): CustodyExcerpt {
  const tree = buildMerkleTree(texts.map(hashLeaf))
  const size = texts.length
  const lines = texts.flatMap((text, index) => {
    const item = parseCustodyLine(JSON.parse(text))?.item
    return item && items.has(item) ? [{ index, text, proof: makeInclusionProof(tree, index) }] : []
  })
  const sizes = new Set([...lines.map(line => line.index + 1), ...receiptSizes])
  const earlierHeads = [...sizes]
    .filter(earlier => earlier > 0 && earlier < size)
    .sort((a, b) => a - b)
    .map(earlier => ({
      size: earlier,
      root: rootOfTree(tree, earlier),
      proof: makeConsistencyProof(tree, earlier, size),
    }))
  return { size, lines, earlierHeads }
}
