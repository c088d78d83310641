import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BrokenBlock } from './block-bytes.ts'
import { findInLeaf, type LeafEntry, LeafPacker, readLeaf } from './leaf.ts'

function packPages(entries: readonly LeafEntry[]): readonly Buffer[] {
  const packer = new LeafPacker()
  const leaves = [...entries.map(entry => packer.add(entry)), packer.close()]
  return leaves.flatMap(leaf => (leaf ? [leaf.page] : []))
}

/** Few characters, so that keys begin alike; of those beyond the basic plane, some that are alike in their first half. */
const key = fc.string({
  unit: fc.constantFrom(...'aab1~é', '\u{10330}', '\u{10331}', '\uffee'),
  maxLength: 7,
})

test('a key is found in a leaf exactly where the whole of it is read', () => {
  let found = 0
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 60 }), fc.array(key, { maxLength: 30 }), (keys, others) => {
      const entries = keys.toSorted().map(each => ({ key: each, value: Buffer.from(`value of ${each}`) }))
      const pages = packPages(entries)
      for (const sought of [...keys, ...others])
        for (const page of pages) {
          const right = readLeaf(page).find(each => each.key === sought)?.value ?? null
          expect(findInLeaf(page, sought)).toEqual(right)
          if (right) found += 1
        }
    }),
    { numRuns: 1500, seed: 48 },
  )
  expect(found).toBeGreaterThan(5000)
})

test('a page that is cut short or of something else is refused, and not misread', () => {
  const [page = Buffer.alloc(0)] = packPages([{ key: 'abc', value: Buffer.from('one') }])
  expect(() => findInLeaf(page.subarray(0, 4), 'abc')).toThrow(BrokenBlock)
  expect(() => findInLeaf(page.subarray(0, 6), 'abc')).toThrow(BrokenBlock)
  expect(() => findInLeaf(Buffer.alloc(9, 255), 'abc')).toThrow(BrokenBlock)
  expect(findInLeaf(page, 'abd')).toBe(null)
})
