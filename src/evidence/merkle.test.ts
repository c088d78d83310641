import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sha256 } from '../foundation/digest.ts'
import { appendLeaf, countPeaks, emptyFrontier, emptyRoot, hashLeaf, rootOf } from './merkle.ts'
import { isConsistent, isIncluded, rememberNodes } from './merkle-proof.ts'
import { buildMerkleTree, makeConsistencyProof, makeInclusionProof, rootOfTree } from './merkle-tree.ts'

const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => hashLeaf(`line ${index}`))
const frontierOf = (count: number) => leavesOf(count).reduce(appendLeaf, emptyFrontier)
const flip = (hash: Sha256) => `${hash[0] === '0' ? '1' : '0'}${hash.slice(1)}` as Sha256

type Vectors = {
  readonly inclusion: readonly {
    readonly why: string
    readonly holds: boolean
    readonly leaf: Sha256
    readonly index: number
    readonly size: number
    readonly root: Sha256
    readonly proof: readonly Sha256[]
  }[]
  readonly consistency: readonly {
    readonly why: string
    readonly holds: boolean
    readonly older: { readonly size: number; readonly root: Sha256 }
    readonly newer: { readonly size: number; readonly root: Sha256 }
    readonly proof: readonly Sha256[]
  }[]
}
const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/custody/merkle.json', import.meta.url), 'utf8'),
) as Vectors

test('the published vectors are judged as they say', () => {
  // Also with what was hashed for those before: a forged proof has nothing of a true one.
  const remembering = rememberNodes()
  for (const { why, holds, proof, ...claim } of vectors.inclusion) {
    expect(isIncluded(claim, proof), why).toBe(holds)
    expect(isIncluded(claim, proof, remembering), why).toBe(holds)
  }
  for (const { why, holds, proof, ...claim } of vectors.consistency) {
    expect(isConsistent(claim, proof), why).toBe(holds)
    expect(isConsistent(claim, proof, remembering), why).toBe(holds)
  }
})

test('a log without lines has the root of an empty string', () => {
  expect(rootOf(emptyFrontier)).toBe(emptyRoot)
  expect(rootOfTree(buildMerkleTree([]))).toBe(emptyRoot)
  expect(emptyRoot).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('the stored edge and the whole tree come to the same root, at every size', () => {
  for (let size = 0; size <= 70; size += 1) {
    const frontier = frontierOf(size)
    expect(frontier.peaks.length).toBe(countPeaks(size))
    expect(rootOf(frontier), `size ${size}`).toBe(rootOfTree(buildMerkleTree(leavesOf(70)), size))
  }
})

test('every line can be proved at every size, and at no other place', () => {
  const tree = buildMerkleTree(leavesOf(40))
  for (let size = 1; size <= 40; size += 1) {
    const root = rootOfTree(tree, size)
    for (let index = 0; index < size; index += 1) {
      const proof = makeInclusionProof(tree, index, size)
      const leaf = tree.levels[0]![index]! // index is below the size
      expect(isIncluded({ leaf, index, size, root }, proof)).toBe(true)
      expect(isIncluded({ leaf: flip(leaf), index, size, root }, proof)).toBe(false)
      expect(isIncluded({ leaf, index, size, root: flip(root) }, proof)).toBe(false)
      expect(isIncluded({ leaf, index, size, root }, [...proof, leaf])).toBe(false)
      if (proof.length > 0) expect(isIncluded({ leaf, index, size, root }, proof.slice(1))).toBe(false)
    }
  }
})

test('every earlier head is shown to be the beginning of every later one', () => {
  const tree = buildMerkleTree(leavesOf(40))
  for (let newer = 1; newer <= 40; newer += 1) {
    for (let older = 1; older <= newer; older += 1) {
      const proof = makeConsistencyProof(tree, older, newer)
      const claim = {
        older: { size: older, root: rootOfTree(tree, older) },
        newer: { size: newer, root: rootOfTree(tree, newer) },
      }
      expect(isConsistent(claim, proof), `${older} to ${newer}`).toBe(true)
      const changed = { ...claim, older: { ...claim.older, root: flip(claim.older.root) } }
      expect(isConsistent(changed, proof)).toBe(false)
      expect(isConsistent(claim, [...proof, claim.newer.root])).toBe(false)
    }
  }
})

test('any changed hash in a proof breaks it', () => {
  const tree = buildMerkleTree(leavesOf(200))
  const root = rootOfTree(tree)
  fc.assert(
    fc.property(fc.nat(199), fc.nat(), (index, which) => {
      const proof = [...makeInclusionProof(tree, index)]
      const place = which % proof.length
      proof[place] = flip(proof[place]!) // place is below the length
      return !isIncluded({ leaf: tree.levels[0]![index]!, index, size: 200, root }, proof)
    }),
  )
})

test('a log whose lines were changed or cut cannot be passed off as the same log grown longer', () => {
  const kept = rootOfTree(buildMerkleTree(leavesOf(12)))
  const forged = leavesOf(20)
  forged[3] = hashLeaf('another line 3')
  const tree = buildMerkleTree(forged)
  const claim = { older: { size: 12, root: kept }, newer: { size: 20, root: rootOfTree(tree) } }
  expect(isConsistent(claim, makeConsistencyProof(tree, 12, 20))).toBe(false)
  expect(isConsistent({ ...claim, older: { size: 21, root: kept } }, [])).toBe(false)
})

test('every log begins as an empty one, and claims that count wrongly are turned away', () => {
  const root = rootOf(frontierOf(5))
  expect(isConsistent({ older: { size: 0, root: emptyRoot }, newer: { size: 5, root } }, [])).toBe(true)
  expect(isConsistent({ older: { size: 0, root }, newer: { size: 5, root } }, [])).toBe(false)
  expect(isConsistent({ older: { size: -1, root }, newer: { size: 5, root } }, [])).toBe(false)
  expect(isConsistent({ older: { size: 3, root }, newer: { size: 5, root } }, [])).toBe(false)
  expect(isConsistent({ older: { size: 5, root }, newer: { size: 5, root } }, [root])).toBe(false)
  expect(isIncluded({ leaf: root, index: 5, size: 5, root }, [])).toBe(false)
  expect(isIncluded({ leaf: root, index: 0.5, size: 5, root }, [])).toBe(false)
  expect(isIncluded({ leaf: root, index: 0, size: Number.NaN, root }, [])).toBe(false)
})

test('asking for what the tree does not have is a fault, not an answer', () => {
  const tree = buildMerkleTree(leavesOf(4))
  expect(() => rootOfTree(tree, 5)).toThrow(RangeError)
  expect(() => makeInclusionProof(tree, 4)).toThrow(RangeError)
  expect(() => makeInclusionProof(tree, -1)).toThrow(RangeError)
  expect(() => makeConsistencyProof(tree, 0, 4)).toThrow(RangeError)
  expect(() => makeConsistencyProof(tree, 4, 3)).toThrow(RangeError)
  expect(() => appendLeaf({ size: 1, peaks: [] }, hashLeaf('x'))).toThrow(RangeError)
})
