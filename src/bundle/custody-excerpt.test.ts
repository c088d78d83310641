import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../foundation/canonical-json.ts'
import { type Sha256, sha256 } from '../foundation/digest.ts'
import { type CustodyExcerpt, parseExcerpt, writeExcerpt } from './custody-excerpt.ts'

const hash: fc.Arbitrary<Sha256> = fc.nat().map(each => sha256(String(each)))
const proof = fc.array(hash, { maxLength: 4 })
const count = fc.nat({ max: Number.MAX_SAFE_INTEGER })
const excerpt: fc.Arbitrary<CustodyExcerpt> = fc.record({
  size: count,
  lines: fc.array(fc.record({ index: count, text: fc.string({ unit: 'binary' }), proof }), { maxLength: 4 }),
  earlierHeads: fc.array(fc.record({ size: count, root: hash, proof }), { maxLength: 4 }),
})

test('an excerpt is written as the canonical JSON of what it holds, and read back as it was', () => {
  fc.assert(
    fc.property(excerpt, each => {
      const text = writeExcerpt(each)
      expect(text).toBe(`${canonicalJson({ excerpt: 'unwatched/1', ...each })}\n`)
      expect(parseExcerpt(text)).toEqual(each)
    }),
    { seed: 10 },
  )
})

test('an excerpt with a member more, twice or in another order, or with anything around it, is none', () => {
  const text = writeExcerpt({ size: 1, lines: [{ index: 0, text: 'é', proof: [] }], earlierHeads: [] })
  expect(parseExcerpt(text)).not.toBeNull()
  const others = [
    text.slice(0, -1),
    ` ${text}`,
    `${text}\n`,
    `\ufeff${text}`,
    text.replace('é', '\\u00e9'),
    text.replace('"size":1', '"size":1.0'),
    text.replace('"size":1', '"size":1,"size":1'),
    text.replace('"size":1', '"other":2,"size":1'),
    text.replace('"index":0,"proof":[]', '"proof":[],"index":0'),
    text.replace('é', '\\ud800'),
    'null\n',
    `${'['.repeat(100_000)}\n`,
  ]
  for (const other of others) expect(parseExcerpt(other), other.slice(0, 80)).toBeNull()
  const half = { size: 1, lines: [{ index: 0, text: '\ud800', proof: [] }], earlierHeads: [] }
  expect(() => writeExcerpt(half)).toThrow('no JSON form')
})
