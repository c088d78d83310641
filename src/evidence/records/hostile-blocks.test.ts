import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { makeStored } from '../../../test/support/stored-in-memory.ts'
import { blockRoom, cutIntoBlocks, joinBlocks, packPage } from '../../foundation/blocks/block.ts'
import { BlockWriter, BrokenBlock } from '../../foundation/blocks/block-bytes.ts'
import { readLeaf } from '../../foundation/blocks/leaf.ts'
import { readLeafPlaces } from '../../foundation/blocks/leaf-places.ts'
import type { ItemId } from '../../foundation/ids.ts'
import { buildGeneration } from './build-generation.ts'
import { readFirstBlock, readItems, readRoot, readSegmentPlaces } from './directory.ts'
import { decodePostings, encodePostings, noBits } from './postings.ts'
import { RecordColumns } from './record-columns.ts'
import { decodeSegment, encodeSegment } from './segment.ts'

const item = 'aaaaaaaa-0000-4000-8000-000000000000' as ItemId

/** Everything that reads bytes of a block. Each answers, or says that the bytes are broken, and does nothing else. */
const decoders: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
  joinBlocks: bytes => joinBlocks([bytes]),
  readFirstBlock,
  readRoot,
  readItems,
  readSegmentPlaces,
  readLeafPlaces,
  readLeaf,
  decodePostings: bytes => decodePostings(bytes, 200, noBits(200)),
  decodeSegment: bytes => {
    const segment = decodeSegment(bytes, [item])
    return Array.from({ length: segment.count }, (_, index) => segment.recordAt(index))
  },
}

function survives(bytes: Buffer): void {
  for (const [name, decode] of Object.entries(decoders))
    try {
      decode(bytes)
    } catch (cause) {
      if (!(cause instanceof BrokenBlock)) throw new Error(`${name} failed`, { cause })
    }
}

async function validPages(): Promise<readonly Buffer[]> {
  const chance = makeChance(3)
  const columns = new RecordColumns()
  for (let ordinal = 0; ordinal < 300; ordinal += 1) columns.add(makeStored(chance, item, ordinal))
  const pages: Buffer[] = []
  await buildGeneration(columns, async (_, block) => {
    pages.push(joinBlocks([block]))
  })
  const out = new BlockWriter()
  return [
    ...pages,
    encodeSegment(columns, columns.sorted(), 0, 60, out),
    encodePostings([0, 7, 199], 200, out),
    encodePostings(
      Array.from({ length: 150 }, (_, index) => index),
      200,
      out,
    ),
  ]
}

test('S10 whatever bytes stand in a block, they are read or said to be broken', async () => {
  const valid = await validPages()
  expect(valid.length).toBeGreaterThan(6)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), bytes => survives(Buffer.from(bytes))),
    { numRuns: 2000 },
  )
  const change = fc.record({ at: fc.nat(), to: fc.nat(255) })
  fc.assert(
    fc.property(
      fc.constantFrom(...valid),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      (page, changes, end) => {
        const bytes = Buffer.from(page)
        for (const { at, to } of changes) bytes[at % bytes.length] = to
        survives(bytes)
        survives(bytes.subarray(0, end % (bytes.length + 1)))
        survives(packPage(bytes))
      },
    ),
    { numRuns: 1500 },
  )
})

test('a page of any length lies in blocks of one length, and comes back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.boolean(), (length, isPlain) => {
      const page = Buffer.alloc(length, isPlain ? 7 : undefined)
      for (let at = 0; !isPlain && at < length; at += 1) page[at] = (at * 2654435761) >>> 24
      const blocks = cutIntoBlocks(packPage(page))
      expect(blocks.every(block => block.length === blockRoom)).toBe(true)
      expect(joinBlocks(blocks).equals(page)).toBe(true)
    }),
    { numRuns: 200 },
  )
})
