import { hashLeaf } from '../evidence/merkle.ts'
import {
  buildMerkleTree,
  makeConsistencyProof,
  makeInclusionProof,
  rootOfTree,
} from '../evidence/merkle-tree.ts'
import type { CustodyExcerpt } from './custody-excerpt.ts'

/**
 * Takes lines from a log, with their proofs, and for each earlier size that somebody may hold a receipt of, the head
 * the log had then.
 *
 * @param texts the log as it is stored, from its first line to the last that the bundle speaks of
 * @param places which lines go in
 * @param sizes earlier sizes of the log
 */
export function makeExcerpt(
  texts: readonly string[],
  places: readonly number[],
  sizes: readonly number[],
): CustodyExcerpt {
  const tree = buildMerkleTree(texts.map(hashLeaf))
  const size = texts.length
  const rising = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b)
  return {
    size,
    lines: rising(places).map(index => ({
      index,
      text: texts[index] ?? '',
      proof: makeInclusionProof(tree, index),
    })),
    earlierHeads: rising(sizes).map(earlier => ({
      size: earlier,
      root: rootOfTree(tree, earlier),
      proof: makeConsistencyProof(tree, earlier, size),
    })),
  }
}
