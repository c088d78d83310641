import type { ByteWalk } from './byte-walk.ts'
import { cutShort, damaged, type Flaw } from './flaw.ts'

/** Walks the blocks of a GIF to its trailer. */
// GIF89a Specification, sections 17 to 27
export async function walkGif(walk: ByteWalk): Promise<readonly Flaw[]> {
  const early = [cutShort('the picture')]
  const screen = await walk.take(13)
  if (!screen) return early
  if (!(await walk.skip(tableSize(screen[10] ?? 0)))) return early
  let pictures = 0
  for (;;) {
    const at = walk.at()
    const block = await walk.take(1)
    if (!block) return early
    if (block[0] === 0x3b) return pictures > 0 ? [] : [damaged(at, 'it ends before any pixel was written')]
    if (block[0] === 0x2c) {
      const about = await walk.take(9)
      if (!about || !(await walk.skip(tableSize(about[8] ?? 0) + 1))) return early
      pictures += 1
    } else if (block[0] !== 0x21) return [damaged(at, 'a part of the picture is of no kind there is')]
    else if (!(await walk.skip(1))) return early
    if (!(await skipBlocks(walk))) return early
  }
}

const tableSize = (packed: number) => ((packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1))

async function skipBlocks(walk: ByteWalk): Promise<boolean> {
  for (;;) {
    const size = (await walk.take(1))?.[0]
    if (size === undefined) return false
    if (size === 0) return true
    if (!(await walk.skip(size))) return false
  }
}
