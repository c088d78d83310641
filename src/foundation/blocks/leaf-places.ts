import type { PagePlace } from './block.ts'
import { BlockReader, BlockWriter, BrokenBlock, sharedLength } from './block-bytes.ts'

/** Where a leaf lies, and the first key in it. */
export type LeafPlace = PagePlace & { readonly key: string }

/** The first number after everything that a directory may name. */
const mostBlocks = 2 ** 31

/** Writes where a page lies. */
export const writePlace = ({ first, blocks }: PagePlace, out: BlockWriter): void => {
  out.number(first)
  out.number(blocks)
}

/** What `writePlace` wrote. Throws `BrokenBlock` where it can be no place. */
export function readPlace(reader: BlockReader): PagePlace {
  const first = reader.number()
  const blocks = reader.number()
  if (blocks < 1 || first + blocks > mostBlocks) throw new BrokenBlock('a page lies nowhere')
  return { first, blocks }
}

/** A page of the directory of leaves. */
export function writeLeafPlaces(places: readonly LeafPlace[]): Buffer {
  const out = new BlockWriter()
  out.number(places.length)
  let before = ''
  for (const place of places) {
    const same = sharedLength(before, place.key)
    out.number(same)
    out.text(place.key.slice(same))
    writePlace(place, out)
    before = place.key
  }
  return out.take()
}

/** What `writeLeafPlaces` wrote. Throws `BrokenBlock` where it is no such page. */
export function readLeafPlaces(page: Buffer): readonly LeafPlace[] {
  const reader = new BlockReader(page)
  let key = ''
  return Array.from({ length: reader.count(4) }, () => {
    const same = reader.number()
    key = key.slice(0, same) + reader.text()
    return { key, ...readPlace(reader) }
  })
}
