import { blocksOf, cutIntoBlocks, keepPage, type PagePlace, packPage, pageRoom } from './block.ts'
import { type LeafEntry, LeafPacker, type PackedLeaf } from './leaf.ts'
import { type LeafPlace, writeLeafPlaces } from './leaf-places.ts'

/** Takes the blocks of a generation, each under its number; it answers once it can take more. */
export type BlockSink = (number: number, block: Buffer) => Promise<void>

/** The pages of a generation, one behind the other, after the first block. */
export class PageWriter {
  #next = 1
  readonly #sink: BlockSink

  constructor(sink: BlockSink) {
    this.#sink = sink
  }

  get next(): number {
    return this.#next
  }

  async add(packed: Buffer): Promise<PagePlace> {
    const first = this.#next
    for (const block of cutIntoBlocks(packed)) await this.#sink(this.#next++, block)
    return { first, blocks: this.#next - first }
  }
}

/** Writes entries, in the order of their keys, as leaves, and then the directory of the leaves; answers where that lies. */
export async function writeLeaves(
  entries: Iterable<LeafEntry> | AsyncIterable<LeafEntry>,
  pages: PageWriter,
): Promise<readonly LeafPlace[]> {
  const leaves: LeafPlace[] = []
  const packer = new LeafPacker()
  const add = async (full: PackedLeaf | null): Promise<void> => {
    if (!full) return
    const kept = keepPage(full.page)
    const place = await pages.add(blocksOf(kept) === 1 ? kept : packPage(full.page))
    leaves.push({ key: full.first, ...place })
  }
  for await (const entry of entries) await add(packer.add(entry))
  await add(packer.close())
  const directory: LeafPlace[] = []
  let some: LeafPlace[] = []
  let size = 0
  const close = async (): Promise<void> => {
    const key = some[0]?.key ?? ''
    directory.push({ key, ...(await pages.add(packPage(writeLeafPlaces(some)))) })
    some = []
    size = 0
  }
  for (const leaf of leaves) {
    const length = Buffer.byteLength(leaf.key, 'utf8') + 16
    if (some.length > 0 && size + length > pageRoom) await close()
    some.push(leaf)
    size += length
  }
  if (some.length > 0) await close()
  return directory
}
