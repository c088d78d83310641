import type { ByteWalk } from './byte-walk.ts'
import { cutShort, damaged, type Flaw } from './flaw.ts'

/** Walks the segments of a JPEG and its packed pixels to the mark of its end. */
// ITU-T T.81, annex B
export async function walkJpeg(walk: ByteWalk): Promise<readonly Flaw[]> {
  const early = [cutShort('the picture')]
  if (!(await walk.skip(2))) return early
  let scans = 0
  for (;;) {
    const at = walk.at()
    const mark = await walk.take(1)
    if (!mark) return early
    if (mark[0] !== 0xff) return [damaged(at, 'a part of the picture does not begin where it should')]
    let marker = 0xff
    while (marker === 0xff) {
      const next = await walk.take(1)
      if (!next) return early
      marker = next[0] ?? 0
    }
    if (marker === 0xd9) return scans === 0 ? [damaged(at, 'it ends before any pixel was written')] : []
    if (marker === 0xd8) return [damaged(at, 'another picture begins inside it')]
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue
    if (marker < 0xc0) return [damaged(at, 'a part of the picture is of no kind there is')]
    const length = await walk.take(2)
    if (!length) return early
    const size = length.readUInt16BE(0)
    if (size < 2) return [damaged(at, 'a part of the picture has an impossible length')]
    if (!(await walk.skip(size - 2))) return early
    if (marker !== 0xda) continue
    scans += 1
    if (!(await skipPixels(walk))) return early
  }
}

/** Steps over packed pixels to the next marker; a zero or a restart after 0xFF belongs to the pixels. */
async function skipPixels(walk: ByteWalk): Promise<boolean> {
  for (;;) {
    if (!(await walk.seek(0xff))) return false
    const next = (await walk.peek(2))[1]
    if (next === undefined) return false
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return true
    if (!(await walk.skip(next === 0xff ? 1 : 2))) return false
  }
}
